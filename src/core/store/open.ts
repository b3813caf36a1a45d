import Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  sql,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import type { SqliteDatabase, SqliteDialectConfig } from 'kysely'
import { CfdiMailError } from '../model/errors.ts'
import { migrate } from './migrate.ts'
import { makePrivateFile, type OpenMode } from './private-file.ts'
import type { Db, Schema } from './schema.ts'

/** Milliseconds a writer waits for another process's write transaction. */
const BUSY_TIMEOUT_MS = 5000

/**
 * Opens the store of one company and brings its tables up to date.
 * @param file path of the SQLite file, or `:memory:`
 * @throws NO_STORE when it is not there in mode `existing`; NO_ACCESS, DISK_FULL; STORE_DAMAGED when SQLite cannot read it; STORE_NEWER when a newer
 *   version wrote it
 */
export async function openStore(file: string, mode: OpenMode): Promise<Db> {
  if (file !== ':memory:') makePrivateFile(file, mode)
  const database = openDatabase(file)
  const db = new Kysely<Schema>({ dialect: new ImmediateDialect({ database: cachingStatements(database) }) })
  try {
    await migrate(db)
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

function openDatabase(file: string): Database.Database {
  try {
    const database = new Database(file, { timeout: BUSY_TIMEOUT_MS })
    database.pragma('journal_mode = WAL')
    // A WAL file is re-opened with NORMAL by better-sqlite3's build, and then a power cut un-sends what was recorded.
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('trusted_schema = OFF')
    return database
  } catch (error) {
    throw openError(file, error)
  }
}

function openError(file: string, error: unknown): CfdiMailError {
  const code = error instanceof Database.SqliteError ? error.code : ''
  if (code.startsWith('SQLITE_BUSY')) return new CfdiMailError('STORE_BUSY', { file }, { cause: error })
  if (code === 'SQLITE_CANTOPEN' || code.startsWith('SQLITE_READONLY')) {
    return new CfdiMailError('NO_ACCESS', { file }, { cause: error })
  }
  return new CfdiMailError('STORE_DAMAGED', { file, detail: String(error) }, { cause: error })
}

/** Kysely prepares a statement at each execution; the same text is prepared once here. */
function cachingStatements(database: Database.Database): SqliteDatabase {
  const statements = new Map<string, Database.Statement>()
  return {
    close: () => database.close(),
    prepare(text) {
      const known = statements.get(text)
      if (known !== undefined) return known
      const statement = database.prepare(text)
      if (statements.size < 500) statements.set(text, statement)
      return statement
    },
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
