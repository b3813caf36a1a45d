import type { CheckCause, CheckStep, ProfileHold, SmtpProfile } from '../profile.ts'

/** A profile without its secret. */
export interface ProfileView extends Omit<SmtpProfile, 'secret'> {
  /** Where the password comes from; never what it is. */
  readonly password: 'none' | 'sealed' | 'reference'
  readonly hold: ProfileHold | null
  readonly testedAt: string | null
}

export interface SmtpTestResult {
  readonly kind: 'smtp-test'
  readonly ok: boolean
  readonly host: string
  readonly port: number
  readonly steps: readonly CheckStep[]
  readonly cause: CheckCause | null
  /** Words in the reader's language; filled by the printer from `cause`. */
  readonly remedy: string | null
  /** Name under which the profile was saved, or null. */
  readonly saved: string | null
}

export interface ProfilesResult {
  readonly kind: 'profiles'
  readonly profiles: readonly ProfileView[]
}

export interface ProfileResult {
  readonly kind: 'profile'
  readonly profile: ProfileView
}
