import type { EventKind, EventLevel, NewEvent } from '../model/event.ts'
import type { OrderPaper } from '../model/paper.ts'
import type { NewOrder } from '../model/send-order.ts'
import type { PackPlaces } from '../model/snapshot.ts'
import { orderFileName } from '../model/order-file.ts'
import { newId } from './ids.ts'
import type { NewRow } from './schema.ts'

/** What a new order becomes in the store: its rows, one table after another, and its first events. */

const UNSEALED = { head: null, tail: null, sha256: null, bytes: null } as const
const NO_TEXTS = { text: null, html: null } as const

/** The message and whose it is. */
export function orderRow(order: NewOrder): NewRow<'send_order'> {
  const { head, tail, sha256, bytes } = order.sealed ?? UNSEALED
  // A sealed message's bytes say its texts: half of the store was what they say twice.
  const { text, html } = head === null ? order : NO_TEXTS
  return {
    id: order.id,
    customer: order.customer,
    customer_name: order.customerName,
    type: order.type,
    channel: order.channel,
    profile: order.profile,
    sender: order.sealed?.sender ?? order.sender,
    message_id: order.messageId,
    created_at: order.createdAt,
    subject: order.subject,
    text_body: text,
    html_body: html,
    head,
    tail,
    raw_sha256: sha256,
    raw_bytes: bytes,
    resend_of: order.resendOf,
    reason: order.reason,
  }
}

/** The order's documents, each one copy further than `copies` knows it; `copies` is moved on. */
export function documentRows(order: NewOrder, copies: Map<string, number>): NewRow<'order_document'>[] {
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

/**
 * Its snapshots, in the order of the message's parts.
 * @param known places of the orders that are repeated
 */
export function attachmentRows(order: NewOrder, known: PackPlaces): NewRow<'order_attachment'>[] {
  const { places = known } = order
  return order.attachments.map(({ name, mediaType, sha256, bytes }, position) => {
    const place = places.get(sha256)
    return {
      order_id: order.id,
      position,
      name,
      media_type: mediaType,
      sha256,
      bytes,
      part_header: order.sealed?.partHeaders[position] ?? null,
      pack: place?.pack ?? null,
      pack_offset: place?.offset ?? null,
    }
  })
}

/** One row a recipient, due at once. */
export function deliveryRows(order: NewOrder): NewRow<'delivery'>[] {
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
    finished_at: delivery.state === 'exported' ? order.createdAt : null,
  }))
}

/** That it was packaged or resent, and what of it is held. */
export function queuedEvents(order: NewOrder): NewEvent[] {
  const events = [
    eventOf(order, {
      event: order.resendOf === null ? 'packaged' : 'resent',
      detail: [...order.papers.map(paperWords), order.reason ?? ''].filter(Boolean).join('; '),
    }),
  ]
  for (const { uuid, detail } of order.addendas ?? [])
    events.push(eventOf(order, { event: 'addenda-added', uuid, detail }))
  for (const { address, state } of order.deliveries)
    if (state === 'exported')
      events.push(eventOf(order, { event: 'exported', recipient: address, detail: orderFileName(order.id) }))
  return [...events, ...heldEvents(order)]
}

/** Why; without a recipient, mail waits for an address and WhatsApp for a number. */
function heldEvents(order: NewOrder): NewEvent[] {
  return order.deliveries
    .filter(({ state }) => state === 'held')
    .map(({ address, heldReason, heldDetail }) => {
      const reason = heldReason === 'no-address' && order.channel === 'whatsapp' ? 'no-number' : heldReason
      const detail = [reason, heldDetail].filter(Boolean).join(': ')
      return eventOf(order, { level: 'error', event: 'held', recipient: address || null, detail })
    })
}

interface Happening {
  /** `info` when left out. */
  readonly level?: EventLevel
  readonly event: EventKind
  /** Of its first document when left out. */
  readonly uuid?: string
  readonly recipient?: string | null
  readonly detail: string
}

function eventOf({ id, createdAt, customer, documents }: NewOrder, happening: Happening): NewEvent {
  return {
    at: createdAt,
    level: happening.level ?? 'info',
    event: happening.event,
    order: id,
    customer,
    uuid: happening.uuid ?? documents[0]?.uuid ?? null,
    recipient: happening.recipient ?? null,
    detail: happening.detail,
  }
}

/** `statement 2024-05-31`: a paper has no UUID that the event could name. */
function paperWords({ kind, reference }: OrderPaper): string {
  return `${kind} ${reference}`.trim()
}
