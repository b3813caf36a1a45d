import type { Kysely } from 'kysely'

/** What a template is for, and which one a packaging type uses for which kind of document. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const templates = () => db.schema.alterTable('template')
  await templates()
    .addColumn('description', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  await templates()
    .addColumn('scope', 'text', (c) => c.notNull().defaultTo('any'))
    .execute()
  await db.schema
    .alterTable('packaging_type')
    .addColumn('templates', 'text', (c) => c.notNull().defaultTo('{}'))
    .execute()
}
