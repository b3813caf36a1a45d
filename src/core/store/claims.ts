import { sql } from 'kysely'
import { CLAIMABLE_STATES, type DeliveryState, LEASE_MINUTES } from '../model/delivery.ts'
import { listedIn } from './listed.ts'
import { prepared } from './prepared.ts'
import type { Db, Row } from './schema.ts'
import { sharingCommit } from './shared-commit.ts'

/** A delivery that this process owns until the lease ends. */
export interface ClaimedDelivery {
  readonly id: string
  readonly recipient: string
  /** Tries made before this one. */
  readonly attempts: number
  /** ISO 8601 UTC, or null before the first try. */
  readonly firstTriedAt: string | null
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
  /** Whether its bytes are fixed. */
  readonly isSealed: boolean
  readonly sha256: string | null
  readonly uuids: readonly string[]
  /** Whether any of its documents is payroll. */
  readonly isPayroll: boolean
  readonly attachments: readonly ClaimedAttachment[]
  readonly deliveries: readonly ClaimedDelivery[]
}

export interface ClaimedAttachment {
  readonly name: string
  readonly mediaType: string
  readonly sha256: string
  readonly partHeader: string | null
}

/** The long part of an order, for the moment in which its message is put together. */
export interface OrderBody {
  /** What the message says; null when it is sealed, as its bytes say it. */
  readonly text: string | null
  readonly html: string | null
  /** What its bytes are but for the attachments' contents; null while it is not sealed. */
  readonly head: string | null
  readonly tail: string | null
}

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

const columnsOfLeased = ['id', 'order_id', 'recipient', 'attempts', 'first_try_at', 'position'] as const

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
    .limit(limit)

const dueIn = prepared((db, blank: Walk & { readonly lane: string }) =>
  dueInState(db, blank).where('profile', '=', blank.lane),
)

const dueInNone = prepared((db, blank: Walk) => dueInState(db, blank).where('profile', 'is', null))

type LeasedRow = Pick<Row<'delivery'>, (typeof columnsOfLeased)[number]>

/** Not part of a claim: twenty of them would wait in memory, for longer than the collector looks at what is young. */
export function orderBody(db: Db, order: string): OrderBody {
  const [body] = findBody(db, { order })
  return body ?? { text: null, html: null, head: null, tail: null }
}

const findBody = prepared((db, blank: { readonly order: string }) =>
  db
    .selectFrom('send_order')
    .select([unsealed('text_body').as('text'), unsealed('html_body').as('html'), 'head', 'tail'])
    .where('id', '=', blank.order),
)

/** The texts are in a sealed message's bytes already. */
function unsealed(text: 'text_body' | 'html_body') {
  return sql<string | null>`case when raw_sha256 is null then ${sql.ref(text)} end`
}

const columnsOfOrder = [
  ...(['id', 'customer', 'type', 'message_id', 'created_at', 'subject', 'sender'] as const),
  'raw_sha256',
] as const

/** @param ids of the orders, as JSON */
function loadOrders(db: Db, ids: string, leased: readonly LeasedRow[]): ClaimedOrder[] {
  const attachments = attachmentsOf(db, { ids })
  const documents = documentsOf(db, { ids })
  return ordersOf(db, { ids }).map((order) => {
    const own = <R extends { readonly order_id: string }>(rows: readonly R[]) =>
      rows.filter((row) => row.order_id === order.id)
    const carried = own(documents)
    return {
      ...claimedOrder(order),
      uuids: carried.map(({ uuid }) => uuid),
      isPayroll: carried.some(({ kind }) => kind === 'N'),
      attachments: own(attachments).map(claimedAttachment),
      deliveries: own(leased)
        .sort((a, b) => a.position - b.position)
        .map(claimedDelivery),
    }
  })
}

interface Ids {
  /** JSON. */
  readonly ids: string
}

const ordersOf = prepared((db, blank: Ids) =>
  db.selectFrom('send_order').select(columnsOfOrder).where('id', 'in', listedIn(blank.ids)).orderBy('id'),
)

const attachmentsOf = prepared((db, blank: Ids) =>
  db
    .selectFrom('order_attachment')
    .selectAll()
    .where('order_id', 'in', listedIn(blank.ids))
    .orderBy('position'),
)

const documentsOf = prepared((db, blank: Ids) =>
  db
    .selectFrom('order_document')
    .select(['order_id', 'uuid', 'kind'])
    .where('order_id', 'in', listedIn(blank.ids)),
)

type OrderRow = Pick<Row<'send_order'>, (typeof columnsOfOrder)[number]>

function claimedOrder(
  order: OrderRow,
): Omit<ClaimedOrder, 'uuids' | 'isPayroll' | 'attachments' | 'deliveries'> {
  return {
    id: order.id,
    customer: order.customer,
    type: order.type,
    messageId: order.message_id,
    createdAt: order.created_at,
    subject: order.subject,
    sender: order.sender,
    isSealed: order.raw_sha256 !== null,
    sha256: order.raw_sha256,
  }
}

function claimedAttachment(row: Row<'order_attachment'>): ClaimedAttachment {
  return { name: row.name, mediaType: row.media_type, sha256: row.sha256, partHeader: row.part_header }
}

function claimedDelivery(row: LeasedRow): ClaimedDelivery {
  return {
    id: row.id,
    recipient: row.recipient,
    attempts: row.attempts,
    firstTriedAt: row.first_try_at,
  }
}
