import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import { type Fault, NO_FAULT } from '../model/fault.ts'

/** Name of a snapshot: the SHA-256 of its bytes, hex. */
export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Keeps the bytes of attachments under their own hash, so that what was packaged is what is sent whatever becomes of the
 * source. Durable on return: bytes written and synced, then renamed, then the folders synced. Only after that may a row
 * name them.
 * @param spool folder of the spool, made when missing
 * @param blobs bytes by SHA-256; one that is there already is not written again
 * @throws DISK_FULL
 */
export function storeBlobs(spool: string, blobs: ReadonlyMap<string, Buffer>, fault: Fault = NO_FAULT): void {
  const folders = new Set<string>()
  try {
    for (const [sha256, bytes] of blobs) {
      const path = blobPath(spool, sha256)
      // A damaged snapshot is written anew, or the document could never be packaged again.
      if (readBlob(spool, sha256) !== null) continue
      makeFolder(spool, dirname(path))
      writeDurably(path, bytes, fault)
      folders.add(dirname(path))
    }
    for (const folder of folders) syncFolder(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) {
      throw new CfdiMailError('DISK_FULL', { folder: spool }, { cause: error })
    }
    throw error
  }
}

/**
 * The bytes of a snapshot, checked against their name.
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

function blobPath(spool: string, sha256: string): string {
  return join(spool, sha256.slice(0, 2), sha256.slice(2))
}

/** A new folder is itself an entry of the one above, which has to be on the disk too. */
function makeFolder(spool: string, folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  syncFolder(spool)
}

function writeDurably(path: string, bytes: Buffer, fault: Fault): void {
  const temporary = `${path}.${randomUUID()}.tmp`
  const file = openSync(temporary, 'wx', 0o600)
  try {
    fault('spool-write')
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  fault('spool-rename')
  renameSync(temporary, path)
}

/** Puts a folder's entries on the disk. Windows cannot open a folder for syncing; there the rename itself is journaled. */
export function syncFolder(folder: string): void {
  let handle: number
  try {
    handle = openSync(folder, 'r')
  } catch {
    return
  }
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
