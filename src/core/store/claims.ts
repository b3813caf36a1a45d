import { CLAIMABLE_STATES, type DeliveryState, LEASE_MINUTES, type NextState, type RecipientResult } from '../model/delivery.ts'
import type { NewEvent } from '../model/event.ts'
import { insertEvents } from './event-log.ts'
import type { Db, Row } from './schema.ts'

/** A delivery that this process owns until the lease ends. */
export interface ClaimedDelivery {
  readonly id: string
  readonly recipient: string
  /** Tries made before this one. */
  readonly attempts: number
}

/** An order with the deliveries of it that are due, all leased under one token. */
export interface ClaimedOrder {
  readonly id: string
  readonly customer: string
  readonly type: string
  readonly messageId: string
  readonly createdAt: string
  readonly subject: string
  readonly sender: string | null
  readonly text: string | null
  readonly html: string | null
  readonly head: string | null
  readonly tail: string | null
  readonly sha256: string | null
  readonly uuids: readonly string[]
  readonly attachments: readonly ClaimedAttachment[]
  readonly deliveries: readonly ClaimedDelivery[]
}

export interface ClaimedAttachment {
  readonly name: string
  readonly mediaType: string
  readonly sha256: string
  readonly partHeader: string | null
}

export interface Claim {
  /** Lane: the profile that the packaging type named, or null for the default one. */
  readonly profile: string | null
  readonly now: Date
  /** Unique to this process: every later write of it carries the token, so one that overslept changes nothing. */
  readonly token: string
  /** Orders. */
  readonly limit: number
}

/**
 * Takes orders that are due, oldest first. Each delivery is taken by one process only: the condition is in the update itself.
 */
export async function claimOrders(db: Db, claim: Claim): Promise<ClaimedOrder[]> {
  const now = claim.now.toISOString()
  const until = new Date(claim.now.getTime() + LEASE_MINUTES * 60_000).toISOString()
  return await db.transaction().execute(async (db) => {
    const ids = await dueOrders(db, claim, now)
    if (ids.length === 0) return []
    const leased = await db
      .updateTable('delivery')
      .set({ state: 'leased', lease_token: claim.token, lease_until: until })
      .where('order_id', 'in', ids)
      .where('state', 'in', CLAIMABLE_STATES)
      .where('due_at', '<=', now)
      .returning(['id', 'order_id', 'recipient', 'attempts', 'position'])
      .execute()
    return await loadOrders(db, ids, leased)
  })
}

/** The orders that a claim would take, with nothing taken: for looking at. */
export async function peekOrders(db: Db, claim: Omit<Claim, 'token'>): Promise<ClaimedOrder[]> {
  const now = claim.now.toISOString()
  const ids = await dueOrders(db, claim, now)
  if (ids.length === 0) return []
  const due = await db
    .selectFrom('delivery')
    .select(['id', 'order_id', 'recipient', 'attempts', 'position'])
    .where('order_id', 'in', ids)
    .where('state', 'in', CLAIMABLE_STATES)
    .where('due_at', '<=', now)
    .execute()
  return await loadOrders(db, ids, due)
}

/** State by state, because each is one walk along the index in order of due time, however long the queue is. */
async function dueOrders(db: Db, claim: Omit<Claim, 'token'>, now: string): Promise<string[]> {
  const ids = new Set<string>()
  for (const state of CLAIMABLE_STATES) {
    let query = db.selectFrom('delivery').select('order_id').where('state', '=', state).where('due_at', '<=', now)
    query = claim.profile === null ? query.where('profile', 'is', null) : query.where('profile', '=', claim.profile)
    const rows = await query.orderBy('due_at').limit(claim.limit * 4).execute()
    for (const row of rows) if (ids.size < claim.limit) ids.add(row.order_id)
  }
  return [...ids]
}

type LeasedRow = Pick<Row<'delivery'>, 'id' | 'order_id' | 'recipient' | 'attempts' | 'position'>

async function loadOrders(db: Db, ids: readonly string[], leased: readonly LeasedRow[]): Promise<ClaimedOrder[]> {
  const orders = await db.selectFrom('send_order').selectAll().where('id', 'in', ids).orderBy('id').execute()
  const attachments = await db
    .selectFrom('order_attachment')
    .selectAll()
    .where('order_id', 'in', ids)
    .orderBy('position')
    .execute()
  const documents = await db.selectFrom('order_document').select(['order_id', 'uuid']).where('order_id', 'in', ids).execute()
  return orders.map((order) => ({
    id: order.id,
    customer: order.customer,
    type: order.type,
    messageId: order.message_id,
    createdAt: order.created_at,
    subject: order.subject,
    sender: order.sender,
    text: order.text_body,
    html: order.html_body,
    head: order.head,
    tail: order.tail,
    sha256: order.raw_sha256,
    uuids: documents.filter((row) => row.order_id === order.id).map((row) => row.uuid),
    attachments: attachments
      .filter((row) => row.order_id === order.id)
      .map((row) => ({ name: row.name, mediaType: row.media_type, sha256: row.sha256, partHeader: row.part_header })),
    deliveries: leased
      .filter((row) => row.order_id === order.id)
      .sort((a, b) => a.position - b.position)
      .map((row) => ({ id: row.id, recipient: row.recipient, attempts: row.attempts })),
  }))
}

/**
 * Commits that the final dot is about to be sent to these deliveries.
 * @returns whether all of them were still this process's. When not, the dot must not be sent.
 */
export async function markDotted(
  db: Db,
  mark: { readonly token: string; readonly deliveries: readonly string[]; readonly at: Date },
): Promise<boolean> {
  return await db.transaction().execute(async (db) => {
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
  readonly settlements: readonly Settlement[]
  readonly events: readonly NewEvent[]
}

/** Writes the outcome of an attempt with its events in one commit. Deliveries whose lease was lost keep what they have. */
export async function settle(db: Db, settling: Settling): Promise<void> {
  const at = settling.at.toISOString()
  await db.transaction().execute(async (db) => {
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
            : { code: result.code, enhanced: result.enhanced, reply: result.reply, server_id: result.serverId }),
        })
        .where('id', '=', delivery.id)
        .where('lease_token', '=', settling.token)
        .execute()
    }
    const tried = settling.settlements.flatMap(({ delivery, result }) => (result === null ? [] : [{ delivery, result }]))
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
          })),
        )
        .execute()
    }
    await insertEvents(db, settling.events)
  })
}

function isFinished(state: DeliveryState): boolean {
  return state === 'sent' || state === 'failed' || state === 'dead' || state === 'cancelled'
}

/** Gives back what this process claimed and did not begin. */
export async function putBack(db: Db, token: string, now: Date): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ state: 'pending', lease_token: null, lease_until: null, due_at: now.toISOString() })
    .where('state', '=', 'leased')
    .where('lease_token', '=', token)
    .execute()
}

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
    const abandoned = rows.map(
      (row): Abandoned => ({
        id: row.id,
        order: row.order_id,
        customer: row.customer,
        recipient: row.recipient,
        state: row.state === 'dotted' ? 'unknown' : 'pending',
      }),
    )
    for (const state of ['pending', 'unknown'] as const) {
      await db
        .updateTable('delivery')
        .set({ state, lease_token: null, lease_until: null })
        .where('state', '=', state === 'unknown' ? 'dotted' : 'leased')
        .execute()
    }
    await insertEvents(db, abandoned.map((delivery) => recoveryEvent(delivery, now)))
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
    detail: 'the sender stopped before the outcome was written',
  }
}
