import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type Database from 'better-sqlite3'
import { type CommitLog, type Engine, engineOf } from './engine.ts'
import type { Db } from './schema.ts'
import { telling } from './store-error.ts'

const synced = promisify(fdatasync)

/** @returns null for a store whose commits cannot be synced beside: one in memory or with a rollback journal */
export function commitLog(file: string, database: Database.Database): CommitLog | null {
  if (database.pragma('journal_mode', { simple: true }) !== 'wal') return null
  return { path: `${file}-wal`, handle: null, failure: null }
}

/** Before the store is closed: SQLite then removes the log. */
export function closeLog(log: CommitLog | null): void {
  if (log === null) return
  if (log.handle !== null) closeSync(log.handle)
  log.handle = null
}

/** Null where it cannot be opened a second time: then SQLite goes on syncing by itself. */
function openLog(path: string): number | null {
  try {
    return openSync(path, 'r+')
  } catch {
    return null
  }
}

/**
 * Runs `write` in a transaction and resolves when it is on the disk, like any other; but the process is not held up while the disk
 * writes. With `synchronous = NORMAL` a commit appends to the log all the same and leaves out the sync, which is done here, of the
 * same file and before anybody is told (docs/adr/0033-syncs-beside.md). Every other transaction of the connection stays with FULL.
 * @param write reads and writes at once, by statements of `prepared`
 */
export async function committedBeside<T>(db: Db, write: (db: Db) => T): Promise<T> {
  const engine = engineOf(db)
  const { log } = engine
  if (log?.failure) throw log.failure
  const isOpen = log !== null && log.handle !== null
  const safety = isOpen ? 'NORMAL' : 'FULL'
  // Reserved, so that no other transaction of this process is open on the connection.
  const value = await db.connection().execute(async (db) => inTransaction(db, { engine, safety }, write))
  if (log === null) return value
  // The first is SQLite's own: it also syncs the folder in which the log was made.
  if (log.handle === null) log.handle = openLog(log.path)
  else if (isOpen) await syncLog(log, log.handle)
  return value
}

/** It takes the write lock at its start, as every transaction of the store does. */
function inTransaction<T>(
  db: Db,
  { engine: { database, file }, safety }: { readonly engine: Engine; readonly safety: 'NORMAL' | 'FULL' },
  write: (db: Db) => T,
): T {
  return telling(file, () => {
    try {
      database.exec(`pragma synchronous = ${safety}; begin immediate`)
      const value = write(db)
      database.exec('commit')
      return value
    } catch (error) {
      // A full disk has ended the transaction already.
      if (database.inTransaction) database.exec('rollback')
      throw error
    } finally {
      if (safety !== 'FULL') database.exec('pragma synchronous = FULL')
    }
  })
}

async function syncLog(log: CommitLog, handle: number): Promise<void> {
  try {
    await synced(handle)
  } catch (error) {
    log.failure = error instanceof Error ? error : new Error(String(error))
    throw error
  }
}
