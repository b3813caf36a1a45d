import { CLAIMABLE_STATES, DELIVERY_STATES, FINAL_STATES, type DeliveryState } from '../model/delivery.ts'
import type { Db } from './schema.ts'

/** How many deliveries are in each state. */
export async function countByState(db: Db): Promise<Record<DeliveryState, number>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['state', (select) => select.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  const counts = new Map(rows.map((row) => [row.state, Number(row.count)]))
  return Object.fromEntries(DELIVERY_STATES.map((state) => [state, counts.get(state) ?? 0])) as Record<
    DeliveryState,
    number
  >
}

/** How many deliveries are in one state: of a store of years only these are looked at. */
export async function countInState(db: Db, state: DeliveryState): Promise<number> {
  const row = await db
    .selectFrom('delivery')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Deliveries that are due now, by lane (model/lanes.ts). State by state, as the index has them: in one go all would be sorted. */
export async function dueByLane(db: Db, now: Date): Promise<Map<string | null, number>> {
  const due = new Map<string | null, number>()
  for (const state of CLAIMABLE_STATES) {
    const rows = await db
      .selectFrom('delivery')
      .select(['profile', (select) => select.fn.countAll<number>().as('count')])
      .where('state', '=', state)
      .where('due_at', '<=', now.toISOString())
      .groupBy('profile')
      .execute()
    for (const { profile, count } of rows) due.set(profile, (due.get(profile) ?? 0) + Number(count))
  }
  return due
}

/** Deliveries that are not finished and name this profile. */
export async function countOpenDeliveries(db: Db, profile: string): Promise<number> {
  const row = await db
    .selectFrom('delivery')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('profile', '=', profile)
    .where('state', 'not in', FINAL_STATES)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** When the next delivery is due, ISO 8601 UTC, or null when none waits. */
export async function nextDueAt(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('delivery')
    .select((select) => select.fn.min('due_at').as('next'))
    .where('state', 'in', CLAIMABLE_STATES)
    .executeTakeFirst()
  return row?.next ?? null
}

/** When a server last accepted a message, or null. */
export async function lastSentAt(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('delivery')
    .select((select) => select.fn.max('finished_at').as('last'))
    .where('state', '=', 'sent')
    .executeTakeFirst()
  return row?.last ?? null
}

export async function countOrders(db: Db): Promise<number> {
  const row = await db
    .selectFrom('send_order')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
