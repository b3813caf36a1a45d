import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import type Database from 'better-sqlite3'
import type { Db } from './schema.ts'

/** The write-ahead log of an open store. */
export interface CommitLog {
  readonly path: string
  readonly database: Database.Database
  /** Open for syncing; null before the first commit through it. */
  handle: number | null
  /** Why it could not be synced. What the disk then has nobody knows, and a second try would claim that all is well. */
  failure: Error | null
}

const logs = new WeakMap<Db, CommitLog>()
const synced = promisify(fdatasync)

export function commitLog(file: string, database: Database.Database): CommitLog {
  return { path: `${file}-wal`, database, handle: null, failure: null }
}

/** A store whose commits may be synced beside the work that goes on. Not for one in memory or with a rollback journal. */
export function keepLog(db: Db, log: CommitLog): void {
  logs.set(db, log)
}

/** Before the store is closed: SQLite then removes the log. */
export function closeLog(log: CommitLog): void {
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
 * Runs a transaction and resolves when it is on the disk, like any other; but the process is not held up while the disk writes. With
 * `synchronous = NORMAL` a commit appends to the log all the same and leaves out the sync, which is done here, of the same file
 * and before anybody is told (docs/adr/0033-syncs-beside.md). Every other transaction of the connection stays with FULL.
 */
export async function committedBeside<T>(db: Db, transaction: (db: Db) => Promise<T>): Promise<T> {
  const log = logs.get(db)
  if (log === undefined) return await transaction(db)
  if (log.failure !== null) throw log.failure
  if (log.handle === null) {
    // The first is SQLite's own: it also syncs the folder in which the log was made.
    const value = await transaction(db)
    log.handle = openLog(log.path)
    return value
  }
  const value = await db.connection().execute(async (db) => {
    log.database.pragma('synchronous = NORMAL')
    try {
      return await transaction(db)
    } finally {
      log.database.pragma('synchronous = FULL')
    }
  })
  try {
    await synced(log.handle)
  } catch (error) {
    log.failure = error instanceof Error ? error : new Error(String(error))
    throw error
  }
  return value
}
