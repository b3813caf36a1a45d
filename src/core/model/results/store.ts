import type { ErrorNotice } from '../error-notice.ts'
import type { StrangeReason } from '../store-identity.ts'

/** What `backup` wrote. */
export interface BackedUpResult {
  readonly kind: 'backed-up'
  readonly folder: string
  /** Bytes of the store's copy. */
  readonly storeBytes: number
  /** Snapshots of attachments, and their bytes. */
  readonly snapshots: number
  readonly snapshotBytes: number
  /** SHA-256 of snapshots that the store names and the spool does not have, or has with other bytes. */
  readonly missing: readonly string[]
  /** Companies below the same data folder: each has data of its own, and they are not in it. */
  readonly otherCompanies: readonly string[]
  /** Where the key is that opens the passwords, which is not in the backup; null while there is none. */
  readonly key: { readonly id: string; readonly file: string } | null
  readonly needsPerson: boolean
}

/** What `restore` wrote. The store sends nothing until it is adopted. */
export interface RestoredResult {
  readonly kind: 'restored'
  readonly from: string
  readonly folder: string
  readonly snapshots: number
  /** Snapshots of the backup whose bytes are not what their name says; they were left out. */
  readonly damaged: readonly string[]
  readonly needsPerson: true
}

export interface StoreAdoptedResult {
  readonly kind: 'store-adopted'
  readonly id: string
  /** Where it belongs now, and where it was before ('' for a backup). */
  readonly folder: string
  readonly former: string
  /** Why it had to be adopted; null when it was at home, and then nothing was changed. */
  readonly reason: StrangeReason | null
  /** What was put on hold. */
  readonly deliveries: number
  readonly orders: number
  readonly needsPerson: boolean
}

/** `outbox list --notices`: the digests for the administrator. */
export interface NoticesResult {
  readonly kind: 'notices'
  /** Oldest first. */
  readonly notices: readonly ErrorNotice[]
}
