import type { Generated } from 'kysely'

export interface SendOrderTable {
  id: string
  customer: string
  customer_name: string
  type: string
  channel: string
  /** Profile that the packaging type names; null takes the default one at the time of sending. */
  profile: string | null
  /** From address: the type's wish until the message is sealed, then what its bytes say. */
  sender: string | null
  message_id: string
  created_at: string
  subject: string
  /** Rendered texts, until the message is sealed: from then on its head says them. Orders of older versions keep them beside it. */
  text_body: string | null
  html_body: string | null
  /** The sealed message but its attachments' content; null until sender and recipients are known. */
  head: string | null
  tail: string | null
  raw_sha256: string | null
  raw_bytes: number | null
  resend_of: string | null
  reason: string | null
}

export interface OrderDocumentTable {
  order_id: string
  uuid: string
  customer: string
  type: string
  /** 1 for the first packaging, then one more for each `--again` and `resend`: the unique key that makes packaging repeatable. */
  copy: number
  kind: string
  series: string
  folio: string
  issued_at: string
  total: string
  currency: string
  issuer_rfc: string
  receiver_rfc: string
  /** End of the Sello of what was packaged. */
  seal_mark: string
}

export interface OrderAttachmentTable {
  order_id: string
  position: number
  name: string
  media_type: string
  sha256: string
  bytes: number
  part_header: string | null
  /** The pack in the spool that its bytes lie in, and how many come before; null for a file of its own. */
  pack: string | null
  pack_offset: number | null
}

export interface DeliveryTable {
  id: string
  order_id: string
  position: number
  /** '' for an order that has nobody to go to (held: no-address). */
  recipient: string
  rule: string
  state: string
  held_reason: string | null
  /** Copy of the order's, so that a claim reads one index. */
  profile: string | null
  attempts: number
  due_at: string
  /** When its lifetime began; null before the first try, and again after a person set it going. */
  first_try_at: string | null
  lease_token: string | null
  lease_until: string | null
  dotted_at: string | null
  code: number
  enhanced: string
  reply: string
  server_id: string
  finished_at: string | null
}

/** Every try. */
export interface AttemptTable {
  id: Generated<number>
  delivery_id: string
  profile: string
  at: string
  outcome: string
  code: number
  reply: string
  ms: number
  /** What protected the session, in words for proof; '' in clear text. */
  tls: string
}
