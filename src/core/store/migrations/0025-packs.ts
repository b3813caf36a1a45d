import type { Kysely } from 'kysely'

/**
 * Where the spool has an attachment's bytes, for those that lie in a pack. Older ones have files of their own. A migration never
 * changes once it is released.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('order_attachment').addColumn('pack', 'text').execute()
  await db.schema.alterTable('order_attachment').addColumn('pack_offset', 'integer').execute()
}
