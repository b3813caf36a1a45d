import type { OrderChannel } from '../model/channel.ts'
import { type AnyProfile, moduleOfLane, profileFor, profileOfLane } from '../model/lanes.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import type { RecipientRule } from '../model/customer.ts'
import { type DeliveryState, type HeldReason, orderState } from '../model/delivery.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { Period } from '../model/period.ts'
import type { Attachment, DeliveryView, OrderDocument, OrderView } from '../model/send-order.ts'
import { ID_LENGTH } from './ids.ts'
import { listed } from './listed.ts'
import { papersByOrder } from './paper-rows.ts'
import { listProfiles } from './profiles.ts'
import type { Db, Row } from './schema.ts'
import { listWhatsAppProfiles } from './whatsapp-profiles.ts'

const CHUNK = 500

/** Which orders. Every part that is set narrows it. */
export interface OrderFilter {
  readonly ids?: readonly string[]
  readonly customers?: readonly string[]
  /** Orders with at least one delivery in one of these states. */
  readonly states?: readonly DeliveryState[]
  /** By the documents' own date. */
  readonly period?: Period
  readonly uuid?: string
  /** Only the newest so many. */
  readonly limit?: number
}

/** Orders that pass the filter, oldest first, with all that belongs to them. */
export async function listOrders(db: Db, filter: OrderFilter): Promise<OrderView[]> {
  const orders: OrderView[] = []
  for await (const order of eachOrder(db, filter)) orders.push(order)
  return orders
}

/** The same one after another: an outbox may be longer than memory holds. */
export async function* eachOrder(db: Db, filter: OrderFilter): AsyncGenerator<OrderView> {
  const ids = await orderIds(db, filter)
  if (ids.length === 0) return
  const profiles = [...(await listProfiles(db)), ...(await listWhatsAppProfiles(db))]
  for (let start = 0; start < ids.length; start += CHUNK)
    yield* await loadViews(db, ids.slice(start, start + CHUNK), profiles)
}

/**
 * The full id of an order from what a person typed: the id, or its last characters when only one order ends so.
 * @throws ORDER_NOT_FOUND, AMBIGUOUS_ID
 */
export async function orderIdOf(db: Db, typed: string): Promise<string> {
  const ending = typed.trim().toUpperCase()
  const rows = await db
    .selectFrom('send_order')
    .select('id')
    .where((where) =>
      where(where.fn('substr', ['id', where.val(ID_LENGTH + 1 - ending.length)]), '=', ending),
    )
    .limit(2)
    .execute()
  const [row, another] = ending === '' ? [] : rows
  if (row === undefined) throw new CfdiMailError('ORDER_NOT_FOUND', { id: typed })
  if (another !== undefined) throw new CfdiMailError('AMBIGUOUS_ID', { id: typed })
  return row.id
}

async function orderIds(db: Db, filter: OrderFilter): Promise<string[]> {
  let query = db.selectFrom('send_order').select('id').orderBy('id', 'desc')
  if (filter.ids !== undefined) query = query.where('id', 'in', filter.ids)
  if (filter.customers !== undefined) query = query.where('customer', 'in', filter.customers)
  if (filter.states !== undefined) {
    const states = filter.states
    query = query.where('id', 'in', (sub) =>
      sub.selectFrom('delivery').select('order_id').where('state', 'in', states),
    )
  }
  if (filter.uuid !== undefined) {
    const uuid = filter.uuid.toUpperCase()
    query = query.where('id', 'in', (sub) =>
      sub.selectFrom('order_document').select('order_id').where('uuid', '=', uuid),
    )
  }
  if (filter.period !== undefined) {
    const { from, to } = filter.period
    query = query.where((where) =>
      where.or([
        where('id', 'in', (sub) => {
          let documents = sub.selectFrom('order_document').select('order_id')
          if (from !== null) documents = documents.where('issued_at', '>=', from)
          if (to !== null) documents = documents.where('issued_at', '<=', `${to}T99`)
          return documents
        }),
        where('id', 'in', (sub) => {
          let papers = sub.selectFrom('order_paper').select('order_id')
          if (from !== null) papers = papers.where('paper_date', '>=', from)
          if (to !== null) papers = papers.where('paper_date', '<=', to)
          return papers
        }),
      ]),
    )
  }
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map((row) => row.id).reverse()
}

