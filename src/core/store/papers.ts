import { STOPPABLE_STATES } from '../model/delivery.ts'
import { EVENT_SENTENCES } from '../model/event-sentences.ts'
import type { OrderPaper, PaperKind } from '../model/paper.ts'
import type { NewOrder } from '../model/send-order.ts'
import { type Repetition, writeOrders } from './enqueue.ts'
import { paperKey } from './paper-rows.ts'
import type { Db } from './schema.ts'
import { steerDeliveries } from './steer.ts'

const CHUNK = 200

/** A paper with a live order. */
export interface PackagedPaper extends Pick<OrderPaper, 'reference' | 'sha256'> {
  readonly order: string
  readonly customer: string
}

/**
 * Papers of one kind that have a live order and share a reference or the bytes with the given ones. An order that was cancelled
 * for all its recipients does not count.
 */
export async function packagedPapers(
  db: Db,
  kind: PaperKind,
  papers: readonly Pick<OrderPaper, 'reference' | 'sha256'>[],
): Promise<PackagedPaper[]> {
  const found: PackagedPaper[] = []
  for (let start = 0; start < papers.length; start += CHUNK) {
    const chunk = papers.slice(start, start + CHUNK)
    const rows = await db
      .selectFrom('order_paper')
      .innerJoin('delivery', 'delivery.order_id', 'order_paper.order_id')
      .select(['order_paper.order_id as order', 'customer', 'reference', 'sha256'])
      .distinct()
      .where('kind', '=', kind)
      .where('delivery.state', '!=', 'cancelled')
      .where((where) =>
        where.or([
          where('reference', 'in', [...new Set(chunk.map(({ reference }) => reference))]),
          where('sha256', 'in', [...new Set(chunk.map(({ sha256 }) => sha256))]),
        ]),
      )
      .execute()
    found.push(...rows)
  }
  return found
}

/** Whether any paper was ever packaged. */
export async function hasPapers(db: Db): Promise<boolean> {
  return (await db.selectFrom('order_paper').select('order_id').limit(1).executeTakeFirst()) !== undefined
}

/**
 * Writes orders of one paper each, in one commit; their attachments must be in the spool. Once leaves out what another run
 * packaged meanwhile; again cancels what has not left yet of earlier orders of the same paper.
 * @returns ids of the orders that were written
 */
export async function enqueuePapers(
  db: Db,
  orders: readonly NewOrder[],
  repetition: Repetition,
): Promise<Set<string>> {
  const [first] = orders
  const kind = first?.papers[0]?.kind
  if (first === undefined || kind === undefined) return new Set()
  return await db.transaction().execute(async (db) => {
    const papers = orders.flatMap((order) => order.papers)
    const live = new Map<string, string[]>()
    for (const { order, customer, reference } of await packagedPapers(db, kind, papers)) {
      const key = paperKey(kind, customer, reference)
      live.set(key, [...(live.get(key) ?? []), order])
    }
    const earlier = (order: NewOrder) =>
      order.papers.flatMap(({ reference }) => live.get(paperKey(kind, order.customer, reference)) ?? [])
    const fresh = repetition === 'again' ? orders : orders.filter((order) => earlier(order).length === 0)
    if (repetition === 'again') {
      await steerDeliveries(db, {
        orders: orders.flatMap(earlier),
        from: STOPPABLE_STATES,
        to: 'cancelled',
        recipients: null,
        at: new Date(first.createdAt),
        event: 'cancelled',
        detail: EVENT_SENTENCES['packaged-again'],
      })
    }
    await writeOrders(db, fresh)
    return new Set(fresh.map(({ id }) => id))
  })
}
