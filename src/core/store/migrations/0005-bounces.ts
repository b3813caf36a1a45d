import type { Kysely } from 'kysely'

/** What came back: evidence by delivery, addresses that are not written to, and the mailboxes that are read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('bounce')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('order_id', 'text', (c) => c.notNull().references('send_order.id'))
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('verdict', 'text', (c) => c.notNull())
    .addColumn('proof', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('diagnostic', 'text', (c) => c.notNull())
    .addColumn('effect', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('bounce_content').on('bounce').columns(['hash', 'position']).unique().execute()
  await db.schema.createIndex('bounce_order').on('bounce').column('order_id').execute()
  await db.schema
    .createTable('quarantine')
    .addColumn('address', 'text', (c) => c.primaryKey())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('order_id', 'text')
    .execute()
  await mailboxes(db)
}

async function mailboxes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('bounce_mailbox')
    .addColumn('profile', 'text', (c) => c.primaryKey().references('profile.name').onDelete('cascade'))
    .addColumn('host', 'text', (c) => c.notNull())
    .addColumn('port', 'integer', (c) => c.notNull())
    .addColumn('user', 'text', (c) => c.notNull())
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('mailbox', 'text', (c) => c.notNull())
    .addColumn('archive', 'text', (c) => c.notNull())
    .addColumn('ca_file', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('bounce_scan')
    .addColumn('place', 'text', (c) => c.primaryKey())
    .addColumn('uid_validity', 'text', (c) => c.notNull())
    .addColumn('last_uid', 'bigint', (c) => c.notNull())
    .execute()
}
