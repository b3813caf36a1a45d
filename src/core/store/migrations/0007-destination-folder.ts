import type { Kysely } from 'kysely'

/** Where a packaging type writes its packages, whether it mails them, and what becomes of the files afterwards. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const columns = [
    ['folder', 'text', null],
    ['name_pattern', 'text', null],
    ['by_mail', 'integer', 1],
    ['after_send', 'text', 'keep'],
  ] as const
  for (const [name, type, preset] of columns) {
    await db.schema
      .alterTable('packaging_type')
      .addColumn(name, type, (column) => (preset === null ? column : column.notNull().defaultTo(preset)))
      .execute()
  }
}
