/** Where a store was last used: a copy or a restored backup has to be adopted before it sends. Pure. */

/** What the store says of itself. */
export interface StoreIdentity {
  readonly id: string
  /** The data folder with links resolved; '' in a backup. */
  readonly folder: string
  /** Short hash of the machine's own id, '' where it has none. */
  readonly machine: string
  /** The witness file's stamp, '' when it could not be written. */
  readonly stamp: string
  /** Runs of `send` so far. */
  readonly runs: number
}

/**
 * A small file beside the store that knows how far the store had come. It is never in a backup, so an older store that is put in
 * the place of a newer one is told by it.
 */
export interface Witness {
  readonly id: string
  readonly runs: number
  /** `<inode>:<birth time>` of the file itself; a copy of the folder has others. Either part is 0 where it is not known. */
  readonly stamp: string
}

/** What is found around the store when it is opened. */
export interface StorePlace {
  readonly folder: string
  readonly machine: string
  readonly witness: Witness | null
}

/** Why a store has to be adopted. */
export const STRANGE_REASONS = ['backup', 'other-machine', 'other-folder', 'replaced', 'older'] as const
export type StrangeReason = (typeof STRANGE_REASONS)[number]

/**
 * Why the store in this place is not the one that was last used here, or null when it is:
 * - `backup`: it was restored from a backup;
 * - `other-machine`, `other-folder`: it was copied or moved;
 * - `replaced`: the folder was put back as a whole, or the witness is gone;
 * - `older`: the store is behind its witness.
 */
export function strangeReason(identity: StoreIdentity, place: StorePlace): StrangeReason | null {
  if (identity.folder === '') return 'backup'
  if (isOtherMachine(identity.machine, place.machine)) return 'other-machine'
  if (identity.folder !== place.folder) return 'other-folder'
  return identity.stamp === '' ? null : witnessed(identity, place.witness)
}

/** What both do not know tells nothing. */
function isOtherMachine(one: string, other: string): boolean {
  return one !== '' && other !== '' && one !== other
}

function witnessed({ id, stamp, runs }: StoreIdentity, witness: Witness | null): StrangeReason | null {
  if (witness?.id !== id || !isSameFile(stamp, witness.stamp)) return 'replaced'
  return witness.runs > runs ? 'older' : null
}

/** By birth time where both know it: inode numbers are given again, and some file systems change them at each mount. */
function isSameFile(one: string, other: string): boolean {
  const [inode, birth = '0'] = one.split(':')
  const [otherInode, otherBirth = '0'] = other.split(':')
  return birth !== '0' && otherBirth !== '0' ? birth === otherBirth : inode === otherInode
}
