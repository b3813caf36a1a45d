import { CfdiMailError } from '../model/errors.ts'
import { causeOfHold, type ProfileHold, type StoredProfile } from '../model/profile.ts'
import type { SignedInResult } from '../model/results/profiles.ts'
import { findOAuth } from '../store/oauth.ts'
import { findProfile, releaseProfile } from '../store/profiles.ts'
import { askConsent } from './consent.ts'
import type { Ctx } from './ctx.ts'
import { changesOAuth, type OAuthRequest, typedOAuth } from './find-oauth.ts'
import { sealOAuth } from './oauth-keeper.ts'

export interface SignInRequest extends OAuthRequest {
  readonly name: string
}

/**
 * Lets a person give a saved profile the right to send, in a browser; what is typed makes it sign in with tokens from now on.
 * A hold that waited for this ends. The profile is not tested: the next `send` or `smtp-test` does that.
 * @throws PROFILE_NOT_FOUND, NO_OAUTH when the profile holds a password and no provider is typed, BAD_PROFILE, and what
 *   `askConsent` and the secrets throw
 */
export async function signInProfile(ctx: Ctx, { name, ...request }: SignInRequest): Promise<SignedInResult> {
  const profile = await profileWithUser(ctx, name)
  const stored = await findOAuth(ctx.db, name)
  if (stored === undefined && !changesOAuth(request)) throw new CfdiMailError('NO_OAUTH', { name })
  const { oauth, clientSecretReference } = await typedOAuth(ctx, { saved: profile, profile, request, stored })
  const tokens = request.refreshToken === 'stdin' ? {} : await askConsent(ctx, oauth)
  const at = ctx.now().toISOString()
  const signed = { ...oauth, ...tokens }
  await sealOAuth(ctx, { profile: name, oauth: signed, clientSecretReference, consentedAt: at })
  if (isEnded(profile.hold)) await releaseProfile(ctx.db, name, at)
  const { provider, clientId, scope } = oauth.client
  return { kind: 'signed-in', name, provider, clientId, scope, expiresAt: signed.access?.expiresAt ?? null }
}

async function profileWithUser(ctx: Ctx, name: string): Promise<StoredProfile> {
  const profile = await findProfile(ctx.db, name)
  if (profile === undefined) throw new CfdiMailError('PROFILE_NOT_FOUND', { name })
  if (profile.user === '') throw new CfdiMailError('BAD_PROFILE', { flag: 'user', value: '' })
  return profile
}

/** A hold that a person put, or that is the server's, stays. */
function isEnded(hold: ProfileHold | null): boolean {
  return ENDED_BY_CONSENT.includes(causeOfHold(hold?.reason ?? '') ?? '')
}

const ENDED_BY_CONSENT: readonly string[] = [
  ...['oauth-consent', 'oauth-client', 'oauth-refused', 'secret-unreadable'],
  ...['bad-password', 'gmail-app-password', 'm365-basic-auth-off'],
]
