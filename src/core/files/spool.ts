import { hash, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { CfdiMailError } from '../model/errors.ts'
import { type Fault, NO_FAULT } from '../model/fault.ts'

/** Files that are open at a time: well below what a process may have (1,024 is usual). */
const SIDE_BY_SIDE = 256

/** Name of a snapshot: the SHA-256 of its bytes, hex. */
export function sha256Of(bytes: Buffer): string {
  return hash('sha256', bytes, 'hex')
}

/**
 * Keeps the bytes of attachments under their own hash, so that what was packaged is what is sent whatever becomes of the
 * source. Durable on return: bytes written and synced, then renamed, then the folders synced. Only after that may a row
 * name them. Files are synced side by side, because a journal that is asked by several at once writes once for all of them.
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
  try {
    for (let start = 0; start < missing.length; start += SIDE_BY_SIDE) {
      const some = missing.slice(start, start + SIDE_BY_SIDE).map(([sha256, bytes]) => ({
        path: blobPath(spool, sha256),
        bytes,
      }))
      for (const { path } of some) makeFolder(spool, dirname(path), folders)
      await writeDurably(some, fault)
    }
    await syncFolders(folders)
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

/** @param touched takes the folders that get new entries */
function makeFolder(spool: string, folder: string, touched: Set<string>): void {
  if (touched.has(folder)) return
  // A new folder is itself an entry of the one above, which has to be on the disk too.
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) touched.add(spool)
  touched.add(folder)
}

/** An error that says no more than "not there" costs as much as the rest of the look. */
function isKept(spool: string, sha256: string): boolean {
  return existsSync(blobPath(spool, sha256)) && readBlob(spool, sha256) !== null
}

/** Where a snapshot is kept. */
export function blobPath(spool: string, sha256: string): string {
  return join(spool, sha256.slice(0, 2), sha256.slice(2))
}

interface Writing {
  readonly temporary: string
  readonly path: string
  readonly file: number
}

/** All files get their bytes, then all are synced, then all get their names: none has its name before its bytes are safe. */
async function writeDurably(
  blobs: readonly { readonly path: string; readonly bytes: Buffer }[],
  fault: Fault,
): Promise<void> {
  const begun: Writing[] = []
  try {
    for (const { path, bytes } of blobs) {
      const temporary = `${path}.${randomUUID()}.tmp`
      const file = openSync(temporary, 'wx', 0o600)
      begun.push({ temporary, path, file })
      fault('spool-write')
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
    }
    await allDone(begun.map(({ file }) => synced(file)))
    for (const { temporary, path } of begun) {
      fault('spool-rename')
      renameSync(temporary, path)
    }
  } catch (error) {
    for (const { temporary } of begun) rmSync(temporary, { force: true })
    throw error
  } finally {
    for (const { file } of begun) closeSync(file)
  }
}

/**
 * Waits for all of them, whatever happens to one: what is still being synced must not be closed.
 * @throws the first that was thrown
 */
async function allDone(running: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(running)).find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

const synced = promisify(fsync)

/** Puts a folder's entries on the disk. Windows cannot open a folder for syncing; there the rename itself is journaled. */
export function syncFolder(folder: string): void {
  const handle = openFolder(folder)
  if (handle === null) return
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** The same for many, side by side. */
async function syncFolders(folders: ReadonlySet<string>): Promise<void> {
  const handles = [...folders].flatMap((folder) => openFolder(folder) ?? [])
  try {
    await allDone(handles.map((handle) => synced(handle)))
  } finally {
    for (const handle of handles) closeSync(handle)
  }
}

function openFolder(folder: string): number | null {
  try {
    return openSync(folder, 'r')
  } catch {
    return null
  }
}
