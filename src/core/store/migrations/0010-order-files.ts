import type { Kysely } from 'kysely'

/** Order files: which were taken, and how often each was looked at. A migration never changes once it is released. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('order_file')
    .addColumn('identification', 'text', (c) => c.primaryKey())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('order_id', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('order_file_sha256').on('order_file').columns(['sha256']).execute()
  await db.schema
    .createTable('order_file_look')
    .addColumn('file', 'text', (c) => c.primaryKey())
    .addColumn('first_at', 'text', (c) => c.notNull())
    .addColumn('looks', 'integer', (c) => c.notNull())
    .addColumn('tries', 'integer', (c) => c.notNull())
    .execute()
}
