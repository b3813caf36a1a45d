/**
 * What an error of Meta's Cloud API means: whose fault it is and whether time cures it. Meta asks to build on the code, since
 * titles change (developers.facebook.com, WhatsApp Cloud API, error codes). Pure.
 */
import type { ReplyScope } from './delivery.ts'
import type { CheckCause } from './profile.ts'

/**
 * Who has to wait or to act:
 * - `channel`: the account's own matter (token, permission, payment, spam); a person mends it, the profile is held
 * - `template`: the approved template; the profile is held, because everything it sends uses that template
 * - `rate`, `host`: Meta's limits and Meta's trouble; the profile waits by itself, longer each time
 * - `pair`: too much to one number; only that recipient waits
 * - `recipient`, `message`: this one fails, the others go on
 * - `media`: the uploaded file; it is uploaded once more
 */
export const WHATSAPP_SCOPES = [
  'channel',
  'template',
  'rate',
  'host',
  'pair',
  'recipient',
  'message',
  'media',
] as const
export type WhatsAppScope = (typeof WHATSAPP_SCOPES)[number]

export interface WhatsAppRule {
  readonly name: string
  /** Codes, or a first and a last one. */
  readonly codes: readonly (number | readonly [number, number])[]
  /** Only with this `error_subcode`. */
  readonly subcode?: number
  /** `uncertain`: the server had the whole request and failed itself, so nobody knows what it did with it. */
  readonly outcome: 'deferred' | 'rejected' | 'uncertain'
  readonly scope: WhatsAppScope
  /** Words for a profile's hold. */
  readonly cause?: CheckCause
  readonly note?: string
}

/** The first rule that fits decides. */
export const WHATSAPP_RULES: readonly WhatsAppRule[] = [
  {
    name: 'token',
    codes: [0, 190],
    outcome: 'deferred',
    scope: 'channel',
    cause: 'whatsapp-token',
    note: 'The access token has expired, was revoked or is not one',
  },
  {
    name: 'permission',
    codes: [3, 10, [200, 299]],
    outcome: 'deferred',
    scope: 'channel',
    cause: 'whatsapp-permission',
    note: 'whatsapp_business_messaging and whatsapp_business_management are needed',
  },
  {
    name: 'phone-id',
    codes: [100],
    subcode: 33,
    outcome: 'deferred',
    scope: 'channel',
    cause: 'whatsapp-phone-id',
    note: 'No such object, or the token may not see it',
  },
  {
    name: 'not-registered',
    codes: [133010],
    outcome: 'deferred',
    scope: 'channel',
    cause: 'whatsapp-phone-id',
    note: 'The sending number is not registered with the Cloud API',
  },
  {
    name: 'test-number',
    codes: [131030],
    outcome: 'deferred',
    scope: 'channel',
    cause: 'whatsapp-test-number',
    note: 'A test number writes only to the numbers on its list',
  },
  {
    name: 'payment',
    codes: [131042],
    outcome: 'deferred',
    scope: 'channel',
    cause: 'whatsapp-payment',
    note: 'No payment method, or it was refused',
  },
  {
    name: 'stopped',
    codes: [368, 131031, 131048, 131064],
    outcome: 'deferred',
    scope: 'channel',
    cause: 'whatsapp-stopped',
    note: 'Spam, policy or lock: to go on would make it worse',
  },
  {
    name: 'rate',
    codes: [4, 80007, 130429],
    outcome: 'deferred',
    scope: 'rate',
    cause: 'whatsapp-limit',
    note: 'Limit of the app, the account or the number',
  },
  {
    name: 'pair-rate',
    codes: [131056],
    outcome: 'deferred',
    scope: 'pair',
    note: 'Too many messages from one number to the same one',
  },
  {
    name: 'undeliverable',
    codes: [131026],
    outcome: 'rejected',
    scope: 'recipient',
    note: 'Not on WhatsApp, an old version, or its terms were not accepted',
  },
  {
    name: 'held-back',
    codes: [130472, 131049],
    outcome: 'rejected',
    scope: 'recipient',
    note: 'Meta chose not to deliver; an immediate repetition would not be either',
  },
  { name: 'sender-is-recipient', codes: [131021], outcome: 'rejected', scope: 'recipient' },
  {
    name: 'template',
    codes: [132000, 132001, 132007, 132008, 132012, 132015, 132016],
    outcome: 'deferred',
    scope: 'template',
    cause: 'whatsapp-template',
    note: 'Missing, not approved, paused, disabled, or with other parameters',
  },
  {
    name: 'text-too-long',
    codes: [132005],
    outcome: 'rejected',
    scope: 'message',
    note: 'The template with this message’s texts in it',
  },
  {
    name: 'media',
    codes: [131052, 131053],
    outcome: 'rejected',
    scope: 'media',
    note: 'An uploaded file lives 30 days',
  },
  {
    name: 'outside-window',
    codes: [131047],
    outcome: 'rejected',
    scope: 'message',
    note: 'After 24 hours only a template may be sent',
  },
  { name: 'bad-parameter', codes: [100, 131008, 131009, 131051], outcome: 'rejected', scope: 'message' },
  {
    name: 'maintenance',
    codes: [131057, 133004],
    outcome: 'deferred',
    scope: 'host',
    cause: 'whatsapp-unavailable',
  },
  {
    name: 'server-trouble',
    codes: [1, 2, 131000, 131016],
    outcome: 'uncertain',
    scope: 'host',
    cause: 'whatsapp-unavailable',
    note: 'Meta had the request and says that something went wrong at its end',
  },
]

/** A code that no rule names: tried again later, so that a new kind of refusal does not burn the queue. */
const UNKNOWN_CODE: WhatsAppRule = {
  name: 'unknown-code',
  codes: [],
  outcome: 'deferred',
  scope: 'message',
}

/** The rule for an error's `code` and `error_subcode` (0 for none). */
export function whatsappRule(code: number, subcode: number): WhatsAppRule {
  const has = ({ codes }: WhatsAppRule) =>
    codes.some((each) => (typeof each === 'number' ? each === code : code >= each[0] && code <= each[1]))
  const fits = (rule: WhatsAppRule) => has(rule) && (rule.subcode ?? subcode) === subcode
  return WHATSAPP_RULES.find(fits) ?? UNKNOWN_CODE
}

/** The scope in the terms that every channel shares: what is not one recipient's or one message's holds the profile. */
export function sharedScope(scope: WhatsAppScope): ReplyScope {
  switch (scope) {
    case 'channel':
    case 'template':
      return 'profile'
    case 'rate':
    case 'host':
      return 'host'
    case 'pair':
    case 'recipient':
      return 'recipient'
    case 'message':
    case 'media':
      return 'message'
  }
}

/**
 * Code and words of an error as people paste it: `131026 Message undeliverable`, `(#131026) …`. SMTP's own refusals are three
 * digits from 400 to 599, which no error of Meta's is; its permissions from 200 to 299 need the `(#200)`, since 250 is mail.
 * @returns null when it is none
 */
export function whatsappCodeIn(text: string): number | null {
  const marked = /^\s*(?:\d{1,6}\s+)?\(#(\d{1,6})\)/.exec(text)
  if (marked !== null) return Number(marked[1])
  const bare = /^\s*(\d{1,6})\b/.exec(text)
  return bare === null ? null : bareCode(Number(bare[1]))
}

function bareCode(code: number): number | null {
  const isMail = (code >= 200 && code <= 299) || (code >= 400 && code <= 599)
  const isKnown = whatsappRule(code, 0) !== UNKNOWN_CODE || code >= 100_000
  return isKnown && !isMail ? code : null
}
