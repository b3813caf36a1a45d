import type { DeliveryState } from '../model/delivery.ts'
import type { NewEvent } from '../model/event.ts'
import { EVENT_SENTENCES } from '../model/event-sentences.ts'
import { insertEvents } from './event-log.ts'
import type { Db } from './schema.ts'

/** A delivery that a process left in the middle of its work. */
export interface Abandoned {
  readonly id: string
  readonly order: string
  readonly customer: string
  readonly recipient: string
  readonly state: Extract<DeliveryState, 'pending' | 'unknown'>
}

/**
 * Takes up what dead processes left: leased goes back to pending, dotted becomes unknown, because the server may have it.
 * Only for the holder of the run lock, who knows that no other sender is alive.
 */
export async function recoverAbandoned(db: Db, now: Date): Promise<Abandoned[]> {
  return await db.transaction().execute(async (db) => {
    const rows = await db
      .selectFrom('delivery')
      .innerJoin('send_order', 'send_order.id', 'delivery.order_id')
      .select(['delivery.id', 'order_id', 'recipient', 'state', 'customer'])
      .where('state', 'in', ['leased', 'dotted'])
      .execute()
    const abandoned = rows.map((row): Abandoned => ({
      id: row.id,
      order: row.order_id,
      customer: row.customer,
      recipient: row.recipient,
      state: row.state === 'dotted' ? 'unknown' : 'pending',
    }))
    for (const state of ['pending', 'unknown'] as const) {
      await db
        .updateTable('delivery')
        .set({ state, lease_token: null, lease_until: null })
        .where('state', '=', state === 'unknown' ? 'dotted' : 'leased')
        .execute()
    }
    await insertEvents(
      db,
      abandoned.map((delivery) => recoveryEvent(delivery, now)),
    )
    return abandoned
  })
}

function recoveryEvent(delivery: Abandoned, now: Date): NewEvent {
  return {
    at: now.toISOString(),
    level: delivery.state === 'unknown' ? 'error' : 'warning',
    event: delivery.state === 'unknown' ? 'unknown' : 'lease-expired',
    order: delivery.order,
    customer: delivery.customer,
    uuid: null,
    recipient: delivery.recipient,
    detail: EVENT_SENTENCES['sender-stopped'],
  }
}
