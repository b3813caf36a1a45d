import type { Kysely } from 'kysely'

/** Addendas: the template a type asks for, templates of one's own, and customers' data. A migration never changes once it is released. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('packaging_type').addColumn('addenda', 'text').execute()
  await db.schema
    .alterTable('packaging_type')
    .addColumn('existing_addenda', 'text', (c) => c.notNull().defaultTo('error'))
    .execute()
  await db.schema
    .createTable('addenda')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('customer_addenda')
    .addColumn('customer', 'text', (c) => c.notNull().references('customer.code').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('customer_addenda_key', ['customer', 'name'])
    .execute()
}
