import type { ErrorCode, ErrorParams } from '../errors.ts'
import type { PackagedDocument, PackagedOrder, PackagedResult } from './packaged.ts'

interface Happened {
  readonly kind: 'watched'
  /** ISO 8601 UTC. */
  readonly at: string
  readonly needsPerson: boolean
}

/** The watch begins, or looked once, and what it found there: `waiting` may still become complete. */
export interface WatchStarted extends Happened {
  readonly event: 'started' | 'looked'
  readonly sources: readonly string[]
  readonly totals: PackagedResult['totals'] & { readonly waiting: number }
  /** Documents that cannot leave and need a person. */
  readonly blocked: number
  /** Documents that wait for a person's `package`, because a setting of their kind says so. */
  readonly byHand: number
}

/** An order was made and queued. */
export interface WatchPackaged extends Happened {
  readonly event: 'packaged'
  readonly order: PackagedOrder
  readonly documents: readonly PackagedDocument[]
}

/** A document was written into its destination folder; its type sends no mail. */
export interface WatchFiled extends Happened {
  readonly event: 'filed'
  readonly document: PackagedDocument
}

/**
 * A document cannot leave as it is, or waits for a person's `package` (`not-automatic`). Told once, and again when the reason
 * becomes another one.
 */
export interface WatchNotPackaged extends Happened {
  readonly event: 'not-packaged'
  readonly document: PackagedDocument
}

/** A source folder went away, or is back. The others are watched on. */
export interface WatchSource extends Happened {
  readonly event: 'source-lost' | 'source-back'
  readonly source: string
  /** Whether an empty folder was left behind: the disk or share that was mounted there is gone. */
  readonly unmounted: boolean
}

/** A turn could not be done and the next one tries again; or one could be done again. */
export interface WatchPaused extends Happened {
  readonly event: 'paused' | 'resumed'
  readonly job: 'package' | 'import' | 'send'
  /** Null when it goes on. */
  readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } | null
}

/** One thing that happened while `watch` was watching: one line, or with --json one document a line. */
export type WatchedResult =
  WatchStarted | WatchPackaged | WatchFiled | WatchNotPackaged | WatchSource | WatchPaused
