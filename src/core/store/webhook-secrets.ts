import type { Db } from './schema.ts'

/** The secrets of a profile's webhook as they are kept: sealed, references, or '' for none. */
export interface StoredWebhookSecrets {
  readonly appSecret: string
  readonly verifyToken: string
}

export async function webhookSecrets(db: Db, profile: string): Promise<StoredWebhookSecrets> {
  const row = await db
    .selectFrom('whatsapp')
    .select(['app_secret', 'verify_token'])
    .where('profile', '=', profile)
    .executeTakeFirst()
  return { appSecret: row?.app_secret ?? '', verifyToken: row?.verify_token ?? '' }
}

export async function saveWebhookSecrets(
  db: Db,
  profile: string,
  { appSecret, verifyToken }: StoredWebhookSecrets,
): Promise<void> {
  await db
    .updateTable('whatsapp')
    .set({ app_secret: appSecret, verify_token: verifyToken })
    .where('profile', '=', profile)
    .execute()
}
