import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'

/** Spreadsheets take a file without it for Windows-1252. */
const BYTE_ORDER_MARK = '\ufeff'

/**
 * The bytes of a file that a person named.
 * @throws FILE_NOT_FOUND, NO_ACCESS
 */
export function readTableFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw fileError(path, error)
  }
}

/**
 * Writes a table for spreadsheets, readable by its owner only. The file of that name is replaced when the new one is complete.
 * @returns its absolute path
 * @throws FILE_NOT_FOUND when the folder is not there, NO_ACCESS, DISK_FULL
 */
export function writeTableFile(path: string, csv: string): string {
  const file = resolve(path)
  try {
    replaceFile(file, BYTE_ORDER_MARK + csv)
    return file
  } catch (error) {
    throw fileError(path, error)
  }
}

function replaceFile(file: string, text: string): void {
  const half = `${file}.tmp`
  const handle = openSync(half, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } catch (error) {
    rmSync(half, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
  renameSync(half, file)
}

const NOT_THERE = ['ENOENT', 'ENOTDIR', 'EISDIR']
const NOT_ALLOWED = ['EACCES', 'EPERM', 'EROFS']
const FULL = ['ENOSPC', 'EDQUOT']

function fileError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (NOT_THERE.includes(code)) return new CfdiMailError('FILE_NOT_FOUND', { path }, { cause: error })
  if (NOT_ALLOWED.includes(code)) return new CfdiMailError('NO_ACCESS', { file: path }, { cause: error })
  if (FULL.includes(code)) return new CfdiMailError('DISK_FULL', { folder: path }, { cause: error })
  return error
}
