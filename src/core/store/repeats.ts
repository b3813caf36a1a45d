import { LOST_STATES, type LostState } from '../model/delivery.ts'
import { profileOfLane } from '../model/lanes.ts'
import type { Db } from './schema.ts'

const CHUNK = 500

/** The words of an order's message, as they were rendered when it was made. */
export interface OrderTexts {
  readonly subject: string
  /** Null where the message's own bytes say it. */
  readonly text: string | null
  readonly html: string | null
  /** Of the sealed message, or null. */
  readonly head: string | null
  /** Profile that the order named, or null. */
  readonly profile: string | null
}

/** What a repetition of the order says again. */
export async function orderTexts(db: Db, id: string): Promise<OrderTexts> {
  const row = await db
    .selectFrom('send_order')
    .select(['subject', 'text_body', 'html_body', 'head', 'profile'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { subject, text_body: text, html_body: html, head, profile } = row
  return { subject, text, html, head, profile: profileOfLane(profile) }
}

/** Which of the orders another order repeats. One that was cancelled for all its recipients does not count. */
export async function repeatedAmong(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const repeated = new Set<string>()
  for (let start = 0; start < ids.length; start += CHUNK) {
    const rows = await db
      .selectFrom('send_order')
      .innerJoin('delivery', 'delivery.order_id', 'send_order.id')
      .select('send_order.resend_of')
      .distinct()
      .where('send_order.resend_of', 'in', ids.slice(start, start + CHUNK))
      .where('delivery.state', '!=', 'cancelled')
      .execute()
    for (const row of rows) if (row.resend_of !== null) repeated.add(row.resend_of)
  }
  return repeated
}

/** How many deliveries were lost, of orders that no other order repeats. */
export async function countLost(db: Db): Promise<Record<LostState, number>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['state', (select) => select.fn.countAll<number>().as('count')])
    .where('state', 'in', LOST_STATES)
    .where('order_id', 'not in', (sub) =>
      // By the event, which has an index: a store of years has many orders and few repetitions.
      sub
        .selectFrom('event')
        .innerJoin('send_order', 'send_order.id', 'event.order_id')
        .innerJoin('delivery as repeat', 'repeat.order_id', 'send_order.id')
        .select('send_order.resend_of')
        .where('event.event', '=', 'resent')
        .where('send_order.resend_of', 'is not', null)
        .where('repeat.state', '!=', 'cancelled')
        .$castTo<{ resend_of: string }>(),
    )
    .groupBy('state')
    .execute()
  const counts = new Map(rows.map((row) => [row.state, Number(row.count)]))
  const of = (state: LostState) => counts.get(state) ?? 0
  return { failed: of('failed'), dead: of('dead'), bounced: of('bounced') }
}
