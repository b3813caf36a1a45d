import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ReplyScope } from '../../src/core/model/delivery.ts'
import {
  classifyReply,
  REPLY_PHASES,
  REPLY_RULES,
  type ReplyPhase,
  ruleFor,
} from '../../src/core/model/reply-rules.ts'

function classify(phase: ReplyPhase, reply: string) {
  const [, code = '', enhanced = ''] = /^(\d{3})(?: (\d\.\d+\.\d+))?/.exec(reply) ?? []
  return classifyReply({ phase, code: Number(code), enhanced, text: reply })
}

/** Replies as servers write them: [phase, reply, outcome, scope]. */
const REPLIES: readonly (readonly [ReplyPhase, string, 'deferred' | 'rejected', ReplyScope])[] = [
  // the recipient's
  [
    'rcpt',
    '450 4.2.0 <uno@cliente.example>: Recipient address rejected: Greylisted',
    'deferred',
    'recipient',
  ],
  ['rcpt', '451 4.7.1 Greylisting in action, please come back later', 'deferred', 'recipient'],
  ['rcpt', '452 4.2.2 mailbox full', 'deferred', 'recipient'],
  ['rcpt', '452 4.3.1 Insufficient system storage', 'deferred', 'recipient'],
  [
    'rcpt',
    '450 4.2.1 The user you are trying to contact is receiving mail too quickly',
    'deferred',
    'recipient',
  ],
  [
    'rcpt',
    '550 5.1.1 <nadie@cliente.example>: Recipient address rejected: User unknown',
    'rejected',
    'recipient',
  ],
  ['rcpt', '550 5.2.1 The email account that you tried to reach is disabled', 'rejected', 'recipient'],
  ['rcpt', '552 5.2.2 mailbox full', 'rejected', 'recipient'],
  ['rcpt', '550 5.7.1 Recipient not allowed by policy', 'rejected', 'recipient'],
  ['rcpt', '550 no such user', 'rejected', 'recipient'],
  // the message's
  ['mail', '552 5.3.4 Message size exceeds fixed limit', 'rejected', 'message'],
  ['mail', '452 4.3.1 Insufficient system storage', 'deferred', 'message'],
  ['dot', '552-5.2.3 Your message exceeded size limits', 'rejected', 'message'],
  ['rcpt', '550 5.3.4 message too big for system', 'rejected', 'message'],
  ['dot', '554 5.6.0 Malformed message', 'rejected', 'message'],
  ['dot', '550 5.7.1 Message rejected as spam', 'rejected', 'message'],
  ['dot', '451 4.3.0 Queue file write error', 'deferred', 'message'],
  ['data', '554 5.5.1 Error: no valid recipients', 'rejected', 'message'],
  // the profile's
  ['auth', '535 5.7.8 Username and Password not accepted', 'rejected', 'profile'],
  [
    'auth',
    '535 5.7.139 Authentication unsuccessful, basic authentication is disabled',
    'rejected',
    'profile',
  ],
  ['auth', '534 5.7.9 Application-specific password required', 'rejected', 'profile'],
  ['auth', '432 4.7.12 A password transition is needed', 'rejected', 'profile'],
  ['mail', '530 5.7.0 Authentication Required', 'rejected', 'profile'],
  ['mail', '550 5.7.30 Basic authentication is not supported for Client Submission', 'rejected', 'profile'],
  ['dot', '550 5.7.60 SMTP; Client does not have permissions to send as this sender', 'rejected', 'profile'],
  ['dot', '554 5.2.252 SendAsDenied; ventas@otro.example not allowed to send as', 'rejected', 'profile'],
  ['mail', '550 5.1.8 Sender address rejected: Domain not found', 'rejected', 'profile'],
  ['mail', '553 no such sender', 'rejected', 'profile'],
  [
    'rcpt',
    '553 5.7.1 <a@b.example>: Sender address rejected: not owned by user ventas',
    'rejected',
    'profile',
  ],
  ['rcpt', '554 5.7.1 <a@b.example>: Relay access denied', 'rejected', 'profile'],
  ['starttls', '502 5.5.1 not implemented', 'rejected', 'profile'],
  // the quota's
  ['mail', '550 5.4.5 Daily user sending limit exceeded', 'deferred', 'quota'],
  ['rcpt', '550 5.4.5 Daily SMTP relay limit exceeded for user', 'deferred', 'quota'],
  ['dot', '550 5.4.5 Daily user sending limit exceeded', 'deferred', 'quota'],
  ['rcpt', '452 4.5.3 Too many recipients', 'deferred', 'quota'],
  ['dot', '454 4.7.0 Throttling failure: Maximum sending rate exceeded', 'deferred', 'quota'],
  ['dot', '554 5.2.2 Submission quota exceeded', 'deferred', 'quota'],
  ['mail', '432 4.3.2 Concurrent connections limit exceeded', 'deferred', 'quota'],
  ['rcpt', '450 4.2.1 Peak SMTP relay limit exceeded', 'deferred', 'quota'],
  ['rcpt', '450 4.7.1 Error: too much mail from 192.0.2.1', 'deferred', 'quota'],
  // the host's
  ['greeting', '554 5.7.1 no', 'deferred', 'host'],
  ['greeting', '421 4.3.2 busy', 'deferred', 'host'],
  ['ehlo', '550 5.7.1 your name is not welcome', 'deferred', 'host'],
  ['auth', '454 4.7.0 Temporary authentication failure', 'deferred', 'host'],
  ['starttls', '454 4.7.0 TLS not available due to local problem', 'deferred', 'host'],
  ['rcpt', '421 4.7.0 Try again later, closing connection', 'deferred', 'host'],
  ['dot', '421 4.3.0 shutting down', 'deferred', 'host'],
  ['mail', '451 4.3.0 local error in processing', 'deferred', 'host'],
  ['data', '503 5.5.1 Bad sequence of commands', 'deferred', 'host'],
  ['mail', '250 2.0.0 what', 'deferred', 'host'],
]

describe('a refusal is judged by phase, code and words', () => {
  for (const [phase, reply, outcome, scope] of REPLIES) {
    test(`${phase}: ${reply} is ${outcome} and the ${scope}’s`, () => {
      const { rule, ...judged } = classify(phase, reply)
      assert.deepEqual(judged, { outcome, scope }, rule)
    })
  }
})

describe('the list of rules', () => {
  test('answers for every code in every phase without falling through', () => {
    for (const phase of REPLY_PHASES) {
      for (let code = 400; code < 600; code++) {
        const { rule, outcome } = classify(phase, `${code} x`)
        assert.notEqual(rule, 'not-a-refusal', `${phase} ${code}`)
        if (code < 500 && phase !== 'auth') assert.equal(outcome, 'deferred', `${phase} ${code}`)
      }
    }
  })

  test('never marks a message failed for a profile, quota or host', () => {
    for (const rule of REPLY_RULES) {
      if (rule.scope === 'host' || rule.scope === 'quota') assert.equal(rule.outcome, 'deferred', rule.name)
    }
  })

  test('has names that are each used once', () => {
    assert.equal(new Set(REPLY_RULES.map(({ name }) => name)).size, REPLY_RULES.length)
  })

  test('takes the words with or without their codes', () => {
    const refusal = { phase: 'mail', code: 550, enhanced: '5.4.5' } as const
    const texts = ['550 5.4.5 Daily limit', '5.4.5 Daily limit', 'Daily limit', '']
    assert.deepEqual(
      new Set(texts.map((text) => ruleFor({ ...refusal, text }).name)),
      new Set(['daily-quota']),
    )
  })
})
