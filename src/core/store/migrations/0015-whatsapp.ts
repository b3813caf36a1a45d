import type { Kysely } from 'kysely'

/** WhatsApp: its profiles, what was uploaded to Meta, and the number that each use of a limit went to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('profile')
    .addColumn('channel', 'text', (c) => c.notNull().defaultTo('email'))
    .execute()
  await db.schema
    .createTable('whatsapp')
    .addColumn('profile', 'text', (c) => c.primaryKey().references('profile.name').onDelete('cascade'))
    .addColumn('phone_id', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.notNull())
    .addColumn('base_url', 'text', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('template', 'text', (c) => c.notNull())
    .addColumn('template_language', 'text', (c) => c.notNull())
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('pair_seconds', 'integer', (c) => c.notNull())
    .addColumn('app_secret', 'text', (c) => c.notNull())
    .addColumn('verify_token', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('whatsapp_media')
    .addColumn('phone_id', 'text', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('media_id', 'text', (c) => c.notNull())
    .addColumn('uploaded_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('whatsapp_media_key', ['phone_id', 'sha256'])
    .execute()
  await db.schema.alterTable('quota_use').addColumn('recipient', 'text').execute()
}
