import type { Kysely } from 'kysely'

/** The rule by which a packaging type locks its attachments. A migration never changes once it is released. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('packaging_type').addColumn('password_rule', 'text').execute()
}
