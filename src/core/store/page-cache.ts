import { sql } from 'kysely'
import type { Db } from './schema.ts'

/**
 * Keeps 4 MB of the store's pages in memory and not SQLite's 16: for a run that reads and writes each row about once, and whose
 * memory is better used for messages, or for a second thread.
 */
export async function keepFewPages(db: Db): Promise<void> {
  await sql`pragma cache_size = -4000`.execute(db)
}
