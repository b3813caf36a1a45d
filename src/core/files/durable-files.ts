import { randomUUID } from 'node:crypto'
import { closeSync, fsync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { CfdiMailError } from '../model/errors.ts'
import type { Fault } from '../model/fault.ts'

/** A file of the spool that is to be written. */
export interface NewFile {
  readonly path: string
  /** Its bytes, one piece after another. */
  readonly pieces: readonly Buffer[]
}

interface Writing {
  readonly temporary: string
  readonly path: string
  readonly file: number
}

/**
 * All files get their bytes, then all are synced, then all get their names: none has its name before its bytes are safe. Their
 * folders are still to be synced. Files are synced side by side, because a journal that is asked by several at once writes once for all of
 * them.
 */
export async function writeDurably(files: readonly NewFile[], fault: Fault): Promise<void> {
  const begun: Writing[] = []
  try {
    for (const { path, pieces } of files) {
      const temporary = `${path}.${randomUUID()}.tmp`
      const file = openSync(temporary, 'wx', 0o600)
      begun.push({ temporary, path, file })
      fault('spool-write')
      for (const bytes of pieces)
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

/** @param touched takes the folders that get new entries */
export function makeFolder(root: string, folder: string, touched: Set<string>): void {
  if (touched.has(folder)) return
  // A new folder is itself an entry of the one above, which has to be on the disk too.
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) touched.add(root)
  touched.add(folder)
}

/**
 * Tells a full disk by its name.
 * @throws DISK_FULL; else what `work` throws
 */
export async function sayingDiskFull<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
      throw new CfdiMailError('DISK_FULL', { folder }, { cause: error })
    throw error
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
export async function syncFolders(folders: ReadonlySet<string>): Promise<void> {
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
