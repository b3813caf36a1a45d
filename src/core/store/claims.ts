import { sql } from 'kysely'
import { CLAIMABLE_STATES, type DeliveryState, LEASE_MINUTES } from '../model/delivery.ts'
import { type ClaimedOrder, columnsOfLeased, loadOrders } from './claimed-orders.ts'
import { listedIn } from './listed.ts'
import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'
import { sharingCommit } from './shared-commit.ts'

export interface Claim {
  /** Lanes that one profile sends (model/lanes.ts): its name, and those of orders that name none. */
  readonly lanes: readonly (string | null)[]
  readonly now: Date
  /** Unique to this process: every later write of it carries the token, so one that overslept changes nothing. */
  readonly token: string
  /** Orders. */
  readonly limit: number
}

/**
 * Of deliveries that are named by their order. The plus keeps SQLite from the index of due times, along which it would walk
 * all that is due, a million or not, to find the few of these orders.
 */
const STATE_OF_ORDER = sql<DeliveryState>`+state`
const DUE_OF_ORDER = sql<string>`+due_at`

/**
 * Takes orders that are due, oldest first. Each delivery is taken by one process only: the condition is in the update itself.
 */
export async function claimOrders(db: Db, claim: Claim): Promise<ClaimedOrder[]> {
  const now = claim.now.toISOString()
  const until = new Date(claim.now.getTime() + LEASE_MINUTES * 60_000).toISOString()
  return await sharingCommit(db, (db) => {
    const ids = dueOrders(db, claim, now)
    if (ids.length === 0) return []
    const orders = JSON.stringify(ids)
    return loadOrders(db, orders, lease(db, { orders, now, until, token: claim.token }))
  })
}

interface Lease {
  /** JSON. */
  readonly orders: string
  readonly now: string
  readonly until: string
  readonly token: string
}

const lease = prepared((db, blank: Lease) =>
  db
    .updateTable('delivery')
    .set({ state: 'leased', lease_token: blank.token, lease_until: blank.until })
    .where('order_id', 'in', listedIn(blank.orders))
    .where(STATE_OF_ORDER, 'in', CLAIMABLE_STATES)
    .where(DUE_OF_ORDER, '<=', blank.now)
    .returning(columnsOfLeased),
)

/** The orders that a claim would take, with nothing taken: for looking at. */
export async function peekOrders(db: Db, claim: Omit<Claim, 'token'>): Promise<ClaimedOrder[]> {
  const now = claim.now.toISOString()
  return peek(db, dueOrders(db, claim, now), now)
}

/** One order with the deliveries of it that are due, with nothing taken. */
export async function peekOrder(db: Db, id: string, now: Date): Promise<ClaimedOrder | undefined> {
  return peek(db, [id], now.toISOString())[0]
}

function peek(db: Db, ids: readonly string[], now: string): ClaimedOrder[] {
  if (ids.length === 0) return []
  const orders = JSON.stringify(ids)
  return loadOrders(db, orders, dueAmong(db, { orders, now }))
}

const dueAmong = prepared((db, blank: { readonly orders: string; readonly now: string }) =>
  db
    .selectFrom('delivery')
    .select(columnsOfLeased)
    .where('order_id', 'in', listedIn(blank.orders))
    .where(STATE_OF_ORDER, 'in', CLAIMABLE_STATES)
    .where(DUE_OF_ORDER, '<=', blank.now),
)

/**
 * A number of rows that SQLite does not look at before it runs the statement. By a bare one it plans, and so anew for each
 * execution, which takes longer than the rows.
 */
const rows = (limit: number) => sql<number>`${limit} + 0`

/** State by state and lane by lane, because each is one walk along the index in order of due time, however long the queue is. */
function dueOrders(db: Db, { lanes, limit }: Omit<Claim, 'token'>, now: string): string[] {
  const ids = new Set<string>()
  for (const state of CLAIMABLE_STATES) {
    const walk = { state, now, limit: limit * 4 }
    const rows = lanes.flatMap((lane) => (lane === null ? dueInNone(db, walk) : dueIn(db, { ...walk, lane })))
    rows.sort((a, b) => (a.due_at < b.due_at ? -1 : a.due_at > b.due_at ? 1 : 0))
    for (const row of rows) if (ids.size < limit) ids.add(row.order_id)
  }
  return [...ids]
}

interface Walk {
  readonly state: DeliveryState
  readonly now: string
  readonly limit: number
}

const dueInState = (db: Db, { state, now, limit }: Walk) =>
  db
    .selectFrom('delivery')
    .select(['order_id', 'due_at'])
    .where('state', '=', state)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(rows(limit))

const dueIn = prepared((db, blank: Walk & { readonly lane: string }) =>
  dueInState(db, blank).where('profile', '=', blank.lane),
)

const dueInNone = prepared((db, blank: Walk) => dueInState(db, blank).where('profile', 'is', null))
