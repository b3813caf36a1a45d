import type { OrderPaper } from '../model/paper.ts'
import type { NewOrder, SealedMessage } from '../model/send-order.ts'
import type { PackPlaces } from '../model/snapshot.ts'
import { orderFileName } from '../model/order-file.ts'
import { newId } from './ids.ts'
import type { NewRow } from './schema.ts'

/** What a new order becomes in the store: its rows, one table after another, and its first events. */

/** The message and whose it is. */
export function orderRow(order: NewOrder): NewRow<'send_order'> {
  const { sealed } = order
  return {
    id: order.id,
    customer: order.customer,
    customer_name: order.customerName,
    type: order.type,
    channel: order.channel,
    profile: order.profile,
    sender: sealed?.sender ?? order.sender,
    message_id: order.messageId,
    created_at: order.createdAt,
    subject: order.subject,
    ...(sealed === null
      ? { text_body: order.text, html_body: order.html, ...UNSEALED }
      : { ...NO_TEXTS, ...sealedColumns(sealed) }),
    resend_of: order.resendOf,
    reason: order.reason,
  }
}

const UNSEALED = { head: null, tail: null, raw_sha256: null, raw_bytes: null } as const

/** A sealed message's bytes say its texts: half of the store was what they say twice. */
export const NO_TEXTS = { text_body: null, html_body: null } as const

/** What is kept of a sealed message in its order's row. */
export function sealedColumns({ head, tail, sha256, bytes }: SealedMessage) {
  return { head, tail, raw_sha256: sha256, raw_bytes: bytes }
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
export function queuedEvents(order: NewOrder) {
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
      detail: [...order.papers.map(paperWords), order.reason ?? ''].filter(Boolean).join('; '),
    },
    ...(order.addendas ?? []).map(({ uuid, detail }) => ({
      ...{ ...facts, uuid, detail, recipient: null },
      level: 'info' as const,
      event: 'addenda-added' as const,
    })),
    ...order.deliveries.flatMap(({ address, state }) =>
      state === 'exported'
        ? [
            {
              ...facts,
              level: 'info' as const,
              event: 'exported' as const,
              recipient: address,
              detail: orderFileName(order.id),
            },
          ]
        : [],
    ),
    ...held.map((delivery) => ({
      ...facts,
      level: 'error' as const,
      event: 'held' as const,
      recipient: delivery.address === '' ? null : delivery.address,
      detail: [delivery.heldReason, delivery.heldDetail].filter(Boolean).join(': '),
    })),
  ]
}

/** `statement 2024-05-31`: a paper has no UUID that the event could name. */
function paperWords({ kind, reference }: OrderPaper): string {
  return `${kind} ${reference}`.trim()
}