const ORDER_COLUMNS = [
  'id',
  'customer',
  'customer_name',
  'type',
  'profile',
  'channel',
  'subject',
  'message_id',
  'created_at',
  'resend_of',
  'reason',
] as const

async function loadViews(
  db: Db,
  ids: readonly string[],
  profiles: readonly AnyProfile[],
): Promise<OrderView[]> {
  const chosen = listed(ids)
  const orders = await db
    .selectFrom('send_order')
    .select(ORDER_COLUMNS)
    .where('id', 'in', chosen)
    .orderBy('id')
    .execute()
  const documents = grouped(
    await db
      .selectFrom('order_document')
      .selectAll()
      .where('order_id', 'in', chosen)
      .orderBy('issued_at')
      .execute(),
  )
  const papers = await papersByOrder(db, ids)
  const attachments = grouped(
    await db
      .selectFrom('order_attachment')
      .selectAll()
      .where('order_id', 'in', chosen)
      .orderBy('position')
      .execute(),
  )
  const deliveries = grouped(
    await db.selectFrom('delivery').selectAll().where('order_id', 'in', chosen).orderBy('position').execute(),
  )
  return orders.map((order) => {
    const lines = (deliveries.get(order.id) ?? []).map(toDelivery)
    return {
      id: order.id,
      customer: order.customer,
      customerName: order.customer_name,
      type: order.type,
      channel: order.channel as OrderChannel,
      ...routeOf(order.profile, profiles),
      state: orderState(lines.map((line) => line.state)),
      subject: order.subject,
      messageId: order.message_id,
      createdAt: order.created_at,
      resendOf: order.resend_of,
      reason: order.reason,
      documents: (documents.get(order.id) ?? []).map(toDocument),
      papers: papers.get(order.id) ?? [],
      attachments: (attachments.get(order.id) ?? []).map(toAttachment),
      deliveries: lines,
    }
  })
}

/** Which profile was named, and which it goes by as things are now. */
function routeOf(lane: string | null, profiles: readonly AnyProfile[]) {
  const goesBy = profileFor(profiles, lane)?.name ?? null
  return { profile: profileOfLane(lane), module: moduleOfLane(lane), goesBy }
}

function grouped<R extends { readonly order_id: string }>(rows: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>()
  for (const row of rows) {
    const group = groups.get(row.order_id)
    if (group === undefined) groups.set(row.order_id, [row])
    else group.push(row)
  }
  return groups
}

function toDocument(row: Row<'order_document'>): OrderDocument {
  return {
    uuid: row.uuid,
    kind: row.kind as CfdiKind,
    series: row.series,
    folio: row.folio,
    issuedAt: row.issued_at,
    total: row.total,
    currency: row.currency,
    issuerRfc: row.issuer_rfc,
    receiverRfc: row.receiver_rfc,
    sealMark: row.seal_mark,
  }
}

function toAttachment(row: Row<'order_attachment'>): Attachment {
  return { name: row.name, mediaType: row.media_type, sha256: row.sha256, bytes: row.bytes }
}

function toDelivery(row: Row<'delivery'>): DeliveryView {
  const state = row.state as DeliveryState
  return {
    recipient: row.recipient,
    rule: row.rule as RecipientRule,
    state,
    heldReason: row.held_reason as HeldReason | null,
    attempts: row.attempts,
    code: row.code,
    reply: row.reply,
    dueAt: state === 'pending' || state === 'deferred' ? row.due_at : null,
    finishedAt: row.finished_at,
  }
}
