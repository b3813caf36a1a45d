import type { Kysely } from 'kysely'

/** How a profile signs in with tokens; a profile without a row holds a password. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('oauth')
    .addColumn('profile', 'text', (c) => c.primaryKey().references('profile.name').onDelete('cascade'))
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('grant_kind', 'text', (c) => c.notNull())
    .addColumn('client_id', 'text', (c) => c.notNull())
    .addColumn('tenant', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('token_url', 'text', (c) => c.notNull())
    .addColumn('device_url', 'text', (c) => c.notNull())
    .addColumn('client_secret', 'text', (c) => c.notNull())
    .addColumn('refresh_token', 'text', (c) => c.notNull())
    .addColumn('access_token', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text')
    .addColumn('consented_at', 'text')
    .execute()
}
