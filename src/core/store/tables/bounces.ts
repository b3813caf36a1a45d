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
