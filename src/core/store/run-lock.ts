import type Database from 'better-sqlite3'
import { CfdiMailError } from '../model/errors.ts'
import { Sqlite } from './sqlite.ts'
import { storeError, telling } from './store-error.ts'

export interface RunLock {
  release(): void
}

/**
 * Held locks. Without a reference the handle is collected, the file closed, and the lock gone in the middle of a run.
 */
const held = new Set<Database.Database>()

/**
 * Takes a lock of the store's, for one process at a time: an open exclusive transaction on a file of its own. The operating
 * system frees it at the death of the process, keeps it through a stop signal, and there is no pid file to go stale.
 * @param file path of the lock file
 * @param taken what to say when another process has it
 * @throws the error `taken`; NO_ACCESS for a file of another user, DISK_FULL
 */
export function takeRunLock(file: string, taken: 'SEND_RUNNING' | 'WATCH_RUNNING' = 'SEND_RUNNING'): RunLock {
  const database = telling(file, () => new Sqlite(file, { timeout: 0 }))
  try {
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    const known = storeError(file, error)
    if (known instanceof CfdiMailError && known.code === 'STORE_BUSY')
      throw new CfdiMailError(taken, { file }, { cause: error })
    throw known
  }
  held.add(database)
  return {
    release() {
      if (!held.delete(database)) return
      database.exec('rollback')
      database.close()
    },
  }
}
