import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'

/** Whether opening may make a store that is not there yet. */
export type OpenMode = 'create' | 'existing'

/**
 * Makes the database file and the folders above it for their owner only, unless the file is there. WAL and SHM files inherit
 * its mode, so it is made first and made narrow.
 * @throws NO_STORE when it is not there in mode `existing`; NO_ACCESS, DISK_FULL
 */
export function makePrivateFile(file: string, mode: OpenMode): void {
  try {
    // Not existsSync: a folder of another user would look like a missing store.
    const size = statSync(file, { throwIfNoEntry: false })?.size
    // SQLite takes an empty file for a new store and would begin one, with everything that was queued gone.
    if (size === 0 && mode === 'existing')
      throw new CfdiMailError('STORE_DAMAGED', { file, detail: 'the file is empty' })
    if (size !== undefined) return
    if (isFile(dirname(file))) throw new CfdiMailError('NO_ACCESS', { file: dirname(file) })
    if (mode === 'existing') throw new CfdiMailError('NO_STORE', { file })
    makeFolder(dirname(file))
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    throw accessError(file, error)
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false
}

/** One by one: where a file system makes no folders (/proc), Node's own recursive way tries for ever. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    // An empty folder was made for this; one with other things in it keeps its mode, and `doctor` says so.
    if (readdirSync(folder).length === 0) chmodSync(folder, 0o700)
    return
  }
  const missing: string[] = []
  let above = folder
  for (; !existsSync(above) && dirname(above) !== above; above = dirname(above)) missing.unshift(above)
  accessSync(above, constants.W_OK | constants.X_OK)
  for (const path of missing) mkdirSync(path, { mode: 0o700 })
}

/** All that the system answers when something may not be written, or may not be a folder. */
const NOT_ALLOWED = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'ENAMETOOLONG', 'ELOOP']

function accessError(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new CfdiMailError('DISK_FULL', { folder: dirname(file) }, { cause: error })
  return NOT_ALLOWED.includes(code)
    ? new CfdiMailError('NO_ACCESS', { file: dirname(file) }, { cause: error })
    : error
}
