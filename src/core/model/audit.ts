import type { LogEvent } from './event.ts'

/** The event log's chain: each event's hash covers the one before, so that no past event changes unseen. */

/** An event with its place in the chain. */
export interface ChainedEvent extends LogEvent {
  /** '' for the first. */
  readonly prevHash: string
  /** SHA-256, lower-case hex. */
  readonly hash: string
}

/** The last event of a chain; number 0 and '' while there is none. */
export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

/** What is wrong with the first bad event: it does not follow the one before, or is not what its hash was made of. */
export type ChainProblem = 'link' | 'content'

/** What a walk along the chain found. */
export interface ChainCheck {
  /** Events that are good, up to the first bad one. */
  readonly events: number
  /** The last good one. */
  readonly head: ChainHead
  readonly bad: { readonly seq: number; readonly problem: ChainProblem } | null
  /** A head that somebody wrote down, and the event it belongs to: null when it is not among the good ones. */
  readonly wanted: string | null
  readonly found: number | null
}

/** Whether nothing is wrong: every event fits, and a head that was asked for is still there. */
export function isWhole({ bad, wanted, found }: ChainCheck): boolean {
  return bad === null && (wanted === null || found !== null)
}

/** A head as people paste it: 64 hex digits in any case, or null. */
export function headOf(text: string): string | null {
  const hash = text.trim().toLowerCase()
  return /^[0-9a-f]{64}$/.test(hash) ? hash : null
}
