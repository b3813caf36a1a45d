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
  oauth: OAuthTable
  send_order: SendOrderTable
  order_document: OrderDocumentTable
  order_attachment: OrderAttachmentTable
  delivery: DeliveryTable
  attempt: AttemptTable
  quota_use: QuotaUseTable
  bounce: BounceTable
  quarantine: QuarantineTable
  bounce_mailbox: BounceMailboxTable
  bounce_scan: BounceScanTable
  event: EventTable
  notice: NoticeTable
  notice_mark: NoticeMarkTable
  store_identity: StoreIdentityTable
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
  /** Preset that the limits were taken from, '' for none. */
  provider: Generated<string>
  per_minute: number | null
  per_day: number | null
  max_recipients: Generated<number>
  max_bytes: number | null
  on_unknown: Generated<string>
  resend_after_hours: number | null
  tested_at: string | null
  held_reason: string | null
  held_until: string | null
  strikes: number
}

/** A profile that signs in with tokens. Secrets are sealed, the client secret may be a reference, '' is none. */
export interface OAuthTable {
  profile: string
  provider: string
  grant_kind: string
  client_id: string
  tenant: string
  scope: string
  token_url: string
  device_url: string
  client_secret: string
  refresh_token: string
  access_token: string
  /** When the access token ends. */
  expires_at: string | null
  /** When a person consented, or a refresh token was given. */
  consented_at: string | null
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

/** The ledger that limits are counted from: one row a transaction, written before its MAIL FROM. */
export interface QuotaUseTable {
  id: string
  profile: string
  /** When it ended; when it was reserved, as long as it has not. */
  at: string
  recipients: number
  order_id: string
  /** Of the sender that may still be sending it; null once it ended. */
  token: string | null
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
  /** Hash of the event before; '' for the first. */
  prev_hash: string
  /** See event-chain.ts. */
  hash: string
}

/** Digests for the administrator: never customers' deliveries, so they have a table of their own. */
export interface NoticeTable {
  id: string
  recipient: string
  message_id: string
  created_at: string
  /** The events told are those after the first number, up to the last. */
  after_seq: number
  last_seq: number
  facts: number
  subject: string
  state: string
  attempts: number
  due_at: string
  code: number
  reply: string
  finished_at: string | null
}

/** One row: the last event that a notice told. */
export interface NoticeMarkTable {
  id: number
  seq: number
}

/** One row: where the store was last used (model/store-identity.ts). */
export interface StoreIdentityTable {
  id: string
  folder: string
  machine: string
  stamp: string
  runs: number
}

/** Evidence about one recipient of an order that came after it was sent. */
export interface BounceTable {
  id: string
  /** SHA-256 of the mail that brought it, and its place among the recipients there: the same mail counts once. */
  hash: string
  position: number
  at: string
  order_id: string
  /** As the order has it; '' when the report names nobody of the order. */
  recipient: string
  verdict: string
  /** What ties it to the order. */
  proof: string
  status: string
  diagnostic: string
  /** `changed` the state, `noted`, or `waits` until the delivery in hand is settled. */
  effect: string
}

/** Addresses that nothing is sent to until a person says so. */
export interface QuarantineTable {
  /** Lower case. */
  address: string
  since: string
  status: string
  reason: string
  order_id: string | null
}

/** Where a profile's bounces arrive, by IMAP. */
export interface BounceMailboxTable {
  profile: string
  host: string
  port: number
  user: string
  secret: string
  mailbox: string
  /** Mailbox with copies of what was sent, or ''. */
  archive: string
  ca_file: string
}

/** How far a mailbox was read. */
export interface BounceScanTable {
  /** `user@host:port/mailbox`. */
  place: string
  /** When it changes, the numbers mean other mails. */
  uid_validity: string
  last_uid: number
}

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>
export type NewRow<Table extends keyof Schema> = Insertable<Schema[Table]>
