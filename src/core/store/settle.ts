import type { AttemptOutcome, DeliveryState, NextState, RecipientResult } from '../model/delivery.ts'
import type { NewEvent } from '../model/event.ts'
import type { ClaimedDelivery } from './claimed-orders.ts'
import { appendEvents } from './event-log.ts'
import { prepared } from './prepared.ts'
import { endUseNow } from './quota.ts'
import type { Db } from './schema.ts'
import { sharingCommit } from './shared-commit.ts'

/**
 * Commits that the final dot is about to be sent to these deliveries.
 * @returns whether all of them were still this process's. When not, the dot must not be sent.
 */
export async function markDotted(
  db: Db,
  mark: { readonly token: string; readonly deliveries: readonly string[]; readonly at: Date },
): Promise<boolean> {
  const { token, deliveries } = mark
  const at = mark.at.toISOString()
  return await sharingCommit(db, (db) => {
    if (deliveries.length > 1 && !areLeased(db, { token, deliveries })) return false
    return deliveries.every((id) => dot(db, { id, token, at }).length > 0)
  })
}

/** All or none: of several the first is not written before the last is known to be still this process's. */
function areLeased(
  db: Db,
  { token, deliveries }: { readonly token: string; readonly deliveries: readonly string[] },
): boolean {
  return deliveries.every((id) => leased(db, { id, token }).length > 0)
}

const leased = prepared((db, blank: { readonly id: string; readonly token: string }) =>
  db
    .selectFrom('delivery')
    .select('id')
    .where('id', '=', blank.id)
    .where('lease_token', '=', blank.token)
    .where('state', '=', 'leased'),
)

const dot = prepared((db, blank: { readonly id: string; readonly token: string; readonly at: string }) =>
  db
    .updateTable('delivery')
    .set({ state: 'dotted', dotted_at: blank.at })
    .where('id', '=', blank.id)
    .where('lease_token', '=', blank.token)
    .where('state', '=', 'leased')
    .returning('id'),
)

/** What is written about one delivery after an attempt. */
export interface Settlement {
  readonly delivery: ClaimedDelivery
  readonly next: NextState
  readonly heldReason: string | null
  /** Null when the server was not asked: then no attempt is counted. */
  readonly result: RecipientResult | null
}

export interface Settling {
  readonly token: string
  readonly profile: string
  /** ISO 8601 UTC. */
  readonly at: string
  readonly ms: number
  /** What protected the session; '' in clear text or when the server was not asked. */
  readonly tls: string
  /** The transaction's place in the ledger of limits; null when there was none. */
  readonly use: string | null
  readonly settlements: readonly Settlement[]
  readonly events: readonly NewEvent[]
}

/** Writes the outcome of an attempt with its events in one commit. Deliveries whose lease was lost keep what they have. */
export async function settle(db: Db, settling: Settling): Promise<void> {
  await sharingCommit(db, (db) => {
    for (const settlement of settling.settlements) settleOne(db, settling, settlement)
    if (settling.use !== null) endUseNow(db, settling.use, settling.at)
    appendEvents(db, settling.events)
  })
}

function settleOne(
  db: Db,
  { token, profile, at, ms, tls }: Settling,
  { delivery, next, heldReason, result }: Settlement,
): void {
  const id = delivery.id
  const { state } = next
  const dueAt = next.dueAt ?? at
  const finishedAt = isFinished(state) ? at : null
  if (result === null) {
    close(db, { id, token, state, heldReason, dueAt, attempts: delivery.attempts, finishedAt })
    return
  }
  const { outcome, code, enhanced, reply, serverId } = result
  const attempts = delivery.attempts + 1
  const firstTryAt = delivery.firstTriedAt ?? at
  answer(db, {
    id,
    token,
    state,
    heldReason,
    dueAt,
    attempts,
    finishedAt,
    firstTryAt,
    code,
    enhanced,
    reply,
    serverId,
  })
  note(db, { delivery: id, profile, at, outcome, code, reply, ms: Math.round(ms), tls })
}

interface Outcome {
  readonly id: string
  readonly token: string
  readonly state: DeliveryState
  readonly heldReason: string | null
  readonly dueAt: string
  readonly attempts: number
  readonly finishedAt: string | null
}

interface Answer extends Outcome {
  readonly firstTryAt: string
  readonly code: number
  readonly enhanced: string
  readonly reply: string
  readonly serverId: string
}

const columnsOf = (blank: Outcome) => ({
  state: blank.state,
  held_reason: blank.heldReason,
  due_at: blank.dueAt,
  attempts: blank.attempts,
  lease_token: null,
  lease_until: null,
  finished_at: blank.finishedAt,
})

const close = prepared((db, blank: Outcome) =>
  db
    .updateTable('delivery')
    .set(columnsOf(blank))
    .where('id', '=', blank.id)
    .where('lease_token', '=', blank.token),
)

const answer = prepared((db, blank: Answer) =>
  db
    .updateTable('delivery')
    .set({
      ...columnsOf(blank),
      ...{ first_try_at: blank.firstTryAt, code: blank.code, enhanced: blank.enhanced },
      ...{ reply: blank.reply, server_id: blank.serverId },
    })
    .where('id', '=', blank.id)
    .where('lease_token', '=', blank.token),
)

interface Note {
  readonly delivery: string
  readonly profile: string
  readonly at: string
  readonly outcome: AttemptOutcome
  readonly code: number
  readonly reply: string
  readonly ms: number
  readonly tls: string
}

const note = prepared((db, blank: Note) =>
  db.insertInto('attempt').values({
    delivery_id: blank.delivery,
    profile: blank.profile,
    at: blank.at,
    outcome: blank.outcome,
    code: blank.code,
    reply: blank.reply,
    ms: blank.ms,
    tls: blank.tls,
  }),
)

/** Whether the deliveries are all still leased or dotted under the token. */
export async function ownsAll(db: Db, token: string, deliveries: readonly string[]): Promise<boolean> {
  const owned = await db
    .selectFrom('delivery')
    .select('id')
    .where('id', 'in', deliveries)
    .where('lease_token', '=', token)
    .where('state', 'in', ['leased', 'dotted'])
    .execute()
  return owned.length === deliveries.length
}

function isFinished(state: DeliveryState): boolean {
  return state === 'sent' || state === 'failed' || state === 'dead' || state === 'cancelled'
}

/**
 * Gives back what this process claimed and did not begin. It keeps its place in the queue: an order that met a fault was put
 * back with a later one, and does not stand in the way of these run after run.
 */
export async function putBack(db: Db, token: string): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'pending', lease_token: null, lease_until: null })
    .where('state', '=', 'leased')
    .where('lease_token', '=', token)
    .execute()
}
