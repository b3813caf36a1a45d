import type { Generated, Insertable, Kysely, Selectable } from 'kysely'

/**
 * The tables. Columns are text and integer only, times are ISO 8601 UTC text, lists are JSON text, truth is 0 or 1: SQLite
 * and PostgreSQL then hold the same rows.
 */
export interface Schema {
  document: DocumentTable
  cancelled_document: CancelledDocumentTable
  customer: CustomerTable
  contact: ContactTable
  packaging_type: PackagingTypeTable
  template: TemplateTable
  profile: ProfileTable
  send_order: SendOrderTable
  order_document: OrderDocumentTable
  order_attachment: OrderAttachmentTable
  delivery: DeliveryTable
  attempt: AttemptTable
  event: EventTable
}

export type Db = Kysely<Schema>

/** The index of the source folders: one row a file, read again only when its size or time changes. */
export interface DocumentTable {
  path: string
  size: number
  /** Microseconds since 1970, as the file system says. */
  mtime_us: number
  /** Time of the last change of the file's entry: a copy that keeps its date does not keep this. */
  ctime_us: number
  /** Null when it may be sent. */
  reason: string | null
  detail: string
  uuid: string | null
  kind: string | null
  series: string
  folio: string
  issued_at: string | null
  issuer_rfc: string
  receiver_rfc: string
  receiver_name: string
  total: string
  currency: string
  /** End of the Sello (`sealMark`). */
  seal_mark: string
  pdf: string | null
  /** JSON list of file names, `<stem>_Adj.*`. */
  extras: string
}

export interface CancelledDocumentTable {
  uuid: string
  at: string
  reason: string
}

export interface CustomerTable {
  code: string
  name: string
  /** Name without case, accents and double spaces, for search and for receivers that share a generic RFC. */
  folded_name: string
  rfc: string
  email: string
  billing_email: string
  packaging_type: string
  /** JSON list of addresses. */
  packaging_addresses: string
  created_at: string
  updated_at: string
}

export interface ContactTable {
  id: string
  customer: string
  position: number
  name: string
  email: string
  gets_invoices: number
}

export interface PackagingTypeTable {
  code: string
  description: string
  customer: string | null
  /** JSON list of kinds. */
  kinds: string
  pdf: string
  with_bom: number
  grouping: string
  zip: number
  profile: string | null
  sender: string | null
  subject: string | null
  body: string | null
  long_timeout: number
  log_success: number
}

export interface TemplateTable {
  name: string
  subject: string
  /** Text, or `HTML` and then HTML. */
  body: string
  updated_at: string
}

export interface ProfileTable {
  name: string
  host: string
  port: number
  security: string
  user: string
  secret: string
  sender: string
  sender_name: string
  reply_to: string
  is_default: number
  /** JSON list. */
  modules: string
  connections: number
  messages_per_connection: number
  pin: string
  ca_file: string
  tested_at: string | null
  held_reason: string | null
  held_until: string | null
  strikes: number
}

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
  /** Rendered texts, kept for good: a repetition of the order is a new message with the same words. */
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

/** Every try, and the ledger that limits are counted from. */
export interface AttemptTable {
  id: Generated<number>
  delivery_id: string
  profile: string
  at: string
  outcome: string
  code: number
  reply: string
  ms: number
}

export interface EventTable {
  seq: Generated<number>
  at: string
  level: string
  event: string
  order_id: string | null
  customer: string | null
  uuid: string | null
  recipient: string | null
  detail: string
}

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>
