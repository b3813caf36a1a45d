import { STOPPABLE_STATES } from '../model/delivery.ts'
import { packagedKey } from '../model/packaging.ts'
import type { NewOrder } from '../model/send-order.ts'
import { insertEvents } from './event-log.ts'
import { newId } from './ids.ts'
import { steerDeliveries } from './steer.ts'
import type { Db, NewRow } from './schema.ts'

const CHUNK = 200

/** `once` leaves out an order whose document got a live order meanwhile; `again` writes it as a further copy. */
export type Repetition = 'once' | 'again'

/**
 * Which of the documents have a live order, as `packagedKey` texts. An order that was cancelled for all its recipients does
 * not count.
 */
export async function packagedPairs(db: Db, uuids: readonly string[]): Promise<Set<string>> {
  const pairs = new Set<string>()
  for (let start = 0; start < uuids.length; start += CHUNK) {
    const rows = await db
      .selectFrom('order_document')
      .innerJoin('delivery', 'delivery.order_id', 'order_document.order_id')
      .select(['order_document.uuid', 'order_document.customer'])
      .distinct()
      .where('delivery.state', '!=', 'cancelled')
      .where('order_document.uuid', 'in', uuids.slice(start, start + CHUNK))
      .execute()
    for (const row of rows) pairs.add(packagedKey(row.uuid, row.customer))
  }
  return pairs
}

/**
 * Writes orders with their documents, attachments, deliveries and events in one commit. Their attachments must be in the
 * spool already.
 * @returns ids of the orders that were written
 */
export async function enqueueOrders(
  db: Db,
  orders: readonly NewOrder[],
  repetition: Repetition,
): Promise<Set<string>> {
  if (orders.length === 0) return new Set()
  return await db.transaction().execute(async (db) => {
    const fresh = repetition === 'again' ? orders : await withoutPackaged(db, orders)
    if (repetition === 'again') await supersede(db, orders)
    await writeOrders(db, fresh)
    return new Set(fresh.map((order) => order.id))
  })
}

/** Writes all of the orders, each document as a further copy of itself. Call it inside a transaction. */
export async function writeOrders(db: Db, orders: readonly NewOrder[]): Promise<void> {
  const copies = await lastCopies(db, orders)
  await insertAll(db, 'send_order', orders.map(orderRow))
  await insertAll(
    db,
    'order_document',
    orders.flatMap((order) => documentRows(order, copies)),
  )
  await insertAll(db, 'order_attachment', orders.flatMap(attachmentRows))
  await insertAll(db, 'delivery', orders.flatMap(deliveryRows))
  await insertEvents(db, orders.flatMap(eventsOf))
}

/**
 * What has not left yet of earlier orders of the same documents does not leave any more: the customer gets them once, from
 * the new order. An order with other documents too stays, or those would be lost.
 */
async function supersede(db: Db, orders: readonly NewOrder[]): Promise<void> {
  const [first] = orders
  if (first === undefined) return
  const fresh = new Set(
    orders.flatMap(({ customer, documents }) => documents.map(({ uuid }) => packagedKey(uuid, customer))),
  )
  const uuids = [...new Set(orders.flatMap(({ documents }) => documents.map(({ uuid }) => uuid)))]
  const earlier = new Map<string, boolean>()
  for (const row of await documentsOfOrdersWith(db, uuids)) {
    const isFresh = fresh.has(packagedKey(row.uuid, row.customer))
    earlier.set(row.order_id, isFresh && (earlier.get(row.order_id) ?? true))
  }
  await steerDeliveries(db, {
    orders: [...earlier].flatMap(([id, isWhole]) => (isWhole ? [id] : [])),
    from: STOPPABLE_STATES,
    to: 'cancelled',
    recipients: null,
    at: new Date(first.createdAt),
    event: 'cancelled',
    detail: 'packaged again',
  })
}

/** All documents of each order that has any of these. */
async function documentsOfOrdersWith(db: Db, uuids: readonly string[]) {
  const rows: { readonly order_id: string; readonly uuid: string; readonly customer: string }[] = []
  for (let start = 0; start < uuids.length; start += CHUNK) {
    const chunk = uuids.slice(start, start + CHUNK)
    const found = await db
      .selectFrom('order_document')
      .select(['order_id', 'uuid', 'customer'])
      .where('order_id', 'in', (sub) =>
        sub.selectFrom('order_document').select('order_id').where('uuid', 'in', chunk),
      )
      .execute()
    rows.push(...found)
  }
  return rows
}

