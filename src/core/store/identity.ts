import { PASSING_HOLDS } from '../model/delivery.ts'
import type { StoreIdentity } from '../model/store-identity.ts'
import { insertEvents } from './event-log.ts'
import type { Db } from './schema.ts'

/** What the store says of itself, or null before its first use. */
export async function readIdentity(db: Db): Promise<StoreIdentity | null> {
  return (await db.selectFrom('store_identity').selectAll().executeTakeFirst()) ?? null
}

/** Writes the store's one identity. */
export async function saveIdentity(db: Db, identity: StoreIdentity): Promise<void> {
  await db
    .insertInto('store_identity')
    .values(identity)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(identity))
    .execute()
}

const UNSENT = ['pending', 'leased', 'dotted', 'deferred'] as const

/** States that end in sending without a person: where a profile says so, uncertain ones too. */
async function unsentStates(db: Db): Promise<readonly string[]> {
  const again = await db
    .selectFrom('profile')
    .select('name')
    .where('on_unknown', '=', 'resend-after')
    .executeTakeFirst()
  return again === undefined ? UNSENT : [...UNSENT, 'unknown']
}

/** What was put on hold. */
export interface HeldUnsent {
  readonly deliveries: number
  readonly orders: number
}

/**
 * Puts everything that would still go out by itself on hold for review, with an event for each: in a store that came from
 * elsewhere it may have been sent since. Call it inside a transaction, as the holder of the run lock.
 */
export async function holdUnsent(
  db: Db,
  { at, detail }: { readonly at: string; readonly detail: string },
): Promise<HeldUnsent> {
  const unsent = await unsentStates(db)
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('send_order', 'send_order.id', 'delivery.order_id')
    .select(['order_id', 'recipient', 'customer'])
    .where((where) =>
      where.or([
        where('state', 'in', unsent),
        where.and([where('state', '=', 'held'), where('held_reason', 'in', PASSING_HOLDS)]),
      ]),
    )
    .execute()
  const held = { state: 'held', held_reason: 'review', lease_token: null, lease_until: null }
  await db.updateTable('delivery').set(held).where('state', 'in', unsent).execute()
  await db
    .updateTable('delivery')
    .set(held)
    .where('state', '=', 'held')
    .where('held_reason', 'in', PASSING_HOLDS)
    .execute()
  await insertEvents(
    db,
    rows.map(({ order_id: order, recipient, customer }) => ({
      ...{ at, level: 'warning' as const, event: 'held' as const, order, customer, uuid: null },
      ...{ recipient: recipient === '' ? null : recipient, detail },
    })),
  )
  return { deliveries: rows.length, orders: new Set(rows.map((row) => row.order_id)).size }
}
