import { CLAIMABLE_STATES } from '../model/delivery.ts'
import { pieces } from '../model/limits.ts'
import type { Db } from './schema.ts'

/** An order that is due, as far as a plan needs it. */
export interface DueOrder {
  readonly id: string
  /** As transmitted; null while the message is not sealed. */
  readonly bytes: number | null
  /** Recipients that are due. */
  readonly recipients: number
}

/**
 * What is due in a profile's lanes (model/lanes.ts), in the order in which claims take it: what was never tried first.
 */
export async function dueOrders(
  db: Db,
  {
    lanes,
    now,
    limit,
  }: { readonly lanes: readonly (string | null)[]; readonly now: Date; readonly limit: number },
): Promise<DueOrder[]> {
  const orders = new Map<string, DueOrder>()
  for (const state of CLAIMABLE_STATES) {
    const rows = await db
      .selectFrom('delivery')
      .innerJoin('send_order', 'send_order.id', 'delivery.order_id')
      .select([
        'order_id as id',
        'raw_bytes as bytes',
        (select) => select.fn.countAll<number>().as('recipients'),
      ])
      .where('state', '=', state)
      .where('due_at', '<=', now.toISOString())
      .where((where) =>
        where.or(lanes.map((lane) => where('delivery.profile', lane === null ? 'is' : '=', lane))),
      )
      .groupBy(['order_id', 'raw_bytes'])
      .orderBy((select) => select.fn.min('due_at'))
      .orderBy('order_id')
      .execute()
    for (const { id, bytes, recipients } of rows) {
      const before = orders.get(id)?.recipients ?? 0
      orders.set(id, { id, bytes, recipients: before + Number(recipients) })
    }
  }
  return [...orders.values()].slice(0, limit)
}

/** Recipients of orders that are due, by order. */
export async function dueRecipients(
  db: Db,
  { orders, now }: { readonly orders: readonly string[]; readonly now: Date },
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const some of pieces(orders, CHUNK)) {
    const rows = await db
      .selectFrom('delivery')
      .select(['order_id', 'recipient'])
      .where('order_id', 'in', some)
      .where('state', 'in', CLAIMABLE_STATES)
      .where('due_at', '<=', now.toISOString())
      .orderBy('position')
      .execute()
    for (const row of rows) found.set(row.order_id, [...(found.get(row.order_id) ?? []), row.recipient])
  }
  return found
}

const CHUNK = 200

/** How many deliveries are held, by reason. */
export async function heldByReason(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['held_reason', (select) => select.fn.countAll<number>().as('count')])
    .where('state', '=', 'held')
    .groupBy('held_reason')
    .execute()
  return new Map(rows.map((row) => [row.held_reason ?? '', Number(row.count)]))
}

/** Deliveries that wait for a later time, and when the first of them is due. */
export async function dueLater(
  db: Db,
  now: Date,
): Promise<{ readonly deliveries: number; readonly nextAt: string | null }> {
  const row = await db
    .selectFrom('delivery')
    .select((select) => [select.fn.countAll<number>().as('count'), select.fn.min('due_at').as('next')])
    .where('state', 'in', CLAIMABLE_STATES)
    .where('due_at', '>', now.toISOString())
    .executeTakeFirstOrThrow()
  return { deliveries: Number(row.count), nextAt: row.next }
}
