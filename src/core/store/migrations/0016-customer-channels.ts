import type { Kysely } from 'kysely'

/** Mobile numbers of customers and contacts, the channel that each customer wants, and how the XML reaches who gets no mail. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const columns = [
    ['customer', 'mobile', ''],
    ['customer', 'channel', 'email'],
    ['customer', 'xml_by', ''],
    ['contact', 'mobile', ''],
  ] as const
  for (const [table, name, preset] of columns) {
    await db.schema
      .alterTable(table)
      .addColumn(name, 'text', (c) => c.notNull().defaultTo(preset))
      .execute()
  }
}
