import type { FolderPlace } from '../files/folders.ts'
import type { Sighting } from '../model/arrival.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { ErrorCode } from '../model/errors.ts'
import type { WatchPaused } from '../model/results/watched.ts'
import type { ToldHolds } from './send-watch.ts'

/** What a watch has seen and told. It forgets when it ends; what was packaged is in the store. */
export interface WatchMemory {
  /** A resident one has a next turn, which may do what this one could not. */
  readonly stay: 'once' | 'resident'
  /** Folders that are there, or were or will be. */
  readonly sources: readonly string[]
  /** Sources that are gone and of which that was told. */
  readonly lost: Set<string>
  /** Where each source was when it was last looked at. */
  readonly mounts: Map<string, FolderPlace>
  /** Reason that was told, by path. */
  readonly told: Map<string, DocumentReason>
  /** Why a job could not be done, as far as it was told. */
  readonly paused: Map<WatchPaused['job'], ErrorCode>
  readonly toldHolds: ToldHolds
  /** Null until the first look succeeded. */
  sightings: ReadonlyMap<string, Sighting> | null
  /** Folders with documents that may still become complete. */
  waitingIn: readonly string[]
}
