import type { Kysely } from 'kysely'

/** Who may enter the portal, and the first passwords that are still on their way. Access mails are off until somebody asks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('packaging_type')
    .addColumn('portal_access', 'text', (c) => c.notNull().defaultTo('off'))
    .execute()
  await db.schema
    .createTable('portal_access')
    .addColumn('customer', 'text', (c) => c.primaryKey().references('customer.code').onDelete('cascade'))
    .addColumn('user', 'text', (c) => c.notNull().unique())
    .addColumn('password_hash', 'text')
    .addColumn('temporary', 'integer', (c) => c.notNull())
    .addColumn('first_order', 'text')
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('order_password')
    .addColumn('order_id', 'text', (c) => c.primaryKey().references('send_order.id').onDelete('cascade'))
    .addColumn('sealed_password', 'text', (c) => c.notNull())
    .execute()
}
