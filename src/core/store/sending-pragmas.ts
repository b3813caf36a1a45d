import { sql } from 'kysely'
import type { Db } from './schema.ts'

/**
 * Keeps 4 MB of the store's pages in memory and not SQLite's 16: for a run that reads and writes each row about once, and whose
 * memory is better used for messages. And lets the log grow to 16 MB, not 4, before it is copied into the store: that takes two
 * syncs for which everybody waits, and the pages that each message changes are then copied once for many messages.
 */
export async function tuneForSending(db: Db): Promise<void> {
  await sql`pragma cache_size = -4000`.execute(db)
  await sql`pragma wal_autocheckpoint = 4000`.execute(db)
}
