import type { DeliveryState, NextState, RecipientResult } from '../model/delivery.ts'
import type { NewEvent } from '../model/event.ts'
import type { ClaimedDelivery } from './claims.ts'
import { insertEvents } from './event-log.ts'
import { endUse } from './quota.ts'
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
  return await sharingCommit(db, async (db) => {
    const owned = await db
      .selectFrom('delivery')
      .select('id')
      .where('id', 'in', mark.deliveries)
      .where('lease_token', '=', mark.token)
      .where('state', '=', 'leased')
      .execute()
    if (owned.length !== mark.deliveries.length) return false
    await db
      .updateTable('delivery')
      .set({ state: 'dotted', dotted_at: mark.at.toISOString() })
      .where('id', 'in', mark.deliveries)
      .execute()
    return true
  })
}

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
  readonly at: Date
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
  const at = settling.at.toISOString()
  await sharingCommit(db, async (db) => {
    for (const { delivery, next, heldReason, result } of settling.settlements) {
      await db
        .updateTable('delivery')
        .set({
          state: next.state,
          held_reason: heldReason,
          due_at: next.dueAt ?? at,
          attempts: delivery.attempts + (result === null ? 0 : 1),
          lease_token: null,
          lease_until: null,
          finished_at: isFinished(next.state) ? at : null,
          ...(result === null
            ? {}
            : {
                first_try_at: delivery.firstTriedAt ?? at,
                code: result.code,
                enhanced: result.enhanced,
                reply: result.reply,
                server_id: result.serverId,
              }),
        })
        .where('id', '=', delivery.id)
        .where('lease_token', '=', settling.token)
        .execute()
    }
    const tried = settling.settlements.flatMap(({ delivery, result }) =>
      result === null ? [] : [{ delivery, result }],
    )
    if (tried.length > 0) {
      await db
        .insertInto('attempt')
        .values(
          tried.map(({ delivery, result }) => ({
            delivery_id: delivery.id,
            profile: settling.profile,
            at,
            outcome: result.outcome,
            code: result.code,
            reply: result.reply,
            ms: Math.round(settling.ms),
            tls: settling.tls,
          })),
        )
        .execute()
    }
    if (settling.use !== null) await endUse(db, settling.use, settling.at)
    await insertEvents(db, settling.events)
  })
}

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
