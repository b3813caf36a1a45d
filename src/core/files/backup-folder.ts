import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import { makeFolders } from './make-folders.ts'

/** What makes a folder a backup. */
const STORE = 'store.db'

/** A folder that is being filled. */
export interface DraftFolder {
  /** Where to write, for its owner only. */
  readonly path: string
  /** Moves what was written to its place, the store last, down to the disk. */
  finish(): void
  /** Takes away what was written. */
  discard(): void
}

/**
 * Begins to fill a folder: until the end everything is in a folder inside it, so a run that dies half way leaves no store there.
 * The target itself stays what it is, a mounted volume too.
 * @throws FOLDER_NOT_EMPTY when something is in the target already, NO_ACCESS
 */
export function draftFolder(folder: string): DraftFolder {
  const target = resolve(folder)
  if (!isEmptyOrMissing(target)) throw new CfdiMailError('FOLDER_NOT_EMPTY', { folder: target })
  const path = join(target, '.partial')
  try {
    makeFolders(target, 0o700)
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    throw new CfdiMailError('NO_ACCESS', { file: path }, { cause: error })
  }
  return {
    path,
    finish() {
      const names = readdirSync(path).sort((a, b) => Number(a === STORE) - Number(b === STORE))
      for (const name of names) renameSync(join(path, name), join(target, name))
      rmdirSync(path)
      syncFolder(target)
      syncFolder(dirname(target))
    },
    discard() {
      rmSync(path, { recursive: true, force: true })
    },
  }
}

/** Copies a small file when it is there, for its owner only. */
export function copyPrivately(from: string, to: string): void {
  if (!existsSync(from)) return
  writeFileSync(to, readFileSync(from), { mode: 0o600, flag: 'wx' })
  const handle = openSync(to, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/**
 * The store inside a backup folder.
 * @throws FILE_NOT_FOUND
 */
export function storeOfBackup(folder: string): string {
  const file = join(resolve(folder), STORE)
  if (!existsSync(file)) throw new CfdiMailError('FILE_NOT_FOUND', { path: file })
  return file
}

/** SHA-256 of the snapshots in a spool, by its file names. */
export function snapshotNames(spool: string): string[] {
  if (!existsSync(spool)) return []
  return readdirSync(spool)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .flatMap((name) => readdirSync(join(spool, name)).map((rest) => name + rest))
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
}

export function fileBytes(path: string): number {
  return statSync(path).size
}

function isEmptyOrMissing(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true
    throw new CfdiMailError('NO_ACCESS', { file: folder }, { cause: error })
  }
}

/** Windows cannot open a folder for syncing. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    fsyncSync(handle)
    closeSync(handle)
  } catch {
    // Then the rename itself is all there is.
  }
}
