import type Database from 'better-sqlite3'

/** Only for SQLite; called by open.ts. */
const TRIGGERS = ['update', 'delete'].map((change) => ({
  name: `event_no_${change}`,
  text: `create trigger if not exists event_no_${change} before ${change} on event begin
    select raise(abort, 'the event log is append-only'); end`,
}))

/**
 * Makes the database itself refuse to change or delete events. Whoever can write the file can drop these triggers; what comes
 * of it is found by the hash chain (event-chain.ts).
 */
export function forbidRewriting(database: Database.Database): void {
  // Looks before it writes: a store that has them opens without waiting for another process's write.
  const known = database.prepare("select name from sqlite_master where type = 'trigger'").pluck().all()
  for (const { name, text } of TRIGGERS) if (!known.includes(name)) database.exec(text)
}
