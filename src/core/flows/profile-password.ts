import { CfdiMailError } from '../model/errors.ts'
import type { SmtpProfile, StoredProfile } from '../model/profile.ts'
import type { Ctx } from './ctx.ts'
import { secretPlace } from './profile-credential.ts'

/** Where the password is: standard input, or a reference (`env:…`, `file:…`, `cmd:…`). Else it is saved, or asked for. */
export type PasswordSource = 'stdin' | { readonly reference: string }

/** The password, and the form in which a profile keeps it; null is sealed when the profile is saved. */
export interface Password {
  readonly clear: string
  readonly stored: string | null
}

export interface PasswordQuestion {
  readonly saved: StoredProfile | undefined
  readonly profile: SmtpProfile
  readonly source: PasswordSource | undefined
}

/**
 * The password of a profile: from where it was said to be, from the saved profile, or asked for. A profile without a user has none.
 * @throws NO_PASSWORD where nobody can be asked, and what the secrets say
 */
export async function findPassword(
  ctx: Ctx,
  { saved, profile, source }: PasswordQuestion,
): Promise<Password> {
  if (profile.user === '') return { clear: '', stored: '' }
  if (source === 'stdin') return { clear: (await ctx.readStdin()).replace(/\r?\n[^]*$/, ''), stored: null }
  if (source !== undefined) {
    const clear = await ctx.secrets.reveal(secretPlace(profile.name), source.reference)
    return { clear, stored: source.reference }
  }
  // Another user's password would only be refused; asking is better.
  if (saved !== undefined && saved.secret !== '' && saved.user === profile.user) {
    const clear = await ctx.secrets.reveal(secretPlace(saved.name), saved.secret)
    return { clear, stored: saved.secret.startsWith('v1.') ? null : saved.secret }
  }
  if (ctx.ask === null) throw new CfdiMailError('NO_PASSWORD', { user: profile.user })
  return { clear: await ctx.ask.secret('password'), stored: null }
}