/** Two `package` runs at once choose the same documents; the second to get here finds them packaged. */
async function withoutPackaged(db: Db, orders: readonly NewOrder[]): Promise<readonly NewOrder[]> {
  const pairs = await packagedPairs(
    db,
    orders.flatMap((order) => order.documents.map((document) => document.uuid)),
  )
  return orders.filter((order) =>
    order.documents.every((document) => !pairs.has(packagedKey(document.uuid, order.customer))),
  )
}

/** The highest copy number so far by `uuid customer type`. */
async function lastCopies(db: Db, orders: readonly NewOrder[]): Promise<Map<string, number>> {
  const uuids = orders.flatMap((order) => order.documents.map((document) => document.uuid))
  const copies = new Map<string, number>()
  for (let start = 0; start < uuids.length; start += CHUNK) {
    const rows = await db
      .selectFrom('order_document')
      .select(['uuid', 'customer', 'type', (select) => select.fn.max('copy').as('last')])
      .where('uuid', 'in', uuids.slice(start, start + CHUNK))
      .groupBy(['uuid', 'customer', 'type'])
      .execute()
    for (const row of rows) copies.set(`${row.uuid} ${row.customer} ${row.type}`, Number(row.last))
  }
  return copies
}

async function insertAll<Table extends 'send_order' | 'order_document' | 'order_attachment' | 'delivery'>(
  db: Db,
  table: Table,
  rows: readonly NewRow<Table>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    await db
      .insertInto(table)
      .values(rows.slice(start, start + CHUNK))
      .execute()
  }
}

function orderRow(order: NewOrder): NewRow<'send_order'> {
  const { sealed } = order
  return {
    id: order.id,
    customer: order.customer,
    customer_name: order.customerName,
    type: order.type,
    channel: 'email',
    profile: order.profile,
    sender: sealed?.sender ?? order.sender,
    message_id: order.messageId,
    created_at: order.createdAt,
    subject: order.subject,
    text_body: order.text,
    html_body: order.html,
    ...(sealed === null
      ? { head: null, tail: null, raw_sha256: null, raw_bytes: null }
      : { head: sealed.head, tail: sealed.tail, raw_sha256: sealed.sha256, raw_bytes: sealed.bytes }),
    resend_of: order.resendOf,
    reason: order.reason,
  }
}

function documentRows(order: NewOrder, copies: Map<string, number>): NewRow<'order_document'>[] {
  return order.documents.map((document) => {
    const key = `${document.uuid} ${order.customer} ${order.type}`
    const copy = (copies.get(key) ?? 0) + 1
    copies.set(key, copy)
    return {
      order_id: order.id,
      uuid: document.uuid,
      customer: order.customer,
      type: order.type,
      copy,
      kind: document.kind,
      series: document.series,
      folio: document.folio,
      issued_at: document.issuedAt,
      total: document.total,
      currency: document.currency,
      issuer_rfc: document.issuerRfc,
      receiver_rfc: document.receiverRfc,
      seal_mark: document.sealMark,
    }
  })
}

function attachmentRows(order: NewOrder): NewRow<'order_attachment'>[] {
  return order.attachments.map((attachment, position) => ({
    order_id: order.id,
    position,
    name: attachment.name,
    media_type: attachment.mediaType,
    sha256: attachment.sha256,
    bytes: attachment.bytes,
    part_header: order.sealed?.partHeaders[position] ?? null,
  }))
}

function deliveryRows(order: NewOrder): NewRow<'delivery'>[] {
  return order.deliveries.map((delivery, position) => ({
    id: newId(new Date(order.createdAt)),
    order_id: order.id,
    position,
    recipient: delivery.address,
    rule: delivery.rule,
    state: delivery.state,
    held_reason: delivery.heldReason,
    profile: order.profile,
    attempts: 0,
    due_at: order.createdAt,
    first_try_at: null,
    lease_token: null,
    lease_until: null,
    dotted_at: null,
    code: 0,
    enhanced: '',
    reply: '',
    server_id: '',
    finished_at: null,
  }))
}

function eventsOf(order: NewOrder) {
  const facts = {
    at: order.createdAt,
    order: order.id,
    customer: order.customer,
    uuid: order.documents[0]?.uuid ?? null,
  }
  const held = order.deliveries.filter((delivery) => delivery.state === 'held')
  return [
    {
      ...facts,
      level: 'info' as const,
      event: order.resendOf === null ? ('packaged' as const) : ('resent' as const),
      recipient: null,
      detail: order.reason ?? '',
    },
    ...held.map((delivery) => ({
      ...facts,
      level: 'error' as const,
      event: 'held' as const,
      recipient: delivery.address === '' ? null : delivery.address,
      detail: [delivery.heldReason, delivery.heldDetail].filter(Boolean).join(': '),
    })),
  ]
}
