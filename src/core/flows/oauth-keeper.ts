import { CfdiMailError } from '../model/errors.ts'
import { oauthPlace, type OAuthSecret } from '../model/oauth.ts'
import { findOAuth, saveOAuth, saveTokens, type StoredOAuth } from '../store/oauth.ts'
import type { FreshTokens, OAuthKeeper, OpenOAuth } from './access-tokens.ts'
import type { Ctx } from './ctx.ts'

/** The sign-in of a saved profile. Its secrets are opened each time they are asked for, and sealed when they are kept. */
export function storedKeeper(ctx: Ctx, profile: string): OAuthKeeper {
  return {
    async load() {
      const stored = await findOAuth(ctx.db, profile)
      if (stored === undefined) throw new CfdiMailError('NO_OAUTH', { name: profile })
      return await openOAuth(ctx, profile, stored)
    },
    async keep({ refreshToken, access }) {
      const seal = (secret: OAuthSecret, clear: string) =>
        ctx.secrets.seal(oauthPlace(profile, secret), clear)
      await saveTokens(ctx.db, profile, {
        refreshToken: refreshToken === null ? null : seal('refresh-token', refreshToken),
        access: { ...access, token: seal('access-token', access.token) },
      })
    },
  }
}

/** A sign-in that is only being tested. */
export function memoryKeeper(first: OpenOAuth): OAuthKeeper {
  let oauth = first
  return {
    load: () => Promise.resolve(oauth),
    keep({ refreshToken, access }: FreshTokens) {
      oauth = { ...oauth, access, refreshToken: refreshToken ?? oauth.refreshToken }
      return Promise.resolve()
    },
  }
}

/**
 * A kept sign-in with its secrets in clear text.
 * @throws what the secrets say. An access token that does not open is no error: a new one is asked for.
 */
export async function openOAuth(ctx: Ctx, profile: string, stored: StoredOAuth): Promise<OpenOAuth> {
  const reveal = (secret: OAuthSecret, text: string) => ctx.secrets.reveal(oauthPlace(profile, secret), text)
  const { clientSecret, refreshToken, access, consentedAt: _, ...client } = stored
  return {
    client,
    clientSecret: await reveal('client-secret', clientSecret),
    refreshToken: await reveal('refresh-token', refreshToken),
    access:
      access === null
        ? null
        : await reveal('access-token', access.token).then((token) => ({ ...access, token }), lost),
  }
}

function lost(error: unknown): null {
  if (error instanceof CfdiMailError) return null
  throw error
}

/** What is saved of a sign-in besides its secrets. */
export interface SavingOAuth {
  readonly profile: string
  readonly oauth: OpenOAuth
  /** Kept instead of the client secret, when it is a reference; null seals the secret. */
  readonly clientSecretReference: string | null
  /** ISO 8601 UTC; null when nobody had to consent. */
  readonly consentedAt: string | null
}

/** Seals a sign-in and saves it for a profile that is there. */
export async function sealOAuth(ctx: Ctx, saving: SavingOAuth): Promise<void> {
  const { profile, oauth, clientSecretReference, consentedAt } = saving
  const { client, clientSecret, refreshToken, access } = oauth
  const seal = (secret: OAuthSecret, clear: string) =>
    clear === '' ? '' : ctx.secrets.seal(oauthPlace(profile, secret), clear)
  const sealed = {
    ...client,
    clientSecret: clientSecretReference ?? seal('client-secret', clientSecret),
    refreshToken: seal('refresh-token', refreshToken),
    access: access === null ? null : { ...access, token: seal('access-token', access.token) },
    consentedAt,
  }
  await saveOAuth(ctx.db, sealed, { profile, at: ctx.now().toISOString() })
}
