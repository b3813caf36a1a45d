import type { Kysely } from 'kysely'

/** Passwords of a party's own for its files, and a packaging type's own words about the password. A migration never changes once it is released. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('file_password')
    .addColumn('customer', 'text', (c) => c.primaryKey().references('customer.code').onDelete('cascade'))
    .addColumn('sealed_password', 'text', (c) => c.notNull())
    .execute()
  await db.schema.alterTable('packaging_type').addColumn('lock_words', 'text').execute()
}
