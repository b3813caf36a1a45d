import { CfdiMailError } from '../model/errors.ts'
import type { SmtpProfile, StoredProfile } from '../model/profile.ts'
import { findOAuth, removeOAuth } from '../store/oauth.ts'
import type { Ctx } from './ctx.ts'
import { changesOAuth, findOAuthSignIn, type OAuthRequest } from './find-oauth.ts'
import { type FoundSignIn, secretPlace } from './profile-credential.ts'
import { findPassword, type PasswordSource } from './profile-password.ts'

export interface SignInQuestion {
  readonly saved: StoredProfile | undefined
  readonly profile: SmtpProfile
  readonly password: PasswordSource | undefined
  readonly oauth: OAuthRequest | undefined
}

/**
 * How a profile that is to be tested signs in: with what is typed, else as it is saved, else with a password that is asked for.
 * @throws BAD_SELECTION for a password and tokens at once, and what each of the two throws
 */
export async function findSignIn(ctx: Ctx, question: SignInQuestion): Promise<FoundSignIn> {
  const { saved, profile, password: source, oauth } = question
  const typed = changesOAuth(oauth)
  if (typed && source !== undefined)
    throw new CfdiMailError('BAD_SELECTION', { flags: '--oauth, --password-stdin, --password-ref' })
  const isSaved = saved !== undefined && (await findOAuth(ctx.db, saved.name)) !== undefined
  if (typed || (isSaved && source === undefined))
    return await findOAuthSignIn(ctx, { saved, profile, request: typed ? oauth : undefined })
  const password = await findPassword(ctx, { saved, profile, source })
  return {
    credential: password.clear,
    secretFor: (name) => password.stored ?? ctx.secrets.seal(secretPlace(name), password.clear),
    keepFor: (name) => removeOAuth(ctx.db, name),
  }
}
