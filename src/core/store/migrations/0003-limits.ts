import type { Kysely } from 'kysely'

/** What each profile's server allows, and the ledger that the limits are counted from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const columns = [
    ['provider', 'text', ''],
    ['per_minute', 'integer', null],
    ['per_day', 'integer', null],
    ['max_recipients', 'integer', 50],
    ['max_bytes', 'integer', null],
    ['on_unknown', 'text', 'hold'],
    ['resend_after_hours', 'integer', null],
  ] as const
  for (const [name, type, preset] of columns) {
    await db.schema
      .alterTable('profile')
      .addColumn(name, type, (column) => (preset === null ? column : column.notNull().defaultTo(preset)))
      .execute()
  }
  await db.schema
    .createTable('quota_use')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('profile', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('recipients', 'integer', (c) => c.notNull())
    .addColumn('order_id', 'text', (c) => c.notNull())
    .addColumn('token', 'text')
    .execute()
  await db.schema.createIndex('quota_use_profile').on('quota_use').columns(['profile', 'at']).execute()
}
