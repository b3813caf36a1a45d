import type { OrderChannel } from '../model/channel.ts'
import { type AnyProfile, moduleOfLane, profileFor, profileOfLane } from '../model/lanes.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import type { RecipientRule } from '../model/customer.ts'
import { type DeliveryState, type HeldReason, orderState } from '../model/delivery.ts'
import type { Attachment, DeliveryView, OrderDocument, OrderView } from '../model/send-order.ts'
import { listed } from './listed.ts'
import { papersByOrder } from './paper-rows.ts'
import type { Db, Row } from './schema.ts'

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

/**
 * Orders with all that belongs to them, by id.
 * @param profiles all that there are: they say by which one an order goes
 */
export async function loadViews(
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
