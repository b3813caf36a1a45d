import type { Credential } from '../channels/channel.ts'
import type { SmtpProfile } from '../model/profile.ts'
import { findOAuth } from '../store/oauth.ts'
import { accessTokens } from './access-tokens.ts'
import type { Ctx } from './ctx.ts'
import { storedKeeper } from './oauth-keeper.ts'

/** What signs in, and how it is saved. */
export interface FoundSignIn {
  readonly credential: Credential
  /** What a profile of that name keeps as its secret; '' for none. */
  secretFor(name: string): string
  /** Writes what goes beside the profile, which is saved already. */
  keepFor(name: string): Promise<void>
}

/** Place of a profile's password, part of its seal. */
export function secretPlace(profile: string): string {
  return `profile:${profile}:secret`
}

/** In which form a secret is kept; never what it is. */
export function formOfSecret(stored: string): 'none' | 'sealed' | 'reference' {
  return stored === '' ? 'none' : stored.startsWith('v1.') ? 'sealed' : 'reference'
}

/**
 * What signs a saved profile in: its password, or its access tokens. No token is asked for yet.
 * @throws what the secrets say, when one of them does not open
 */
export async function credentialOf(
  ctx: Ctx,
  { name, secret }: Pick<SmtpProfile, 'name' | 'secret'>,
): Promise<Credential> {
  if ((await findOAuth(ctx.db, name)) === undefined)
    return await ctx.secrets.reveal(secretPlace(name), secret)
  const keeper = storedKeeper(ctx, name)
  await keeper.load()
  return accessTokens(ctx, keeper)
}
