import { opendirSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import { makeFolders } from './make-folders.ts'
import { fileError } from './named-file.ts'

/**
 * The folder's absolute path with links resolved, so that one folder has one name.
 * @throws BAD_CHOICE for no name at all, SOURCE_NOT_FOUND when it is not there or is no folder
 */
export function existingFolder(path: string): string {
  // realpath takes '' for the working folder.
  if (path === '') throw new CfdiMailError('BAD_CHOICE', { flag: 'source', value: path, choices: 'path' })
  try {
    const real = realpathSync(path)
    if (statSync(real).isDirectory()) return real
  } catch (error) {
    throw new CfdiMailError('SOURCE_NOT_FOUND', { path }, { cause: error })
  }
  throw new CfdiMailError('SOURCE_NOT_FOUND', { path, variant: 'file' })
}

/**
 * A folder as somebody types it where no shell reads it first: a file manager's path comes in quotes, and `~` is the home.
 * @throws what `existingFolder` does
 */
export function folderInAnswer(answer: string): string {
  const path = answer.replace(/^(["'])(.*)\1$/, '$2').trim()
  return existingFolder(/^~(?=[\\/]|$)/.test(path) ? join(homedir(), path.slice(1)) : path)
}

/** The path with links resolved, or as it is when nothing is there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/**
 * A folder that a person named to write into, made when it is not there yet.
 * @returns its absolute path with links resolved
 * @throws CANNOT_WRITE when a file is in its place, NO_ACCESS, DISK_FULL
 */
export function makeFolder(path: string): string {
  const folder = resolve(path)
  try {
    makeFolders(folder)
    return realpathSync(folder)
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (isFile) throw new CfdiMailError('CANNOT_WRITE', { path: folder }, { cause: error })
    throw fileError(folder, error, 'CANNOT_WRITE')
  }
}

/** Whether a folder is there; a link to one counts. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // Gone, or a share that does not answer.
    return false
  }
}

/** Where a folder is, and whether anything is in it. */
export interface FolderPlace {
  /** Number of the disk or share. A folder that one was mounted on has another number without it. */
  readonly device: number
  readonly isEmpty: boolean
}

/** Null when no folder is there, or it cannot be listed; a link to one counts. */
export function folderPlace(path: string): FolderPlace | null {
  try {
    const { dev: device } = statSync(path)
    const folder = opendirSync(path, { bufferSize: 1 })
    try {
      return { device, isEmpty: folder.readSync() === null }
    } finally {
      folder.closeSync()
    }
  } catch {
    return null
  }
}

/** Whether a path is the folder itself or under it. Both absolute, with links resolved. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** Whether one of the folders lies in the other. Both absolute, with links resolved. */
export function overlap(one: string, other: string): boolean {
  return isInside(one, other) || isInside(other, one)
}
