/** How to reach WhatsApp through Meta's Cloud API: data, saved only after a good check. Pure. */
import type { ProfileLimits } from './limits.ts'
import type { ProfileHold } from './profile.ts'

export const GRAPH_URL = 'https://graph.facebook.com'
/** Released 2026-02; Meta serves it until 2028-07-29. */
export const GRAPH_VERSION = 'v25.0'
export const TEMPLATE_LANGUAGE = 'es_MX'
/** Meta lets one number write to another about once in six seconds (131056). */
export const PAIR_SECONDS = 6
/** Users in 24 hours of an account that is not verified yet. */
export const FIRST_USERS_PER_DAY = 250

/** Largest document that WhatsApp takes: 100 MB. */
export const LARGEST_DOCUMENT = 100 * 1024 * 1024

/** Days that an uploaded file can be named; a day less, so that it does not end while a message is on its way. */
export const MEDIA_DAYS = 29

export interface WhatsAppProfile extends ProfileLimits {
  readonly channel: 'whatsapp'
  readonly name: string
  /** Meta's id of the sending number ("identificador de número de teléfono"), not the number itself. */
  readonly phoneId: string
  /** Id of the WhatsApp Business account, which lets the test look the template up; '' when it is not known. */
  readonly accountId: string
  readonly baseUrl: string
  /** `v25.0` */
  readonly version: string
  /** Sealed access token (`v1.…`) or a reference (`env:NAME`, `file:/path`, `cmd:program args`). Never clear text. */
  readonly secret: string
  /** Name of the approved template: a document as its header, and the fields as `{{1}}`, `{{2}}`, … in its body. */
  readonly template: string
  readonly templateLanguage: string
  /** Template fields in the order of the body's parameters. */
  readonly fields: readonly string[]
  /** Seconds between two messages to the same number. */
  readonly pairSeconds: number
  readonly isDefault: boolean
  readonly connections: number
  readonly messagesPerConnection: number
}

export interface StoredWhatsAppProfile extends WhatsAppProfile {
  readonly hold: ProfileHold | null
  readonly testedAt: string | null
}

/** Whether a profile is WhatsApp's; a mail profile has no channel to name. */
export function isWhatsApp<WhatsApp extends Pick<WhatsAppProfile, 'channel'>>(
  profile: object | WhatsApp,
): profile is WhatsApp {
  return 'channel' in profile
}

/** `https://graph.facebook.com/v25.0` */
export function graphRoot({ baseUrl, version }: Pick<WhatsAppProfile, 'baseUrl' | 'version'>): string {
  return `${baseUrl.replace(/\/+$/, '')}/${version}`
}
