import type { AccessToken, OAuthClient, OAuthGrant, OAuthProvider } from '../model/oauth.ts'
import { insertEvents } from './event-log.ts'
import type { Db, Row } from './schema.ts'

/** A profile's way to sign in with tokens, as it is kept: sealed texts, or '' for none. */
export interface StoredOAuth extends OAuthClient {
  /** Sealed, a reference, or '' (a public application has none). */
  readonly clientSecret: string
  readonly refreshToken: string
  /** The last token, sealed. */
  readonly access: AccessToken | null
  /** ISO 8601 UTC: when a person consented, or a refresh token was given. */
  readonly consentedAt: string | null
}

/** How the profile signs in, or undefined when it holds a password. */
export async function findOAuth(db: Db, profile: string): Promise<StoredOAuth | undefined> {
  const row = await db.selectFrom('oauth').selectAll().where('profile', '=', profile).executeTakeFirst()
  return row === undefined ? undefined : toOAuth(row)
}

/** Every profile that signs in with tokens, by its name. */
export async function listOAuth(db: Db): Promise<ReadonlyMap<string, StoredOAuth>> {
  const rows = await db.selectFrom('oauth').selectAll().execute()
  return new Map(rows.map((row) => [row.profile, toOAuth(row)]))
}

/** Whose sign-in, and when it is saved (ISO 8601 UTC). */
export interface SavedFor {
  readonly profile: string
  readonly at: string
}

/** Writes how a saved profile signs in, whether it was there or not; the profile holds no password from then on. */
export async function saveOAuth(db: Db, oauth: StoredOAuth, { profile, at }: SavedFor): Promise<void> {
  const row = { profile, ...toColumns(oauth) }
  const detail = `${profile}: OAuth2 ${oauth.provider}, ${oauth.grant}`
  await db.transaction().execute(async (db) => {
    await db.updateTable('profile').set({ secret: '' }).where('name', '=', profile).execute()
    await db
      .insertInto('oauth')
      .values(row)
      .onConflict((conflict) => conflict.column('profile').doUpdateSet(row))
      .execute()
    await insertEvents(db, [
      {
        ...{ at, level: 'info', event: 'profile-saved', detail },
        ...{ order: null, customer: null, uuid: null, recipient: null },
      },
    ])
  })
}

/** The profile holds a password again. */
export async function removeOAuth(db: Db, profile: string): Promise<void> {
  await db.deleteFrom('oauth').where('profile', '=', profile).execute()
}

/** Tokens that an endpoint gave, sealed. */
export interface NewTokens {
  /** Takes the place of the old one; null keeps it. */
  readonly refreshToken: string | null
  readonly access: AccessToken
}

/** Keeps new tokens in one commit: an access token is not used before the refresh token that came with it is safe. */
export async function saveTokens(
  db: Db,
  profile: string,
  { refreshToken, access }: NewTokens,
): Promise<void> {
  await db
    .updateTable('oauth')
    .set({
      access_token: access.token,
      expires_at: access.expiresAt,
      ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    })
    .where('profile', '=', profile)
    .execute()
}

function toOAuth(row: Row<'oauth'>): StoredOAuth {
  return {
    provider: row.provider as OAuthProvider,
    grant: row.grant_kind as OAuthGrant,
    clientId: row.client_id,
    tenant: row.tenant,
    scope: row.scope,
    tokenUrl: row.token_url,
    deviceUrl: row.device_url,
    clientSecret: row.client_secret,
    refreshToken: row.refresh_token,
    access:
      row.access_token === '' || row.expires_at === null
        ? null
        : { token: row.access_token, expiresAt: row.expires_at },
    consentedAt: row.consented_at,
  }
}

function toColumns(oauth: StoredOAuth): Omit<Row<'oauth'>, 'profile'> {
  return {
    provider: oauth.provider,
    grant_kind: oauth.grant,
    client_id: oauth.clientId,
    tenant: oauth.tenant,
    scope: oauth.scope,
    token_url: oauth.tokenUrl,
    device_url: oauth.deviceUrl,
    client_secret: oauth.clientSecret,
    refresh_token: oauth.refreshToken,
    access_token: oauth.access?.token ?? '',
    expires_at: oauth.access?.expiresAt ?? null,
    consented_at: oauth.consentedAt,
  }
}
