import type { Kysely } from 'kysely'

/** What was written into destination folders: one row for each document that a file holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('packaged_file')
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('uuid', 'text', (c) => c.notNull())
    .addColumn('customer', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('root', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('source_sha256', 'text')
    .addColumn('order_id', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('written_at', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text')
    .addPrimaryKeyConstraint('packaged_file_key', ['path', 'uuid'])
    .execute()
  await db.schema.createIndex('packaged_file_uuid').on('packaged_file').column('uuid').execute()
  await db.schema.createIndex('packaged_file_state').on('packaged_file').column('state').execute()
  await db.schema.createIndex('packaged_file_order').on('packaged_file').column('order_id').execute()
}
