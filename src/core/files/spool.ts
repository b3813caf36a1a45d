import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Fault, NO_FAULT } from '../model/fault.ts'
import { makeFolder, sayingDiskFull, syncFolders, writeDurably } from './durable-files.ts'

/** Files that are open at a time: well below what a process may have (1,024 is usual). */
const SIDE_BY_SIDE = 256

/** Name of a snapshot: the SHA-256 of its bytes, hex. */
export function sha256Of(bytes: Buffer): string {
  return hash('sha256', bytes, 'hex')
}

/**
 * Keeps bytes in files of their own, each under its own hash, so that what was packaged is what is sent whatever becomes of the
 * source: what is kept alone, and what a backup holds. What orders attach goes into packs (`packs.ts`). Durable on return: bytes
 * written and synced, then renamed, then the folders synced. Only after that may a row name them.
 * @param spool folder of the spool, made when missing
 * @param blobs bytes by SHA-256; one that is there already is not written again
 * @throws DISK_FULL
 */
export async function storeBlobs(
  spool: string,
  blobs: ReadonlyMap<string, Buffer>,
  fault: Fault = NO_FAULT,
): Promise<void> {
  // A damaged snapshot is written anew, or the document could never be packaged again.
  const missing = [...blobs].filter(([sha256]) => !isKept(spool, sha256))
  const folders = new Set<string>()
  await sayingDiskFull(spool, async () => {
    for (let start = 0; start < missing.length; start += SIDE_BY_SIDE) {
      const some = missing.slice(start, start + SIDE_BY_SIDE).map(([sha256, bytes]) => ({
        path: blobPath(spool, sha256),
        pieces: [bytes],
      }))
      for (const { path } of some) makeFolder(spool, dirname(path), folders)
      await writeDurably(some, fault)
    }
    await syncFolders(folders)
  })
}

/**
 * The bytes of a snapshot with a file of its own, checked against their name.
 * @returns null when the file is gone or holds other bytes
 */
export function readBlob(spool: string, sha256: string): Buffer | null {
  try {
    const bytes = readFileSync(blobPath(spool, sha256))
    return sha256Of(bytes) === sha256 ? bytes : null
  } catch {
    return null
  }
}

/** An error that says no more than "not there" costs as much as the rest of the look. */
function isKept(spool: string, sha256: string): boolean {
  return existsSync(blobPath(spool, sha256)) && readBlob(spool, sha256) !== null
}

/** Where a snapshot with a file of its own is kept. */
export function blobPath(spool: string, sha256: string): string {
  return join(spool, sha256.slice(0, 2), sha256.slice(2))
}
