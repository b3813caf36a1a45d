import type { DeliveryState } from '../delivery.ts'
import type { ProfileModule } from '../profile.ts'
import type { Attention, HeldProfile, ReachedLimit } from './outbox.ts'
import type { SmtpTestResult } from './profiles.ts'

export interface InitResult {
  readonly kind: 'init'
  readonly data: string
  readonly store: string
  readonly settings: string
  /** Whether the store was there before. */
  readonly existed: boolean
  /** Source folders that hold now. */
  readonly sources: readonly string[]
  /** Whether a settings file was there before, and was left as it is. */
  readonly settingsKept: boolean
  /** Source folders that were asked for and do not hold, because the settings file was kept. */
  readonly notSet: readonly string[]
  readonly needsPerson: boolean
  /** Profile saved in the same session, or null. */
  readonly profile: string | null
  /** How the profile of that session was tested; null when none was asked for. */
  readonly test: SmtpTestResult | null
}

export interface StatusResult {
  readonly kind: 'status'
  readonly deliveries: Readonly<Record<DeliveryState, number>>
  readonly attention: Attention
  readonly orders: number
  readonly customers: number
  readonly documents: { readonly usable: number; readonly unusable: number }
  /** Deliveries that are due now. */
  readonly due: number
  /** Of these, what a `send` would begin with now: neither their profile is on hold nor its limit of a day reached. */
  readonly ready: number
  readonly nextDueAt: string | null
  readonly lastSentAt: string | null
  readonly profiles: readonly HeldProfile[]
  /** Limits of a day that are reached, with what waits for them. */
  readonly limits: readonly ReachedLimit[]
  /** The profile that sends what is of a module and names none, and how much of it is due now; [] while there is no profile. */
  readonly modules: readonly {
    readonly module: ProfileModule
    readonly profile: string
    readonly due: number
  }[]
}

/** What `doctor` can find, by check. Worded in ui/messages under `doctor.finding.<code>`; its holes are filled by `params`. */
export const FINDINGS = {
  'sources-found': 'ok',
  'sources-none': 'warning',
  'source-missing': 'error',
  'folder-private': 'ok',
  'folder-open': 'warning',
  'store-sound': 'ok',
  'store-damaged': 'error',
  'store-strange': 'error',
  'store-on-network': 'warning',
  'disk-enough': 'ok',
  'disk-low': 'error',
  'profiles-none': 'warning',
  'profile-answers': 'ok',
  'profile-known': 'ok',
  'profile-fails': 'error',
  'profile-held': 'error',
  'profile-waits': 'warning',
  'secret-unreadable': 'error',
  'module-profile': 'ok',
  'module-held': 'error',
  'customers-none': 'warning',
  'mailer-found': 'ok',
  'mailer-missing': 'error',
  'company-unnamed': 'warning',
  'portal-ready': 'ok',
  'portal-url-missing': 'error',
  'outbox-clear': 'ok',
  'outbox-attention': 'warning',
} as const
export type FindingCode = keyof typeof FINDINGS
export type FindingLevel = (typeof FINDINGS)[FindingCode]

export interface Finding {
  readonly code: FindingCode
  readonly level: FindingLevel
  readonly params: Readonly<Record<string, string | number>>
}

export interface DoctorResult {
  readonly kind: 'doctor'
  readonly findings: readonly Finding[]
  readonly settings: readonly { readonly name: string; readonly value: string; readonly origin: string }[]
}

export interface DemoResult {
  readonly kind: 'demo'
  readonly folder: string
  readonly packaged: number
  readonly sent: number
  readonly messages: readonly {
    readonly to: readonly string[]
    readonly subject: string
    readonly attachments: readonly string[]
    readonly file: string
  }[]
}

/** A change that needs no more words than what was done to what. */
export const DONE_ACTIONS = [
  'saved',
  'removed',
  'held',
  'released',
  'cancelled',
  'resolved',
  'imported',
  'exported',
  'made-default',
  'checked',
  'restored',
] as const
export type DoneAction = (typeof DONE_ACTIONS)[number]
export type DoneSubject =
  | 'customer'
  | 'contact'
  | 'template'
  | 'addenda'
  | 'type'
  | 'profile'
  | 'order'
  | 'delivery'
  | 'document'
  | 'address'
  | 'operator'
  | 'group'
  | 'file-password'
  | 'role'
  | 'receipt'

export interface DoneResult {
  readonly kind: 'done'
  readonly action: DoneAction
  readonly subject: DoneSubject
  /** Codes, names or ids that were changed. */
  readonly names: readonly string[]
  /** What came of it besides, that whoever did it may not have meant. */
  readonly note?: DoneNote
  /** Orders that were held for addresses that left the quarantine, and go again. */
  readonly orders?: number
  /** The operator that was saved, when the operating system knows no user of that name. */
  readonly unknownUser?: string
}

/** `not-on-list`: whoever typed it may do nothing any more; `open-list`: nobody is on it, so everybody may do everything. */
export type DoneNote = 'not-on-list' | 'open-list'
