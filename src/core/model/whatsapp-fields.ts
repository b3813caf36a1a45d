/** A WhatsApp profile put together from what is saved and what was typed. Pure. */
import { CfdiMailError } from './errors.ts'
import { DEFAULT_LIMITS, type ProfileLimits } from './limits.ts'
import {
  GRAPH_URL,
  GRAPH_VERSION,
  PAIR_SECONDS,
  TEMPLATE_LANGUAGE,
  type WhatsAppProfile,
} from './whatsapp-profile.ts'

/** What may be changed of a WhatsApp profile without a new test. */
export interface WhatsAppLimitFields {
  readonly perMinute?: number | null | undefined
  readonly perDay?: number | null | undefined
  readonly pairSeconds?: number | undefined
  readonly onUnknown?: Pick<ProfileLimits, 'onUnknown' | 'resendAfterHours'> | undefined
}

/** What may be typed; undefined leaves the saved value, or takes the usual one. */
export interface WhatsAppFields extends WhatsAppLimitFields {
  readonly phoneId?: string | undefined
  readonly accountId?: string | undefined
  readonly baseUrl?: string | undefined
  readonly version?: string | undefined
  readonly template?: string | undefined
  readonly templateLanguage?: string | undefined
  /** Names of template fields, checked already. */
  readonly fields?: readonly string[] | undefined
}

/** One number a transaction: to each goes a message of its own. One connection: Meta's pace is far above ours. */
const EMPTY: WhatsAppProfile = {
  ...{
    channel: 'whatsapp',
    name: '',
    phoneId: '',
    accountId: '',
    baseUrl: GRAPH_URL,
    version: GRAPH_VERSION,
  },
  ...{ secret: '', template: '', templateLanguage: TEMPLATE_LANGUAGE, fields: [], pairSeconds: PAIR_SECONDS },
  ...{ isDefault: false, connections: 1, messagesPerConnection: 1000 },
  ...DEFAULT_LIMITS,
  maxRecipients: 1,
}

/**
 * The profile that was meant.
 * @throws BAD_WHATSAPP_PROFILE that names the flag
 */
export function whatsappProfileFrom(
  saved: WhatsAppProfile | undefined,
  fields: WhatsAppFields,
): WhatsAppProfile {
  const { onUnknown, ...rest } = fields
  const base = saved ?? EMPTY
  return checked({ ...base, ...typed(base, rest), ...onUnknown })
}

/** Only the profile's own fields: a request has more in it. */
function typed(base: WhatsAppProfile, fields: Omit<WhatsAppFields, 'onUnknown'>): Partial<WhatsAppProfile> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== undefined && name in base && name !== 'name'),
  )
}

/** Whether anything was typed that a saved profile does not have for certain. */
export function changesWhatsApp(fields: WhatsAppFields): boolean {
  return Object.keys(EMPTY).some(
    (name) => name !== 'name' && (fields as Readonly<Record<string, unknown>>)[name] !== undefined,
  )
}

function checked(profile: WhatsAppProfile): WhatsAppProfile {
  const { phoneId, accountId, baseUrl, version, template, templateLanguage, pairSeconds } = profile
  const good: Readonly<Record<string, readonly [boolean, string | number]>> = {
    'phone-id': [/^\d{5,20}$/.test(phoneId), phoneId],
    'account-id': [accountId === '' || /^\d{5,20}$/.test(accountId), accountId],
    'base-url': [isTrusted(baseUrl), baseUrl],
    'api-version': [/^v\d{1,3}\.\d$/.test(version), version],
    template: [/^[a-z0-9_]{1,512}$/.test(template), template],
    'template-language': [/^[a-z]{2,3}(?:_[A-Z]{2})?$/.test(templateLanguage), templateLanguage],
    'pair-seconds': [pairSeconds <= 3600, pairSeconds],
  }
  for (const [field, [ok, value]] of Object.entries(good)) {
    const variant = value === '' ? 'missing' : field
    if (!ok) throw new CfdiMailError('BAD_WHATSAPP_PROFILE', { flag: field, value, variant })
  }
  return profile
}

const LOCAL_HOST = /^https?:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d{1,5})?\/?$/

/** The token goes to Meta and nowhere else; a server on this machine is for trials. */
function isTrusted(url: string): boolean {
  return url.replace(/\/$/, '') === GRAPH_URL || LOCAL_HOST.test(url)
}
