/**
 * What a server's refusal means: whose fault it is and whether time cures it. The first digit is not enough: `550 5.4.5` of
 * Gmail is a daily quota and `550 5.7.30` of Microsoft a sign-in method, and neither is the message's fault.
 */
import type { ReplyScope } from './delivery.ts'

/** The command that was refused; `dot` is the reply after the message's last byte. */
export const REPLY_PHASES = ['greeting', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'dot'] as const
export type ReplyPhase = (typeof REPLY_PHASES)[number]

export interface ReplyRule {
  readonly name: string
  /** Phases in which it holds; any when left out. */
  readonly phases?: readonly ReplyPhase[]
  /** Tested against `CODE ENHANCED words`, on one line. */
  readonly pattern: RegExp
  readonly outcome: 'deferred' | 'rejected'
  readonly scope: ReplyScope
  readonly note?: string
}

const TRANSACTION = ['mail', 'rcpt', 'data', 'dot'] as const satisfies readonly ReplyPhase[]
const CONTENT = ['data', 'dot'] as const satisfies readonly ReplyPhase[]
const BEFORE_AUTH = ['greeting', 'ehlo'] as const satisfies readonly ReplyPhase[]

/** The first rule that fits decides. The last five take whatever is left. */
export const REPLY_RULES: readonly ReplyRule[] = [
  {
    name: 'server-closing',
    pattern: /^421\b/,
    outcome: 'deferred',
    scope: 'host',
    note: 'RFC 5321 § 4.2.1: the server ends the session, whatever was asked',
  },
  { name: 'no-service', phases: BEFORE_AUTH, pattern: /^[45]\d\d/, outcome: 'deferred', scope: 'host' },

  // signing in
  {
    name: 'password-transition',
    phases: ['auth'],
    pattern: /^432 4\.7\.12\b/,
    outcome: 'rejected',
    scope: 'profile',
    note: 'RFC 4954 § 6: the password has to be changed first',
  },
  {
    name: 'auth-later',
    phases: ['auth'],
    pattern: /^4\d\d/,
    outcome: 'deferred',
    scope: 'host',
    note: 'RFC 4954 § 6',
  },
  { name: 'auth-refused', phases: ['auth'], pattern: /^5\d\d/, outcome: 'rejected', scope: 'profile' },
  {
    name: 'not-signed-in',
    pattern: /^53[0458]\b/,
    outcome: 'rejected',
    scope: 'profile',
    note: 'RFC 4954 § 6: authentication required, refused, too weak, or not without encryption',
  },
  {
    name: 'microsoft-sign-in',
    pattern: /^5\d\d 5\.7\.(?:3|30|57|139)\b/,
    outcome: 'rejected',
    scope: 'profile',
    note: 'Exchange Online: basic authentication is off, or the client is anonymous',
  },
  { name: 'starttls-later', phases: ['starttls'], pattern: /^4\d\d/, outcome: 'deferred', scope: 'host' },
  {
    name: 'starttls-refused',
    phases: ['starttls'],
    pattern: /^5\d\d/,
    outcome: 'rejected',
    scope: 'profile',
  },

  // who may send
  {
    name: 'send-as',
    pattern: /^5\d\d (?:5\.7\.60|5\.2\.252)\b|send ?as ?denied|(?:not allowed|permissions?) to send as/i,
    outcome: 'rejected',
    scope: 'profile',
    note: 'Exchange Online tells it at MAIL FROM or only after the message',
  },
  {
    name: 'sender-refused',
    pattern: /^5\d\d (?:5\.1\.[78]\b|.*(?:sender address rejected|not owned by user|sender not allowed))/i,
    outcome: 'rejected',
    scope: 'profile',
    note: 'Postfix tells it at RCPT TO (smtpd_delay_reject)',
  },
  {
    name: 'no-relay',
    phases: TRANSACTION,
    pattern:
      /^5\d\d .*(?:relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed))|authentication (?:is )?required)/i,
    outcome: 'rejected',
    scope: 'profile',
  },

  // how much may be sent
  {
    name: 'daily-quota',
    pattern: /^[45]\d\d [45]\.4\.5\b/,
    outcome: 'deferred',
    scope: 'quota',
    note: 'Gmail: 550 5.4.5',
  },
  {
    name: 'daily-limit',
    phases: TRANSACTION,
    pattern: /^[45]\d\d .*(?:daily .*(?:limit|quota)|(?:sending|submission) ?quota)/i,
    outcome: 'deferred',
    scope: 'quota',
  },
  {
    name: 'submission-quota',
    phases: ['mail', 'data', 'dot'],
    pattern: /^[45]\d\d [45]\.2\.2\b/,
    outcome: 'deferred',
    scope: 'quota',
    note: 'At RCPT TO the same code is a full mailbox',
  },
  {
    name: 'connection-limit',
    pattern: /^432\b/,
    outcome: 'deferred',
    scope: 'quota',
    note: 'Exchange Online: 432 4.3.2, concurrent connections',
  },
  {
    name: 'too-many-recipients',
    phases: TRANSACTION,
    pattern: /^45\d 4\.5\.3\b/,
    outcome: 'deferred',
    scope: 'quota',
  },
  {
    name: 'throttled',
    phases: TRANSACTION,
    pattern:
      /^454\b|^4\d\d .*(?:throttl|peak smtp relay|sending rate|rate limit|too much mail|too many (?:messages|connections))/i,
    outcome: 'deferred',
    scope: 'quota',
    note: 'Amazon SES 454, Workspace relay 450 4.2.1, Postfix anvil 450 4.7.1',
  },

  // how big
  {
    name: 'too-big',
    phases: TRANSACTION,
    pattern: /^5\d\d 5\.(?:3\.4|2\.3)\b/,
    outcome: 'rejected',
    scope: 'message',
  },
  {
    name: 'size-refused',
    phases: ['mail', 'data', 'dot'],
    pattern: /^552\b/,
    outcome: 'rejected',
    scope: 'message',
  },
  {
    name: 'no-room-now',
    phases: ['mail', 'data', 'dot'],
    pattern: /^452\b/,
    outcome: 'deferred',
    scope: 'message',
    note: 'RFC 1870 § 6.1: no room for this size now',
  },

  // whatever is left
  {
    name: 'out-of-step',
    pattern: /^503\b/,
    outcome: 'deferred',
    scope: 'host',
    note: 'Commands and replies lost their order',
  },
  { name: 'recipient-later', phases: ['rcpt'], pattern: /^4\d\d/, outcome: 'deferred', scope: 'recipient' },
  { name: 'recipient-refused', phases: ['rcpt'], pattern: /^5\d\d/, outcome: 'rejected', scope: 'recipient' },
  { name: 'message-later', phases: CONTENT, pattern: /^4\d\d/, outcome: 'deferred', scope: 'message' },
  { name: 'message-refused', phases: CONTENT, pattern: /^5\d\d/, outcome: 'rejected', scope: 'message' },
  {
    name: 'later',
    pattern: /^4\d\d/,
    outcome: 'deferred',
    scope: 'host',
    note: 'MAIL FROM names only the sender: every message would meet it',
  },
  { name: 'refused', pattern: /^5\d\d/, outcome: 'rejected', scope: 'profile' },
]

