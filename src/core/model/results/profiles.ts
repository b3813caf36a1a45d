import type { OAuthClient, OAuthProvider } from '../oauth.ts'
import type { WhatsAppProfileView } from './whatsapp.ts'
import type { CheckCause, CheckStep, ProfileHold, SmtpProfile } from '../profile.ts'

/** A sign-in with access tokens, without its secrets. */
export interface OAuthView extends OAuthClient {
  readonly clientSecret: 'none' | 'sealed' | 'reference'
  /** Whether a refresh token is kept. */
  readonly refreshToken: 'none' | 'sealed'
  readonly consentedAt: string | null
  readonly expiresAt: string | null
}

/** A profile without its secret. */
export interface ProfileView extends Omit<SmtpProfile, 'secret'> {
  /** Where the password comes from; never what it is. */
  readonly password: 'none' | 'sealed' | 'reference'
  /** How it signs in with access tokens, or null when it holds a password. */
  readonly oauth: OAuthView | null
  readonly hold: ProfileHold | null
  readonly testedAt: string | null
}

/** A person gave a profile the right to send. */
export interface SignedInResult {
  readonly kind: 'signed-in'
  readonly name: string
  readonly provider: OAuthProvider
  readonly clientId: string
  readonly scope: string
  /** End of the first access token, ISO 8601 UTC; it is renewed by itself. Null before the first one. */
  readonly expiresAt: string | null
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
  readonly whatsapp: readonly WhatsAppProfileView[]
}

export interface ProfileResult {
  readonly kind: 'profile'
  readonly profile: ProfileView
}
