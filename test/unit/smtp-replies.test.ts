import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { wireAddress } from '../../src/core/channels/smtp-address.ts'
import { refusalFault } from '../../src/core/channels/smtp-errors.ts'
import { parseReply } from '../../src/core/model/reply.ts'
import { parseExtensions, serverIdOf } from '../../src/core/channels/smtp-reply.ts'
import type { CheckCause } from '../../src/core/model/profile.ts'
import type { ReplyPhase } from '../../src/core/model/reply-rules.ts'

describe('a reply', () => {
  test('of several lines becomes one, its codes said once', () => {
    const raw =
      '535-5.7.8 Username and Password not accepted. For more information, go to\r\n535 5.7.8  https://support.google.com/mail'
    assert.deepEqual(parseReply(raw), {
      code: 535,
      enhanced: '5.7.8',
      text: '535 5.7.8 Username and Password not accepted. For more information, go to https://support.google.com/mail',
    })
  })

  test('row 116: is cleaned of what could move a cursor, and cut', () => {
    const { text } = parseReply(`550 5.1.1 \u001b[2Jno\u202e such\u0000 user ${'x'.repeat(900)}`)
    assert.match(text, /^550 5\.1\.1 \[2Jno such user x+$/)
    assert.equal(text.length, 500)
  })

  test('without an enhanced code, or without anything, is read as well', () => {
    assert.deepEqual(parseReply('550 no'), { code: 550, enhanced: '', text: '550 no' })
    assert.deepEqual(parseReply('250'), { code: 250, enhanced: '', text: '250' })
    assert.deepEqual(parseReply(''), { code: 0, enhanced: '', text: '' })
  })
})

test('the extensions are those of whole words', () => {
  const raw =
    '250-mail.example AUTH SMTPUTF8\r\n250-SIZE 35882577\r\n250-auth=login plain\r\n250-AUTH PLAIN XOAUTH2\r\n250-X-DSN\r\n250 STARTTLS'
  assert.deepEqual(parseExtensions(raw), {
    ...{ size: 35_882_577, smtpUtf8: false, pipelining: false, dsn: false, startTls: true },
    auth: ['LOGIN', 'PLAIN', 'XOAUTH2'],
  })
})

describe('the server’s name for a message', () => {
  const replies: Readonly<Record<string, string>> = {
    '250 2.0.0 Ok: queued as 4F2A91C0D7': '4F2A91C0D7',
    '250 OK id=1rXyZ0-0004aB-2c': '1rXyZ0-0004aB-2c',
    '250 2.0.0 OK  1718000000 d9443c01a7336-1f6bd7c0e9asm1234567890.12 - gsmtp':
      'd9443c01a7336-1f6bd7c0e9asm1234567890.12',
    '250 2.0.0 OK <AB12@CD34.namprd01.prod.outlook.com> [Hostname=x]': 'AB12@CD34.namprd01.prod.outlook.com',
    '250 Ok 0100018b5c3c0a4f-1a2b-000000': '0100018b5c3c0a4f-1a2b-000000',
    '250 2.0.0 ok': '',
  }
  for (const [reply, id] of Object.entries(replies)) {
    test(`in "${reply}" is "${id}"`, () => assert.equal(serverIdOf(reply), id))
  }
})

describe('the cause behind a refusal depends on who says it', () => {
  const cases: readonly (readonly [string, ReplyPhase, string, CheckCause])[] = [
    ['smtp.gmail.com', 'auth', '535 5.7.8 Username and Password not accepted', 'gmail-app-password'],
    ['smtp.gmail.com', 'auth', '534 5.7.9 Application-specific password required', 'gmail-app-password'],
    ['smtp.gmail.com', 'auth', '454 4.7.0 Too many login attempts', 'auth-temporary'],
    ['smtp.gmail.com', 'mail', '550 5.4.5 Daily user sending limit exceeded', 'quota'],
    ['gmail.com.attacker.example', 'auth', '535 5.7.8 no', 'bad-password'],
    ['smtp.office365.com', 'auth', '535 5.7.139 Authentication unsuccessful', 'm365-basic-auth-off'],
    ['smtp.office365.com', 'auth', '535 5.7.3 Authentication unsuccessful', 'm365-basic-auth-off'],
    ['mail.example', 'auth', '535 5.7.3 Authentication unsuccessful', 'bad-password'],
    ['mail.example', 'mail', '550 5.7.30 Basic authentication is not supported', 'm365-basic-auth-off'],
    ['mail.example', 'mail', '530 5.7.0 Must issue a STARTTLS command first', 'encryption-required'],
    ['mail.example', 'mail', '530 5.7.0 Authentication required', 'auth-required'],
    ['mail.example', 'rcpt', '554 5.7.1 Relay access denied', 'auth-required'],
    ['mail.example', 'rcpt', '553 5.7.1 Sender address rejected: not owned by user', 'sender-not-allowed'],
    ['mail.example', 'rcpt', '550 5.1.1 unknown', 'recipient-refused'],
    ['mail.example', 'dot', '554 5.6.0 content', 'message-refused'],
    ['mail.example', 'dot', '421 4.3.0 bye', 'server-error'],
  ]
  for (const [host, phase, reply, cause] of cases) {
    test(`${host}, ${phase}: ${reply} is ${cause}`, () => {
      assert.equal(refusalFault(phase, parseReply(reply), host).fault.cause, cause)
    })
  }
})

describe('an address on the wire', () => {
  test('row 31: has an ASCII domain', () => {
    assert.deepEqual(wireAddress('ventas@cañón.mx', false), {
      address: 'ventas@xn--can-8mak.mx',
      needsSmtpUtf8: false,
    })
  })

  test('may have a local part beyond ASCII where the server says so', () => {
    assert.deepEqual(wireAddress('josé@x.mx', true), { address: 'josé@x.mx', needsSmtpUtf8: true })
    assert.deepEqual(wireAddress('josé@x.mx', false), {
      enhanced: '5.6.7',
      words: 'SMTPUTF8 not offered by the server',
    })
  })

  test('never ends the command', () => {
    for (const text of ['a@b.mx>\r\nRCPT TO:<c@d.mx', 'a b@c.mx', 'a\u0000@b.mx', '@b.mx', 'a@', 'nada']) {
      assert.ok('words' in wireAddress(text, true), text)
    }
  })
})