/** A reply outside 4yz and 5yz where a refusal was expected: nothing to build on, so it is tried again later. */
const NONSENSE: ReplyRule = { name: 'not-a-refusal', pattern: /^/, outcome: 'deferred', scope: 'host' }

/** A server's refusal, taken apart. */
export interface Refusal {
  readonly phase: ReplyPhase
  readonly code: number
  /** RFC 3463 code, or ''. */
  readonly enhanced: string
  /** The reply's words on one line, with or without the codes in front. */
  readonly text: string
}

export interface Classified {
  readonly outcome: 'deferred' | 'rejected'
  readonly scope: ReplyScope
  /** Name of the rule that decided. */
  readonly rule: string
}

/**
 * What a 4yz or 5yz reply means for the recipient, the message, the profile, its quota or the host. Pure: the same reply
 * always gives the same answer.
 */
export function classifyReply(refusal: Refusal): Classified {
  const { outcome, scope, name } = ruleFor(refusal)
  return { outcome, scope, rule: name }
}

/** The rule that decides about a refusal, with its note. */
export function ruleFor({ phase, code, enhanced, text }: Refusal): ReplyRule {
  const words = text.replace(/^\d{3}(?:[ -]|$)/, '').replace(/^[245]\.\d{1,3}\.\d{1,3}(?: |$)/, '')
  const line = [String(code), enhanced, words].filter((part) => part !== '').join(' ')
  const fits = (rule: ReplyRule) => (rule.phases?.includes(phase) ?? true) && rule.pattern.test(line)
  return REPLY_RULES.find(fits) ?? NONSENSE
}
