import type { Engine } from './engine.ts'
import { Sqlite } from './sqlite.ts'

/** Milliseconds it waits for a writer: without a write-ahead log a commit keeps readers out. */
const BUSY_TIMEOUT_MS = 5000

/**
 * A second connection for a thread that only reads the store of a run: the first has opened it, and brought it up to date.
 * @throws what SQLite says
 */
export function openReadOnly(file: string): Pick<Engine, 'file' | 'database'> {
  const database = new Sqlite(file, { readonly: true, timeout: BUSY_TIMEOUT_MS })
  database.pragma('trusted_schema = OFF')
  // 400 KB of pages: rows are read once, in their order.
  database.pragma('cache_size = -400')
  return { file, database }
}

/** Path of the store where another connection finds it; null for one in memory. */
export function sharedFile({ file }: Pick<Engine, 'file'>): string | null {
  return file === ':memory:' ? null : file
}
