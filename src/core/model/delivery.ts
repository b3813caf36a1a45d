/** One recipient's delivery: its states, which may follow which, and what an attempt's outcome makes of it. Pure. */

/** `bounced` and `delivered` are reached by evidence that arrives after `sent`. */
export const DELIVERY_STATES = [
  'pending',
  'leased',
  'dotted',
  'sent',
  'deferred',
  'failed',
  'unknown',
  'held',
  'dead',
  'cancelled',
  'bounced',
  'delivered',
  'exported', // handed to another mailer as an order file: what becomes of it is not known here
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

export const HELD_REASONS = ['profile', 'quota', 'template', 'no-address', 'review', 'operator'] as const
export type HeldReason = (typeof HELD_REASONS)[number]

/** Holds that end without a person. */
export const PASSING_HOLDS = ['profile', 'quota', 'template'] as const satisfies readonly HeldReason[]

/** Holds that a person ends: with an address, or with a word. */
export const PERSON_HOLDS = ['no-address', 'review', 'operator'] as const satisfies readonly HeldReason[]
export type PersonHold = (typeof PERSON_HOLDS)[number]

/** Which state may follow which. `dotted` has no way back to `pending`: the message may already be at the server. */
export const FOLLOWS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  pending: ['leased', 'held', 'cancelled'],
  leased: ['dotted', 'pending', 'deferred', 'failed', 'held', 'dead', 'cancelled'],
  dotted: ['sent', 'deferred', 'failed', 'dead', 'unknown'],
  deferred: ['leased', 'held', 'cancelled'],
  held: ['pending', 'cancelled'],
  unknown: ['sent', 'pending', 'bounced', 'delivered'],
  sent: ['bounced', 'delivered'],
  delivered: ['bounced'],
  failed: [],
  dead: [],
  cancelled: [],
  exported: [],
  bounced: [],
}

/** States that no later run changes by itself. */
export const FINAL_STATES: readonly DeliveryState[] = [
  'sent',
  'failed',
  'dead',
  'cancelled',
  'bounced',
  'delivered',
  'exported',
]

/** States a claim may take. */
export const CLAIMABLE_STATES = ['pending', 'deferred'] as const satisfies readonly DeliveryState[]

/** States that are still owed to the customer and that an operator may stop. */
export const STOPPABLE_STATES = ['pending', 'deferred', 'held'] as const satisfies readonly DeliveryState[]

/** States a person has to look at. */
export const ATTENTION_STATES: readonly DeliveryState[] = ['failed', 'dead', 'unknown', 'held', 'bounced']

/** Those of them that end a delivery before it arrived: a repetition of its order takes its place. */
export const LOST_STATES = ['failed', 'dead', 'bounced'] as const satisfies readonly DeliveryState[]
export type LostState = (typeof LOST_STATES)[number]

/** How long an order is owned by the process that claimed it. Longer than the longest message deadline (20 minutes). */
export const LEASE_MINUTES = 30

/** Minutes to wait after the 1st, 2nd, … try; the last one repeats. Greylisting (RFC 6647) passes in the first three. */
export const RETRY_MINUTES = [1, 5, 15, 30, 60, 120, 240] as const

/**
 * A delivery that was not accepted this long after its first try is given up (RFC 5321 § 4.5.4.1 allows up to 5 days). Not
 * from its packaging: one that waited a weekend for a password must not die at its first "try later".
 */
export const LIFETIME_HOURS = 48

/** Whose fault a refusal is: it decides who has to wait. */
export type ReplyScope = 'recipient' | 'message' | 'profile' | 'quota' | 'host'

/** What one attempt gave for one recipient. */
export type AttemptOutcome = 'accepted' | 'deferred' | 'rejected' | 'uncertain' | 'not-tried'

/** One recipient's result of an attempt, as a channel reports it. */
export interface RecipientResult {
  readonly address: string
  readonly outcome: AttemptOutcome
  /** SMTP reply code, or 0 when the server said nothing. */
  readonly code: number
  /** RFC 3463 enhanced code such as `5.1.1`, or ''. */
  readonly enhanced: string
  /** The server's literal words, or the network's, on one line. */
  readonly reply: string
  /** The server's own name for the message, when it gave one. */
  readonly serverId: string
}

export interface NextState {
  readonly state: DeliveryState
  /** ISO 8601 UTC; set when the state is tried again by itself. */
  readonly dueAt: string | null
}

/**
 * Minutes until the next try, with ±20 % of jitter so that many orders do not come back in the same second.
 * @param attempts tries made so far, 1 or more
 * @param random a number in [0, 1)
 */
export function retryDelayMinutes(attempts: number, random: number): number {
  const base = RETRY_MINUTES[Math.min(attempts, RETRY_MINUTES.length) - 1] ?? RETRY_MINUTES[0]
  return base * (0.8 + 0.4 * random)
}

/** What the state machine needs to know besides the outcome. */
export interface AttemptFacts {
  /** Tries made, this one included. */
  readonly attempts: number
  /** ISO 8601 UTC; this try's own time when it is the first. */
  readonly firstTriedAt: string
  readonly now: Date
  readonly random: number
}

/**
 * The state after one attempt: accepted → sent, rejected → failed, uncertain → unknown, not tried → pending at once,
 * deferred → deferred until the backoff is over, or dead past the lifetime.
 */
export function afterAttempt(outcome: AttemptOutcome, facts: AttemptFacts): NextState {
  switch (outcome) {
    case 'accepted':
      return { state: 'sent', dueAt: null }
    case 'rejected':
      return { state: 'failed', dueAt: null }
    case 'uncertain':
      return { state: 'unknown', dueAt: null }
    case 'not-tried':
      return { state: 'pending', dueAt: facts.now.toISOString() }
    case 'deferred': {
      const due = new Date(facts.now.getTime() + retryDelayMinutes(facts.attempts, facts.random) * 60_000)
      const end = new Date(facts.firstTriedAt).getTime() + LIFETIME_HOURS * 3_600_000
      return due.getTime() > end
        ? { state: 'dead', dueAt: null }
        : { state: 'deferred', dueAt: due.toISOString() }
    }
  }
}

/** An order's state, derived from its deliveries and never stored. The first of this list that any delivery has, wins. */
const ORDER_STATE_RANK: readonly DeliveryState[] = [
  'dotted',
  'leased',
  'unknown',
  'held',
  'failed',
  'dead',
  'bounced',
  'deferred',
  'pending',
  'sent',
  'delivered',
  'exported',
  'cancelled',
]

export function orderState(states: readonly DeliveryState[]): DeliveryState {
  return ORDER_STATE_RANK.find((state) => states.includes(state)) ?? 'held'
}
