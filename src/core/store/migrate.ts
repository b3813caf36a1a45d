import type { Kysely } from 'kysely'
import { CfdiMailError } from '../model/errors.ts'
import { up as first } from './migrations/0001-first.ts'
import type { Db } from './schema.ts'

/** In order; a released one never changes. */
const MIGRATIONS: readonly { readonly name: string; readonly up: (db: Kysely<unknown>) => Promise<void> }[] =
  [{ name: '0001-first', up: first }]

/** The bookkeeping table is not part of the schema that store functions see. */
interface Bookkeeping {
  migration: { name: string }
}

/**
 * Applies the migrations that the store does not have yet, each in a transaction of its own together with its mark: a
 * process that dies half way leaves the step before.
 * @throws STORE_NEWER when the store has a migration that this version does not know
 */
export async function migrate(store: Db): Promise<void> {
  const db = store as unknown as Kysely<Bookkeeping>
  await db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.primaryKey())
    .execute()
  const done = await appliedNames(db)
  const unknown = done.find((name) => MIGRATIONS.every((migration) => migration.name !== name))
  if (unknown !== undefined) {
    throw new CfdiMailError('STORE_NEWER', { found: unknown, known: MIGRATIONS.at(-1)?.name ?? '' })
  }
  for (const migration of MIGRATIONS) {
    if (done.includes(migration.name)) continue
    await db.transaction().execute(async (db) => {
      // Another process may have done it while this one waited for the lock.
      if ((await appliedNames(db)).includes(migration.name)) return
      await migration.up(db as unknown as Kysely<unknown>)
      await db.insertInto('migration').values({ name: migration.name }).execute()
    })
  }
}

async function appliedNames(db: Kysely<Bookkeeping>): Promise<string[]> {
  return (await db.selectFrom('migration').select('name').orderBy('name').execute()).map((row) => row.name)
}
