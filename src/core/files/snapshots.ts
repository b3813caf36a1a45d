import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import type { PackPlace, Snapshot } from '../model/snapshot.ts'
import { fileError } from './named-file.ts'
import { blobPath, readBlob, sha256Of } from './spool.ts'

/** Room for the snapshots of most messages. */
const ROOM_BYTES = 512 * 1024

let room: Buffer | undefined

/**
 * The bytes of a message's snapshots, unchecked: for who checks what is made of them, at once. The next call may put others in their
 * place, so that thousands of messages do not leave theirs to the collector.
 * @param packs stay open for the next message, whose snapshots mostly lie behind these
 * @returns null for one that is neither in its pack nor in a file of its own
 */
export function uncheckedSnapshots(
  packs: OpenPacks,
  snapshots: readonly Snapshot[],
): readonly (Buffer | null)[] {
  let rest = (room ??= Buffer.allocUnsafeSlow(ROOM_BYTES))
  return snapshots.map((snapshot) => {
    const bytes = inPack(packs, snapshot, rest) ?? ownBytes(packs.spool, snapshot, rest)
    if (bytes?.buffer === rest.buffer) rest = rest.subarray(bytes.length)
    return bytes
  })
}

/**
 * The bytes of a snapshot, checked against their hash. A backup has none of the packs: what is restored has files of its own.
 * @returns null when they are gone or others
 */
export function readSnapshot(spool: string, snapshot: Snapshot): Buffer | null {
  const packs = openPacks(spool)
  try {
    const bytes = inPack(packs, snapshot, Buffer.alloc(0))
    return bytes !== null && sha256Of(bytes) === snapshot.sha256 ? bytes : readBlob(spool, snapshot.sha256)
  } finally {
    packs.close()
  }
}

/** Where a pack is kept. */
export function packPath(spool: string, pack: string): string {
  return join(spool, 'packs', pack)
}

/** The packs of a spool, the one that was asked last being open: what one message attaches lies together. */
export interface OpenPacks {
  readonly spool: string
  /** @returns whether the pack has as many bytes there */
  readonly read: (place: PackPlace, target: Buffer) => boolean
  readonly close: () => void
}

/** @returns to be closed by who asked */
export function openPacks(spool: string): OpenPacks {
  let open: { readonly pack: string; readonly file: number } | null = null
  const close = () => {
    if (open !== null) closeSync(open.file)
    open = null
  }
  return {
    spool,
    read({ pack, offset }, target) {
      if (open?.pack !== pack) {
        close()
        open = { pack, file: openSync(packPath(spool, pack), 'r') }
      }
      return readSync(open.file, target, 0, target.length, offset) === target.length
    },
    close,
  }
}

/** @param room where they are put when there is enough of it */
function inPack(packs: OpenPacks, { bytes, place }: Snapshot, room: Buffer): Buffer | null {
  if (place === null) return null
  const target = bytes <= room.length ? room.subarray(0, bytes) : Buffer.allocUnsafeSlow(bytes)
  try {
    return packs.read(place, target) ? target : null
  } catch (error) {
    refuseForeign(packPath(packs.spool, place.pack), error)
    return null
  }
}

function ownBytes(spool: string, { sha256 }: Snapshot, room: Buffer): Buffer | null {
  const path = blobPath(spool, sha256)
  try {
    const length = readInto(room, path)
    return length === room.length ? readFileSync(path) : room.subarray(0, length)
  } catch (error) {
    refuseForeign(path, error)
    return null
  }
}

/**
 * What another user wrote, root mostly, is there and whole: no message may be held for it as if it were gone.
 * @throws NO_ACCESS
 */
function refuseForeign(path: string, error: unknown): void {
  const known = fileError(path, error, 'FILE_NOT_FOUND')
  if (known instanceof CfdiMailError && known.code === 'NO_ACCESS') throw known
}

/** @returns bytes read; as many as there is room for when the file may have more */
function readInto(target: Buffer, path: string): number {
  const file = openSync(path, 'r')
  try {
    return readSync(file, target)
  } finally {
    closeSync(file)
  }
}
