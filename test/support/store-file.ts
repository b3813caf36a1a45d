/** A context whose store is a file, and the ways to get at that file from outside of the program. */
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type Database from 'better-sqlite3'
import { Sqlite } from '../../src/core/store/sqlite.ts'
import { type Kysely, sql } from 'kysely'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import type { Schema } from '../../src/core/store/schema.ts'
import { testCtx } from './ctx.ts'
import { storeInFile } from './new-store.ts'
import { tempFolder } from './temp.ts'

export interface FileCtx {
  readonly ctx: Ctx
  readonly store: string
  /** Another program's connection to the store; it waits for nobody. */
  readonly other: Database.Database
}

/**
 * A store on disk with a customer, whose writers give up on a busy store after milliseconds instead of seconds.
 * @param image what the store has to begin with; left out for a new one
 */
export async function fileCtx(t: TestContext, changes: Partial<Ctx> = {}, image?: Buffer): Promise<FileCtx> {
  const data = tempFolder(t)
  const store = join(data, 'store.db')
  const db = await storeInFile(store, image === undefined ? {} : { image })
  t.after(() => db.destroy())
  await savePackagingType(db, GRAL)
  await impatient(db)
  const other = new Sqlite(store, { timeout: 0 })
  t.after(() => other.close())
  const { ctx } = await testCtx(t, {
    db,
    folders: {
      ...{ data, store, spool: join(data, 'spool'), lock: join(data, 'lock') },
      settings: join(data, 'settings.yaml'),
    },
    channel: smtpChannel(),
    ...changes,
  })
  return { ctx, store, other }
}

export async function impatient(db: Kysely<Schema>): Promise<void> {
  await sql`pragma busy_timeout = 20`.execute(db)
}
