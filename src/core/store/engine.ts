import type Database from 'better-sqlite3'
import type { DialectAdapter } from 'kysely'
import type { Db } from './schema.ts'

/** The write-ahead log of an open store. */
export interface CommitLog {
  readonly path: string
  /** Open for syncing; null before the first commit through it. */
  handle: number | null
  /** Why it could not be synced. What the disk then has nobody knows, and a second try would claim that all is well. */
  failure: Error | null
}

/** The SQLite connection under a store, for what runs once a message and must not pay for the query layer each time. */
export interface Engine {
  /** Path of the store, for errors. */
  readonly file: string
  readonly database: Database.Database
  /** Whose connection it is, written with every event. */
  readonly operator: string | null
  /** Null for a store in memory or with a rollback journal. */
  readonly log: CommitLog | null
}

/** A store, its transactions and its reserved connections share one adapter. */
const engines = new WeakMap<DialectAdapter, Engine>()

export function keepEngine(db: Db, engine: Engine): void {
  engines.set(db.getExecutor().adapter, engine)
}

/** @throws when the store was not opened by `openStore` */
export function engineOf(db: Db): Engine {
  const engine = engines.get(db.getExecutor().adapter)
  if (engine === undefined) throw new Error('not a store of openStore')
  return engine
}
