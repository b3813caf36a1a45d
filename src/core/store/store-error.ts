import { dirname } from 'node:path'
import { CfdiMailError, type ErrorCode } from '../model/errors.ts'
import { Sqlite } from './sqlite.ts'

/** SQLite's result codes, by how they begin, that are no defect of the program. */
const KNOWN: readonly (readonly [prefix: string, code: ErrorCode])[] = [
  ['SQLITE_BUSY', 'STORE_BUSY'],
  ['SQLITE_FULL', 'DISK_FULL'],
  // A limit on file sizes (ulimit -f) and a quota are told as failed writes.
  ['SQLITE_IOERR_WRITE', 'DISK_FULL'],
  ['SQLITE_IOERR_SHMSIZE', 'DISK_FULL'],
  ['SQLITE_CORRUPT', 'STORE_DAMAGED'],
  ['SQLITE_NOTADB', 'STORE_DAMAGED'],
  ['SQLITE_CANTOPEN', 'NO_ACCESS'],
  ['SQLITE_READONLY', 'NO_ACCESS'],
]

/**
 * The known error behind an error of the engine, or the error itself.
 * @param file path of the store
 */
export function storeError(file: string, error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  const code = KNOWN.find(([prefix]) => error.code.startsWith(prefix))?.[1]
  if (code === undefined) return error
  return new CfdiMailError(code, { file, folder: dirname(file), detail: error.message }, { cause: error })
}

/** Runs a step of the engine, its errors told as the program's own. */
export function telling<T>(file: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw storeError(file, error)
  }
}
