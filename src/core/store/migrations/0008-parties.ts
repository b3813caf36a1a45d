import type { Kysely } from 'kysely'

/** Suppliers, employees and banks beside the customers. A migration never changes once it is released. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('customer')
    .addColumn('kind', 'text', (c) => c.notNull().defaultTo('customer'))
    .execute()
}
