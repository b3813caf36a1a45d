/** How to reach a server that sends: data, saved only after a good check. */
import type { ProfileLimits } from './limits.ts'

/** `starttls` and `tls` are both required, never opportunistic; `none` is for a relay on this machine only. */
export const SECURITIES = ['starttls', 'tls', 'none'] as const
export type SmtpSecurity = (typeof SECURITIES)[number]

export const MODULES = ['invoicing', 'collections', 'payroll', 'portal'] as const
export type ProfileModule = (typeof MODULES)[number]

export interface SmtpProfile extends ProfileLimits {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly security: SmtpSecurity
  /** '' sends without authentication (a relay that trusts this machine). */
  readonly user: string
  /** Sealed password (`v1.…`), a reference (`env:NAME`, `file:/path`, `cmd:program args`), or '' for none. Never clear text. */
  readonly secret: string
  /** Sender address; the user of the server when nothing else is said. */
  readonly from: string
  /** Name shown beside the sender address, '' for none. */
  readonly fromName: string
  readonly replyTo: string
  readonly isDefault: boolean
  readonly modules: readonly ProfileModule[]
  readonly connections: number
  readonly messagesPerConnection: number
  /** SHA-256 fingerprint (hex with colons) of the one certificate to trust besides the system's authorities, '' for none. */
  readonly pin: string
  /** PEM file with a private authority to trust besides the system's, '' for none. */
  readonly caFile: string
}

/** The part of a profile that says where to connect to and whom to trust there. */
export type Endpoint = Pick<SmtpProfile, 'host' | 'port' | 'security' | 'user' | 'pin' | 'caFile'>

/** A profile on hold sends nothing: after a fault that is its own (password, TLS, sender) one try is enough. */
export interface ProfileHold {
  readonly reason: string
  /** ISO 8601 UTC until which it waits by itself; null waits for a person (a passed `smtp-test`). */
  readonly until: string | null
  /** Host faults in a row: the next wait is longer. */
  readonly strikes: number
}

export interface StoredProfile extends SmtpProfile {
  readonly hold: ProfileHold | null
  readonly testedAt: string | null
}

/** Minutes a profile waits after the 1st, 2nd, … host fault in a row; the last one repeats. */
export const HOST_HOLD_MINUTES = [1, 5, 15, 60] as const

/** The steps of `smtp-test` and `whatsapp-test`, each in its order. */
export const CHECK_STEPS = [
  'dns',
  'connect',
  'tls',
  'greeting',
  'auth',
  'mail-from',
  'rcpt-to',
  'token',
  'number',
  'template',
  'message',
] as const
export type CheckStepName = (typeof CHECK_STEPS)[number]

/** What one step saw. `detail` is the server's or the network's own words (TLS version, issuer, days left, reply): facts, not prose. */
export interface CheckStep {
  readonly step: CheckStepName
  readonly ok: boolean
  readonly detail: string
  readonly ms: number
}

/** How the detail of the step `auth` begins for a profile without a user. */
export const NOBODY_SIGNED_IN = 'nobody signed in'

/** Why a check failed, as a stable code; ui/messages has cause and remedy in plain words under `cause.<code>` and `remedy.<code>`. */
export const CHECK_CAUSES = [
  'host-not-found',
  'refused',
  'no-answer',
  'wrong-port-tls',
  'wrong-port-plain',
  'no-starttls',
  'encryption-required',
  'ca-file',
  'certificate-expired',
  'certificate-untrusted',
  'certificate-name',
  'tls-other',
  'greeting-refused',
  'no-auth-offered',
  'auth-required',
  'gmail-app-password',
  'm365-basic-auth-off',
  'bad-password',
  'auth-temporary',
  'oauth-consent',
  'oauth-client',
  'oauth-refused',
  'oauth-unavailable',
  'secret-unreadable',
  'sender-not-allowed',
  'recipient-refused',
  'message-refused',
  'quota',
  'server-error',
  'whatsapp-token',
  'whatsapp-permission',
  'whatsapp-phone-id',
  'whatsapp-account-id',
  'whatsapp-test-number',
  'whatsapp-payment',
  'whatsapp-stopped',
  'whatsapp-template',
  'whatsapp-version',
  'whatsapp-recipient',
  'whatsapp-limit',
  'whatsapp-unavailable',
] as const
export type CheckCause = (typeof CHECK_CAUSES)[number]

export interface ProfileCheck {
  readonly ok: boolean
  readonly steps: readonly CheckStep[]
  readonly cause: CheckCause | null
}

/** A hold's text: the cause's code, then the words that came with it. */
export function holdReason(cause: CheckCause, words: string): string {
  return `${cause}: ${words}`
}

/** The cause at the beginning of a hold's text, or null when a person wrote it. */
export function causeOfHold(reason: string): CheckCause | null {
  const code = reason.split(':')[0]
  return CHECK_CAUSES.find((cause) => cause === code) ?? null
}

/** Whether a hold is over by itself at that time. */
export function isHoldOver(hold: ProfileHold, now: Date): boolean {
  return hold.until !== null && hold.until <= now.toISOString()
}
