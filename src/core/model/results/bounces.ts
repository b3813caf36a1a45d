import type { BounceProof, BounceVerdict } from '../bounce.ts'

/** What came of a piece of evidence: the state changed, it was noted, or it waits until the delivery in hand is settled. */
export const BOUNCE_EFFECTS = ['changed', 'noted', 'waits'] as const
export type BounceEffect = (typeof BOUNCE_EFFECTS)[number]

/** One piece of evidence about one recipient. */
export interface BounceView {
  readonly at: string
  readonly order: string
  readonly customer: string
  /** As the order has it; '' when the mail names nobody of the order. */
  readonly recipient: string
  readonly verdict: BounceVerdict
  readonly proof: BounceProof
  /** RFC 3463 code, or ''. */
  readonly status: string
  /** The remote server's words. */
  readonly diagnostic: string
  readonly effect: BounceEffect
}

/** Mails by what they were. */
export interface BounceTotals {
  readonly read: number
  /** Tied to an order, and new. */
  readonly matched: number
  /** Seen before: nothing is done twice. */
  readonly repeated: number
  /** Bounces that nothing ties to an order of this store: hints, which change nothing. */
  readonly unmatched: number
  readonly autoReplies: number
  /** Not about deliveries at all. */
  readonly others: number
}

/** What `bounces import` and `bounces check` found and did. */
export interface BouncesReadResult {
  readonly kind: 'bounces-read'
  readonly needsPerson: boolean
  readonly totals: BounceTotals
  readonly bounces: readonly BounceView[]
  /** Addresses that nothing is sent to from now on. */
  readonly quarantined: readonly string[]
  /** Of `check`: the mailbox, and whether mails were left for the next time. Null for files. */
  readonly mailbox: { readonly place: string; readonly more: boolean } | null
}

export interface BouncesResult {
  readonly kind: 'bounces'
  /** Oldest first. */
  readonly bounces: readonly BounceView[]
  readonly limit: number | null
}

export interface QuarantinedAddress {
  readonly address: string
  readonly since: string
  readonly status: string
  /** The words of the bounce, or a person's. */
  readonly reason: string
  /** The order that bounced, or null when a person put it there. */
  readonly order: string | null
  /** Codes of customers that have the address now. */
  readonly customers: readonly string[]
  /** Deliveries that wait for its release. */
  readonly held: number
}

export interface QuarantineResult {
  readonly kind: 'quarantine'
  readonly addresses: readonly QuarantinedAddress[]
}
