import type { CheckCause, CheckStep, ProfileHold } from '../profile.ts'
import type { WhatsAppProfile } from '../whatsapp-profile.ts'

/** A WhatsApp profile without its secrets. */
export interface WhatsAppProfileView extends Omit<WhatsAppProfile, 'secret'> {
  /** Where the access token comes from; never what it is. */
  readonly token: 'none' | 'sealed' | 'reference'
  readonly hold: ProfileHold | null
  readonly testedAt: string | null
}

export interface WhatsAppProfileResult {
  readonly kind: 'whatsapp-profile'
  readonly profile: WhatsAppProfileView
}

export interface WhatsAppTestResult {
  readonly kind: 'whatsapp-test'
  readonly ok: boolean
  readonly phoneId: string
  readonly baseUrl: string
  readonly steps: readonly CheckStep[]
  readonly cause: CheckCause | null
  /** Words in the reader's language; filled by the printer from `cause`. */
  readonly remedy: string | null
  /** Name under which the profile was saved, or null. */
  readonly saved: string | null
}
