import type { Kysely } from 'kysely'

/** Papers that are no CFDI, as parts of send orders. A migration never changes once it is released. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('order_paper')
    .addColumn('order_id', 'text', (c) => c.notNull().references('send_order.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('customer', 'text', (c) => c.notNull())
    .addColumn('reference', 'text', (c) => c.notNull())
    .addColumn('copy', 'integer', (c) => c.notNull())
    .addColumn('paper_date', 'text')
    .addColumn('amount', 'text', (c) => c.notNull())
    .addColumn('currency', 'text', (c) => c.notNull())
    .addColumn('file', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('order_paper_key', ['order_id', 'kind', 'reference'])
    .addUniqueConstraint('order_paper_copy', ['kind', 'customer', 'reference', 'copy'])
    .execute()
  await db.schema.createIndex('order_paper_sha').on('order_paper').columns(['sha256']).execute()
}
