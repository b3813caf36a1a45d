/** Profiles that sign in with access tokens. */
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { sealOAuth } from '../../src/core/flows/oauth-keeper.ts'
import { oauthClientFrom, oauthPlace } from '../../src/core/model/oauth.ts'
import { findOAuth } from '../../src/core/store/oauth.ts'
import { saveProfile } from '../../src/core/store/profiles.ts'
import { smtpProfile } from './profiles.ts'

/** The mailbox that sends. */
export const USER = 'facturas@emisor.example'

export interface Saved {
  readonly port: number
  readonly tokenUrl: string
  readonly deviceUrl?: string
  readonly connections?: number
  readonly messagesPerConnection?: number
  /** Minutes that the cached token lives; none is cached without it. */
  readonly cachedMinutes?: number
}

/** A default profile `oficina` that signs in with tokens. */
export async function saveOAuthProfile(
  ctx: Ctx,
  { port, tokenUrl, deviceUrl = '', ...more }: Saved,
): Promise<void> {
  const { connections = 1, messagesPerConnection = 100, cachedMinutes } = more
  const profile = smtpProfile({ name: 'oficina', port, user: USER, connections, messagesPerConnection })
  await saveProfile(ctx.db, { ...profile, hold: null, testedAt: null }, ctx.now().toISOString())
  const client = oauthClientFrom(undefined, { provider: 'custom', clientId: 'app-1', tokenUrl, deviceUrl })
  const expiresAt = new Date(ctx.now().getTime() + (cachedMinutes ?? 0) * 60_000).toISOString()
  await sealOAuth(ctx, {
    profile: 'oficina',
    oauth: {
      ...{ client, clientSecret: 'app-secret', refreshToken: 'refresh-0' },
      access: cachedMinutes === undefined ? null : { token: 'cached', expiresAt },
    },
    clientSecretReference: null,
    consentedAt: null,
  })
}

/** The refresh token that is kept, in clear text. */
export const savedRefreshToken = async (ctx: Ctx): Promise<string> =>
  ctx.secrets.reveal(
    oauthPlace('oficina', 'refresh-token'),
    (await findOAuth(ctx.db, 'oficina'))?.refreshToken ?? '',
  )

/** What a server that takes every token of that mailbox wants. */
export const anyToken = { user: USER, accepts: () => true }
