import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'

/**
 * The text of a file that a person named: UTF-8, or Windows-1252 as old editors save it. A byte order mark is taken off.
 * @throws FILE_NOT_FOUND, NO_ACCESS
 */
export function readTextFile(path: string): string {
  try {
    return decode(readFileSync(path))
  } catch (error) {
    throw fileError(path, error)
  }
}

/**
 * Writes a text, replacing what was there.
 * @returns the file's absolute path
 * @throws FILE_NOT_FOUND when the folder is not there, NO_ACCESS, DISK_FULL
 */
export function writeTextFile(path: string, text: string): string {
  const file = resolve(path)
  try {
    writeFileSync(file, text, { mode: 0o600 })
  } catch (error) {
    throw fileError(path, error)
  }
  return file
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** What a file system refused, as an error that has words; anything else as it is. */
export function fileError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
      return new CfdiMailError('FILE_NOT_FOUND', { path }, { cause: error })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new CfdiMailError('NO_ACCESS', { file: path }, { cause: error })
    case 'ENOSPC':
    case 'EDQUOT':
      return new CfdiMailError('DISK_FULL', { folder: path }, { cause: error })
    default:
      return error
  }
}
