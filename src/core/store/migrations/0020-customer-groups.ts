import type { Kysely } from 'kysely'

/** Groups of customers and the notices of a billing portal that each group words in its own way. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('customer_group')
    .addColumn('code', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('requests_to', 'text', (c) => c.notNull())
    .addColumn('notices_from', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('group_notice')
    .addColumn('group_code', 'text', (c) => c.notNull().references('customer_group.code').onDelete('cascade'))
    .addColumn('event', 'text', (c) => c.notNull())
    .addColumn('enabled', 'integer', (c) => c.notNull())
    .addColumn('subject', 'text')
    .addColumn('body', 'text')
    .addPrimaryKeyConstraint('group_notice_key', ['group_code', 'event'])
    .execute()
  await db.schema
    .alterTable('customer')
    .addColumn('group_code', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
}
