import type { ReplyScope } from '../model/delivery.ts'
import type { CheckCause } from '../model/profile.ts'
import type { ReplyPhase } from '../model/reply-rules.ts'
import type { Reply } from '../model/reply.ts'

interface CauseRule {
  readonly phases?: readonly ReplyPhase[]
  readonly scope?: ReplyScope
  readonly host?: RegExp
  readonly pattern?: RegExp
  readonly cause: CheckCause
}

const GOOGLE = /(?:^|\.)(?:gmail|googlemail|google)\.com$/i
const MICROSOFT = /(?:^|\.)(?:office365\.com|outlook\.com|office\.com|outlook\.office\.com)$/i

/** What to tell a person about a refusal. The first rule that fits decides. */
const CAUSE_RULES: readonly CauseRule[] = [
  { phases: ['greeting'], cause: 'greeting-refused' },
  { phases: ['starttls'], cause: 'no-starttls' },
  { scope: 'quota', cause: 'quota' },
  { pattern: /application-specific password|^534\b/i, host: GOOGLE, cause: 'gmail-app-password' },
  { phases: ['auth'], pattern: /^53[45]\b/, host: GOOGLE, cause: 'gmail-app-password' },
  {
    pattern: /^5\d\d 5\.7\.(?:30|139)\b|SmtpClientAuthentication is disabled/i,
    cause: 'm365-basic-auth-off',
  },
  { phases: ['auth'], pattern: /^5\d\d 5\.7\.3\b/, host: MICROSOFT, cause: 'm365-basic-auth-off' },
  { phases: ['auth'], pattern: /^4/, cause: 'auth-temporary' },
  { pattern: /^53[08]\b.*(?:starttls|tls|encrypt)/i, cause: 'encryption-required' },
  { phases: ['auth'], pattern: /^5/, cause: 'bad-password' },
  {
    scope: 'profile',
    pattern: /^530\b|5\.7\.57\b|authentication (?:is )?required|relay/i,
    cause: 'auth-required',
  },
  { scope: 'profile', cause: 'sender-not-allowed' },
  { phases: ['rcpt'], scope: 'recipient', cause: 'recipient-refused' },
  { scope: 'message', cause: 'message-refused' },
]

/** The stable code of the cause behind a 4yz or 5yz reply, for `smtp-test` and for a profile's hold. */
export function causeOfReply(refusal: {
  readonly phase: ReplyPhase
  readonly reply: Reply
  readonly host: string
  readonly scope: ReplyScope
}): CheckCause {
  const { phase, scope, host, reply } = refusal
  const fits = (rule: CauseRule) =>
    [rule.phases?.includes(phase), rule.host?.test(host), rule.pattern?.test(reply.text)].every(
      (fit) => fit !== false,
    ) && (rule.scope ?? scope) === scope
  return CAUSE_RULES.find(fits)?.cause ?? 'server-error'
}
