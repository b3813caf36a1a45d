import type { Kysely } from 'kysely'

/** Where a profile's bounces come back to; '' is the sender, as before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('profile')
    .addColumn('bounces_to', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
}
