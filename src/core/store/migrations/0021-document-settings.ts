import type { Kysely } from 'kysely'

/** What is said of each kind of document, and the classes of customers that narrow it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('customer')
    .addColumn('class', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  await db.schema
    .createTable('document_setting')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('class', 'text', (c) => c.notNull())
    .addColumn('enabled', 'integer')
    .addColumn('automatic', 'integer')
    .addColumn('subject', 'text')
    .addColumn('body', 'text')
    .addPrimaryKeyConstraint('document_setting_key', ['kind', 'class'])
    .execute()
}
