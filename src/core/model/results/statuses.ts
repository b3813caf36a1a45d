import type { BounceView } from './bounces.ts'

/** What Meta's statuses said and did. */
export interface StatusesReadResult {
  readonly kind: 'statuses-read'
  /** Something failed after it was sent. */
  readonly needsPerson: boolean
  readonly totals: {
    readonly read: number
    /** About a delivery of this store, and new. */
    readonly matched: number
    /** Seen before: nothing is done twice. */
    readonly repeated: number
    /** About messages that this store did not send. */
    readonly unmatched: number
  }
  readonly statuses: readonly BounceView[]
  /** Profiles that were put on hold by what failed. */
  readonly heldProfiles: readonly string[]
  /** Orders that were made because the other channel did not reach the customer. */
  readonly fallbacks: readonly string[]
}
