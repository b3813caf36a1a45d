import type { NewEvent } from '../model/event.ts'
import { insertEvents } from './event-log.ts'
import type { Db } from './schema.ts'

export interface OldUnknowns {
  /** Lanes that the profile sends (model/lanes.ts). */
  readonly lanes: readonly (string | null)[]
  /** Their last byte went out at this time or before. */
  readonly before: Date
  readonly now: Date
  /** The policy, for the log. */
  readonly detail: string
}

/**
 * Makes unknown deliveries due again, as the profile's policy asks. The message stays the same, Message-ID included, and
 * `dotted_at` too: evidence that comes late still finds its delivery.
 * @returns how many
 */
export async function resendOldUnknowns(
  db: Db,
  { lanes, before, now, detail }: OldUnknowns,
): Promise<number> {
  const at = now.toISOString()
  return await db.transaction().execute(async (db) => {
    const old = await db
      .selectFrom('delivery')
      .innerJoin('send_order', 'send_order.id', 'delivery.order_id')
      .select(['delivery.id', 'order_id', 'recipient', 'customer', 'delivery.profile'])
      .where('state', '=', 'unknown')
      .where('dotted_at', '<=', before.toISOString())
      .execute()
    const due = old.filter((delivery) => lanes.includes(delivery.profile))
    for (const { id } of due) {
      await db
        .updateTable('delivery')
        .set({ state: 'pending', due_at: at, finished_at: null })
        .where('id', '=', id)
        .where('state', '=', 'unknown')
        .execute()
    }
    await insertEvents(
      db,
      due.map(({ order_id: order, recipient, customer }): NewEvent => ({
        ...{ at, level: 'warning', event: 'resolved', order, customer, uuid: null, recipient, detail },
      })),
    )
    return due.length
  })
}
