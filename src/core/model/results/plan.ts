import type { ProfileLimits, RateLimit } from '../limits.ts'
import type { CheckCause } from '../profile.ts'

/** What one profile would send, and when its limits let the first and the last message go. */
export interface PlannedProfile {
  readonly name: string
  /** Transactions: an order with more recipients than `maxRecipients` counts as several. */
  readonly messages: number
  readonly recipients: number
  /** As transmitted, all transactions together. */
  readonly bytes: number
  /** The biggest message, as transmitted. */
  readonly largest: number
  readonly limits: Pick<ProfileLimits, 'perMinute' | 'perDay' | 'maxRecipients' | 'maxBytes'>
  /** Recipients that count against the limit of a day already. */
  readonly usedToday: number
  /** The limit that makes messages wait; null when none does. */
  readonly limit: RateLimit | null
  /** ISO 8601 UTC, at the earliest; null when nothing would go. */
  readonly firstAt: string | null
  readonly lastAt: string | null
  /** Recipients that the limits let through at once or within this run: a limit of a day ends the run. */
  readonly thisRun: number
  /** Orders bigger than `maxBytes`: they fail without asking the server. */
  readonly tooBig: readonly { readonly order: string; readonly bytes: number }[]
  /** Why the profile sends nothing now; `until` null waits for a person. */
  readonly hold: {
    readonly cause: CheckCause | null
    readonly reason: string
    readonly until: string | null
  } | null
}

/** What `send` would do, with nothing sent and nothing changed. */
export interface SendPlanResult {
  readonly kind: 'send-plan'
  /** When the plan was made, ISO 8601 UTC. */
  readonly at: string
  readonly profiles: readonly PlannedProfile[]
  readonly totals: {
    readonly messages: number
    readonly recipients: number
    readonly bytes: number
    readonly tooBig: number
  }
  /** When the last message of all goes out at the earliest; null when none does or one waits for a person. */
  readonly lastAt: string | null
  /** Deliveries that are held, by reason (`no-address`, `review`, …). */
  readonly held: readonly { readonly reason: string; readonly deliveries: number }[]
  /** Deliveries whose outcome is unknown. */
  readonly unknown: number
  /** Deliveries that are due later, and when the first of them is. */
  readonly later: { readonly deliveries: number; readonly nextAt: string | null }
}
