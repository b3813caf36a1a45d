import type { DeliveryState, PersonHold, ReplyScope } from '../delivery.ts'
import type { LogEvent } from '../event.ts'
import type { RateLimit } from '../limits.ts'
import type { CheckCause } from '../profile.ts'
import type { WhatsAppScope } from '../whatsapp-rules.ts'
import type { ReplyPhase } from '../reply-rules.ts'
import type { OrderView } from '../send-order.ts'
import type { Listing } from './listing.ts'

/** One recipient of one order after a `send`. */
export interface SentDelivery {
  readonly order: string
  readonly customer: string
  readonly recipient: string
  readonly state: DeliveryState
  readonly code: number
  /** RFC 3463 code such as `5.3.4`, or ''. */
  readonly enhanced: string
  readonly reply: string
  readonly attempts: number
  readonly nextAt: string | null
}

/** A profile that was put, or found, on hold. */
export interface HeldProfile {
  readonly name: string
  /** Null when a person put it on hold. */
  readonly cause: CheckCause | null
  readonly reason: string
  readonly until: string | null
  /** Orders that wait for it. */
  readonly waiting: number
}

/** A profile that reached a limit of its own: what is left goes out by itself, nobody has to do anything. */
export interface ReachedLimit {
  readonly profile: string
  readonly limit: RateLimit
  /** What the limit allows, in messages for per-minute and recipients for per-day. */
  readonly allowed: number
  /** When the next message fits, ISO 8601 UTC. */
  readonly nextAt: string
  /** Deliveries that wait for it. */
  readonly waiting: number
}

/** What a run of `send` did. */
export interface SentRun {
  readonly kind: 'sent'
  readonly deliveries: Listing<SentDelivery>
  /** Of this run; `unknown` and `held` are all that wait for a person, from whatever run. */
  readonly totals: {
    readonly sent: number
    readonly deferred: number
    readonly failed: number
    readonly unknown: number
    readonly held: number
  }
  readonly profiles: readonly HeldProfile[]
  readonly limits: readonly ReachedLimit[]
  /** Deliveries still due when the run ended (limit, signal, profile on hold). */
  readonly waiting: number
  /** What became of packaged files whose orders are all sent. */
  readonly files: TidiedFiles
  /** Orders that were queued because others reached nobody on their channel. */
  readonly fallbacks: readonly Fallback[]
  /** Hash of the last event of the log: kept elsewhere, it proves later that the log was not cut. '' while there is none. */
  readonly auditHead: string
}

/** An order that brings another's documents on the other channel. */
export interface Fallback {
  readonly order: string
  readonly resendOf: string
}

/** One whose list is small enough to be held. */
export interface SentResult extends SentRun {
  readonly deliveries: readonly SentDelivery[]
}

/** Files in destination folders, after sending. `kept` should have gone and was not safe to touch: the log says why. */
export interface TidiedFiles {
  readonly trashed: number
  readonly deleted: number
  readonly kept: number
}

/** An order that repeats another. */
export interface ResentOrder {
  readonly id: string
  readonly resendOf: string
  readonly customer: string
  readonly recipients: readonly string[]
}

/** Why an order of the filter was not repeated. Stable codes; an order that is named by its id is an error instead. */
export const NOT_RESENT_REASONS = [
  'not-finished', // a delivery may still go out by itself
  'cancelled', // by a person
  'document-cancelled',
  'repeated', // another order repeats it already
  'no-snapshot', // an attachment is no longer in the spool, or changed
] as const
export type NotResentReason = (typeof NOT_RESENT_REASONS)[number]

/** An order of the filter that was left alone. */
export interface NotResent {
  readonly id: string
  readonly customer: string
  readonly state: DeliveryState
  readonly reason: NotResentReason
}

export interface ResentResult {
  readonly kind: 'resent'
  /** An attachment's copy is gone, or a new order is held: it has nobody to go to, or an address that bounces. */
  readonly needsPerson: boolean
  readonly orders: readonly ResentOrder[]
  readonly skipped: readonly NotResent[]
}

/**
 * Deliveries that wait for a person's word or correction. What was lost counts as long as no other order repeats its order.
 */
export interface Attention {
  /** Nobody knows whether it arrived. */
  readonly unknown: number
  /** Refused for good, or given up. */
  readonly failed: number
  readonly bounced: number
  /** Held until a person does something; what waits for a time is not among them. */
  readonly held: number
  /** The same by why. */
  readonly heldFor: Readonly<Record<PersonHold, number>>
}

export interface OutboxResult {
  readonly kind: 'outbox'
  /** Among these orders. */
  readonly attention: Attention
  /** Oldest first. */
  readonly orders: Listing<OrderView>
  /** What was asked for at the most; null lists all. */
  readonly limit: number | null
}

export interface OrderResult {
  readonly kind: 'order'
  readonly order: OrderView
  readonly events: readonly LogEvent[]
}

export interface LogResult {
  readonly kind: 'log'
  /** Oldest first. */
  readonly events: Listing<LogEvent>
  /** What was asked for at the most; null lists all. */
  readonly limit: number | null
}

/** What a server's reply means and which rule says so. */
export interface ReplyExplainedResult {
  readonly kind: 'reply-explained'
  readonly reply: string
  /** The command that was answered; `whatsapp` for an error of Meta's. */
  readonly phase: ReplyPhase | 'whatsapp'
  readonly code: number
  /** RFC 3463 code, or ''. */
  readonly enhanced: string
  readonly outcome: 'deferred' | 'rejected' | 'uncertain'
  readonly scope: ReplyScope | WhatsAppScope
  readonly rule: string
  /** Where the rule is from, in short English; '' when it needs none. */
  readonly note: string
}
