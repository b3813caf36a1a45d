import type { DeliveryState, HeldReason } from '../model/delivery.ts'
import type { EventKind, NewEvent } from '../model/event.ts'
import { insertEvents } from './event-log.ts'
import type { Db } from './schema.ts'

const CHUNK = 500

/** What a person makes of deliveries. */
export interface Steering {
  readonly orders: readonly string[]
  /** Only deliveries in one of these states. One that a sender has in its hands (leased, dotted) must never be among them. */
  readonly from: readonly Exclude<DeliveryState, 'leased' | 'dotted'>[]
  readonly to: Extract<DeliveryState, 'held' | 'pending' | 'cancelled' | 'sent'>
  /** Only these addresses, as they are stored; null for all. */
  readonly recipients: readonly string[] | null
  readonly at: Date
  readonly event: EventKind
  /** Why it is held; 'operator' when not said. */
  readonly heldReason?: HeldReason
  /** Who and why, for the log. */
  readonly detail: string
}

/** A delivery that was changed. */
export interface Steered {
  readonly order: string
  readonly recipient: string
}

/**
 * Moves deliveries to another state with an event for each. The allowed states are in the update itself, so a delivery that a
 * sender takes at the same moment stays the sender's. What has no address cannot become pending. Call it inside a transaction.
 */
export async function steerDeliveries(db: Db, steering: Steering): Promise<Steered[]> {
  const steered: Steered[] = []
  for (let start = 0; start < steering.orders.length; start += CHUNK) {
    const orders = steering.orders.slice(start, start + CHUNK)
    const changed = await change(db, { ...steering, orders })
    await insertEvents(db, await eventsOf(db, steering, changed))
    steered.push(...changed)
  }
  return steered
}

async function change(
  db: Db,
  { orders, from, to, recipients, at, heldReason = 'operator' }: Steering,
): Promise<Steered[]> {
  if (recipients?.length === 0) return []
  let update = db
    .updateTable('delivery')
    .set({
      state: to,
      held_reason: to === 'held' ? heldReason : null,
      finished_at: to === 'cancelled' || to === 'sent' ? at.toISOString() : null,
      ...(to === 'pending' ? { due_at: at.toISOString(), first_try_at: null } : {}),
    })
    .where('order_id', 'in', orders)
    .where('state', 'in', from)
  if (recipients !== null) update = update.where('recipient', 'in', recipients)
  if (to === 'pending') update = update.where('recipient', '!=', '')
  return (await update.returning(['order_id', 'recipient']).execute()).map((row) => ({
    order: row.order_id,
    recipient: row.recipient,
  }))
}

async function eventsOf(
  db: Db,
  { at, event, detail }: Steering,
  changed: readonly Steered[],
): Promise<NewEvent[]> {
  if (changed.length === 0) return []
  const ids = [...new Set(changed.map(({ order }) => order))]
  const customers = await db
    .selectFrom('send_order')
    .select(['id', 'customer'])
    .where('id', 'in', ids)
    .execute()
  const documents = await db
    .selectFrom('order_document')
    .select(['order_id', (select) => select.fn.min('uuid').as('uuid')])
    .where('order_id', 'in', ids)
    .groupBy('order_id')
    .execute()
  const customerOf = new Map(customers.map(({ id, customer }) => [id, customer]))
  const uuidOf = new Map(documents.map(({ order_id: id, uuid }) => [id, uuid]))
  return changed.map(({ order, recipient }) => ({
    at: at.toISOString(),
    level: 'info',
    event,
    order,
    customer: customerOf.get(order) ?? null,
    uuid: uuidOf.get(order) ?? null,
    recipient: recipient === '' ? null : recipient,
    detail,
  }))
}
