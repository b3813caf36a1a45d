import { ATTENTION_STATES } from '../model/delivery.ts'
import { type ErrorFact, TOLD_EVENTS, type ToldEvent } from '../model/error-notice.ts'
import type { Db } from './schema.ts'

const CHUNK = 500

/** Number of the last event, 0 while there is none. */
export async function lastEvent(db: Db): Promise<number> {
  const row = await db
    .selectFrom('event')
    .select((select) => select.fn.max('seq').as('seq'))
    .executeTakeFirst()
  return Number(row?.seq ?? 0)
}

/**
 * What happened after an event and still needs a person, oldest first: the last event of each delivery that is still in such a
 * state, profiles that still wait for a person, documents that cannot leave.
 */
export async function attentionSince(db: Db, seq: number): Promise<ErrorFact[]> {
  const rows = await toldRows(db, seq)
  const newest = new Map(rows.map((row) => [keyOf(row), row]))
  const open = [...newest.values()].filter((row) => isOpen(row))
  const held = await profilesOnHold(db)
  const kept = open.filter((row) => row.event !== 'profile-held' || held.has(row.detail.split(':')[0] ?? ''))
  const documents = await documentsOf(
    db,
    kept.flatMap((row) => row.order_id ?? []),
  )
  return kept.map((row) => ({
    ...{ seq: row.seq, at: row.at, event: row.event as ToldEvent, order: row.order_id },
    ...{ customer: row.customer, customerName: row.customer_name ?? '', recipient: row.recipient },
    ...{ documents: documents.get(row.order_id ?? '') ?? [], detail: row.detail },
  }))
}

type ToldRow = Awaited<ReturnType<typeof toldRows>>[number]

async function toldRows(db: Db, seq: number) {
  return await db
    .selectFrom('event')
    .leftJoin('send_order', 'send_order.id', 'event.order_id')
    .leftJoin('delivery', (join) =>
      join
        .onRef('delivery.order_id', '=', 'event.order_id')
        .on((on) => on(on.fn.coalesce('event.recipient', on.val('')), '=', on.ref('delivery.recipient'))),
    )
    .select(['event.seq', 'event.at', 'event.event', 'event.order_id', 'event.customer', 'event.recipient'])
    .select(['event.uuid', 'event.detail', 'send_order.customer_name', 'delivery.state'])
    .where('event.event', 'in', TOLD_EVENTS)
    .where('event.level', '=', 'error')
    .where('event.seq', '>', seq)
    .orderBy('event.seq')
    .execute()
}

/** Facts with the same key are one: the later says how it stands. */
function keyOf({ event, order_id: order, recipient, detail }: ToldRow): string {
  if (order !== null) return JSON.stringify([order, recipient])
  return JSON.stringify([event, event === 'profile-held' ? detail.split(':')[0] : detail])
}

/** An order that lost or gained recipients has no delivery of that address; what happened to it is told all the same. */
function isOpen({ order_id: order, state }: ToldRow): boolean {
  return order === null || state === null || ATTENTION_STATES.some((open) => open === state)
}

/** Those that end by themselves are not among them. */
async function profilesOnHold(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('profile')
    .select('name')
    .where('held_reason', 'is not', null)
    .where('held_until', 'is', null)
    .execute()
  return new Set(rows.map(({ name }) => name))
}

async function documentsOf(
  db: Db,
  orders: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  for (let start = 0; start < orders.length; start += CHUNK) {
    const rows = await db
      .selectFrom('order_document')
      .select(['order_id', 'series', 'folio', 'uuid'])
      .where('order_id', 'in', orders.slice(start, start + CHUNK))
      .orderBy('issued_at')
      .execute()
    for (const { order_id: order, series, folio, uuid } of rows) {
      const name = [series, folio].filter((part) => part !== '').join('-')
      found.set(order, [...(found.get(order) ?? []), name === '' ? uuid : name])
    }
  }
  return found
}
