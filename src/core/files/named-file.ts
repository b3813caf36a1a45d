import { readFileSync } from 'node:fs'
import { CfdiMailError } from '../model/errors.ts'

/**
 * The bytes of a file that a person named.
 * @throws FILE_NOT_FOUND, NO_ACCESS
 */
export function readNamedFile(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw fileError(path, error, 'FILE_NOT_FOUND')
  }
}

const NOT_THERE = ['ENOENT', 'ENOTDIR', 'EISDIR']
const NOT_ALLOWED = ['EACCES', 'EPERM', 'EROFS']
const FULL = ['ENOSPC', 'EDQUOT']

/**
 * The known error behind what the system said of a file; the error itself when it is none.
 * @param notThere what a missing file or folder means: nothing to read, or nowhere to write
 */
export function fileError(
  path: string,
  error: unknown,
  notThere: 'FILE_NOT_FOUND' | 'CANNOT_WRITE',
): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (NOT_THERE.includes(code)) return new CfdiMailError(notThere, { path }, { cause: error })
  if (NOT_ALLOWED.includes(code)) return new CfdiMailError('NO_ACCESS', { file: path }, { cause: error })
  if (FULL.includes(code)) return new CfdiMailError('DISK_FULL', { folder: path }, { cause: error })
  return error
}
