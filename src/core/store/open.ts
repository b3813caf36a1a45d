import type Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  sql,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import type { SqliteDatabase, SqliteDialectConfig, SqliteStatement } from 'kysely'
import { CfdiMailError } from '../model/errors.ts'
import type { Fault } from '../model/fault.ts'
import { forbidRewriting } from './append-only.ts'
import { backUpOlder } from './back-up-older.ts'
import { closeLog, commitLog } from './commit-log.ts'
import { keepEngine } from './engine.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { makePrivateFile, type OpenMode } from './private-file.ts'
import type { Db, Schema } from './schema.ts'
import { Sqlite } from './sqlite.ts'
import { isFew, rowReader } from './statement-rows.ts'
import { storeError, telling } from './store-error.ts'

/** Milliseconds a writer waits for another process's write transaction. */
const BUSY_TIMEOUT_MS = 5000

export interface OpenOptions {
  /** `rollback` on a network's file system, where a WAL file's shared memory is not shared. */
  readonly journal?: 'wal' | 'rollback'
  readonly fault?: Fault
  /** Operating-system user, written with every event. */
  readonly operator?: string
  /** What a store in memory begins with, as SQLite serialises it, instead of nothing. */
  readonly image?: Buffer
}

/**
 * Opens the store of one company and brings its tables up to date; an older one is copied first.
 * @param file path of the SQLite file, or `:memory:`
 * @throws NO_STORE when it is not there in mode `existing`; NO_ACCESS, DISK_FULL; STORE_DAMAGED when SQLite cannot read it; STORE_NEWER when a newer
 *   version wrote it
 */
export async function openStore(file: string, mode: OpenMode, options: OpenOptions = {}): Promise<Db> {
  if (file !== ':memory:') makePrivateFile(file, mode)
  const database = openDatabase(file, options)
  const log = commitLog(file, database)
  const close = () => {
    closeLog(log)
    database.close()
  }
  const db = new Kysely<Schema>({
    dialect: new ImmediateDialect({ database: { ...cachingStatements(file, database), close } }),
  })
  keepEngine(db, { file, database, operator: options.operator ?? null, log })
  try {
    await backUpOlder(file, database, await pendingMigrations(db))
    await migrate(db, options.fault)
    forbidRewriting(database)
  } catch (error) {
    await db.destroy()
    throw error
  }
  return db
}

/** What SQLite says of its own file, and the safety it is opened with (2 is FULL). */
export async function storeHealth(db: Db): Promise<{ readonly sound: boolean; readonly detail: string }> {
  const check = await sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db)
  const safety = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)
  const journal = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db)
  const words = check.rows[0]?.quick_check ?? ''
  const synchronous = safety.rows[0]?.synchronous
  return {
    sound: words === 'ok' && synchronous === 2,
    detail: `quick_check ${words}, journal ${journal.rows[0]?.journal_mode ?? ''}, synchronous ${synchronous ?? ''}`,
  }
}

function openDatabase(file: string, { journal = 'wal', image }: OpenOptions): Database.Database {
  try {
    const database = new Sqlite(image ?? file, { timeout: BUSY_TIMEOUT_MS })
    database.pragma(`journal_mode = ${journal === 'wal' ? 'WAL' : 'DELETE'}`)
    // A WAL file is re-opened with NORMAL by better-sqlite3's build, and then a power cut un-sends what was recorded.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('trusted_schema = OFF')
    return database
  } catch (error) {
    const known = storeError(file, error)
    if (known instanceof CfdiMailError) throw known
    throw new CfdiMailError('STORE_DAMAGED', { file, detail: String(error) }, { cause: error })
  }
}

/** Kysely prepares a statement at each execution; the same text is prepared once here. The engine's errors get their names. */
function cachingStatements(file: string, database: Database.Database): Omit<SqliteDatabase, 'close'> {
  const statements = new Map<string, SqliteStatement>()
  return {
    prepare(text) {
      const known = statements.get(text)
      if (known !== undefined) return known
      const prepared = telling(file, () => database.prepare(text))
      const statement =
        prepared.reader && prepared.readonly ? reader(file, prepared, text) : writer(file, prepared)
      if (statements.size < 500) statements.set(text, statement)
      return statement
    },
  }
}

function reader(file: string, prepared: Database.Statement, text: string): SqliteStatement {
  const rows = rowReader(prepared, isFew(text) ? 'all' : 'iterate')
  return {
    reader: true,
    all: (parameters) => telling(file, () => [...rows(parameters)]),
    run: (parameters) => telling(file, () => prepared.run(parameters)),
    iterate: rows,
  }
}

function writer(file: string, prepared: SqliteStatement): SqliteStatement {
  return {
    reader: prepared.reader,
    all: (parameters) => telling(file, () => prepared.all(parameters)),
    run: (parameters) => telling(file, () => prepared.run(parameters)),
    iterate: (parameters) => prepared.iterate(parameters),
  }
}

/**
 * Every transaction takes the write lock at its start. With a plain `begin`, one that reads first and writes later fails at
 * once with SQLITE_BUSY_SNAPSHOT when another process wrote in between, and no timeout helps.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** A full disk already ended the transaction, and the complaint about that would hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection)
    } catch (error) {
      if (!String(error).includes('no transaction is active')) throw error
    }
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#config)
  }
}
