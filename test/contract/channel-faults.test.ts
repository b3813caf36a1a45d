import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { attempt, BIG, mark, message, opened, TINY, WITHOUT_PIPELINING } from '../support/delivery.ts'
import { smtpProfile } from '../support/profiles.ts'
import { rawSmtp, type Script } from '../support/raw-smtp.ts'

const BEFORE_DOT: Readonly<Record<string, Script>> = {
  'drops at MAIL FROM': { MAIL: 'DROP' },
  'hangs at MAIL FROM': { MAIL: 'HANG' },
  'hangs at RCPT TO': { RCPT: 'HANG' },
  'drips at RCPT TO': { RCPT: { drip: '2', everyMs: 50 } },
  'drops at DATA': { DATA: 'DROP' },
  'hangs at DATA': { DATA: 'HANG' },
  'drops in the middle of the message': { body: 'DROP' },
  'hangs up politely in the middle of the message': { body: 'FIN' },
}

describe('rows 6 and 23: without the dot nothing was sent', () => {
  for (const [name, script] of Object.entries(BEFORE_DOT)) {
    test(`a server that ${name} leaves the message untried`, async (t) => {
      const { server, result, outcomes } = await attempt(t, script, {
        message: BIG,
        server: WITHOUT_PIPELINING,
      })
      assert.deepEqual(outcomes, ['not-tried'])
      assert.equal(result.fault?.scope, 'host')
      assert.equal(result.reusable, false)
      assert.equal(server.accepted(), 0)
    })
  }

  // The library takes any 2yz for a 354. The lines of the message then went out as commands, and one of their replies was taken
  // for the reply to the message: sent, although the server never had it.
  for (const [name, script] of [
    ['says yes to DATA without asking for the message', { DATA: '250 2.0.0 ok', AUTH: '250 2.0.0 ok' }],
    ['answers MAIL FROM twice and is a reply behind', { MAIL: '250 2.1.0 ok\r\n250 2.1.0 ok' }],
  ] as const) {
    test(`a server that ${name} gets no line of the message`, async (t) => {
      const { server, outcomes, result } = await attempt(t, script, { server: WITHOUT_PIPELINING })
      assert.deepEqual([outcomes, result.fault?.scope, result.reusable], [['not-tried'], 'host', false])
      assert.deepEqual(
        server.commands.filter((line) => /^(From|Subject|Message-ID):/i.test(line)),
        [],
      )
      assert.equal(server.accepted(), 0)
    })
  }

  test('a transfer that stalls ends at its own deadline', async (t) => {
    const { result, marked } = await attempt(t, { body: 'HANG' }, { message: { ...BIG, transferMs: 300 } })
    assert.deepEqual(
      [result.recipients[0]!.outcome, result.fault?.cause, marked],
      ['not-tried', 'no-answer', null],
    )
  })

  test('telling the store does not count as transfer', async (t) => {
    const server = await rawSmtp(t)
    const session = await opened(t, server)
    const brief = message({ transferMs: 60 })
    const result = await session.deliver(brief, () => new Promise((resolve) => setTimeout(resolve, 200)))
    assert.equal(result.recipients[0]!.outcome, 'accepted')
  })

  test('a mark that throws sends no dot and is thrown on', async (t) => {
    const server = await rawSmtp(t)
    const session = await opened(t, server)
    const lost = new Error('lease lost')
    await assert.rejects(
      session.deliver(message(), () => Promise.reject(lost)),
      lost,
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(server.bodies.length, 0)
    const next = await session.deliver(message(), mark)
    assert.deepEqual([next.recipients[0]!.outcome, next.reusable], ['not-tried', false])
  })

  test('a server that leaves while the store is told gets no dot, and the message is deferred', async (t) => {
    const server = await rawSmtp(t, { script: { DATA: { send: '354 go\r\n', then: 'drop' } } })
    const session = await opened(t, server)
    const result = await session.deliver(message(), () => new Promise((resolve) => setTimeout(resolve, 150)))
    assert.equal(result.recipients[0]!.outcome, 'deferred')
    assert.equal(server.bodies.length, 0)
  })
})

const AFTER_DOT: Readonly<Record<string, Script>> = {
  drops: { dot: 'DROP' },
  'hangs up politely': { dot: 'FIN' },
  hangs: { dot: 'HANG' },
  'drips a reply that never ends': { dot: { drip: '250-x', everyMs: 40 } },
  'sends half a code': { dot: { send: '25', then: 'drop' } },
  'sends a whole code without a line end': { dot: { send: '250', then: 'drop' } },
  'sends half a reply of several lines': { dot: { send: '250-2.0.0 queued\r\n', then: 'drop' } },
}

describe('rows 2, 3, 4 and 5: after the dot silence is uncertain', () => {
  for (const [name, script] of Object.entries(AFTER_DOT)) {
    test(`a server that ${name} leaves it uncertain`, async (t) => {
      const { server, result, outcomes, marked } = await attempt(t, script)
      assert.deepEqual(outcomes, ['uncertain'])
      assert.deepEqual(marked, ['uno@cliente.example'])
      assert.equal(result.fault?.scope, 'host')
      assert.equal(result.reusable, false)
      assert.equal(server.accepted(), 1)
    })
  }
})

describe('rows 5, 18, 19, 23 and 24: a session that cannot begin', () => {
  const faults: Readonly<Record<string, readonly [Script, string, string]>> = {
    'a server that hangs before its greeting': [{ greeting: 'HANG' }, 'host', 'no-answer'],
    'a server that drips its greeting': [{ greeting: { drip: '2', everyMs: 50 } }, 'host', 'no-answer'],
    'a server that drops before its greeting': [{ greeting: 'DROP' }, 'host', 'no-answer'],
    'a 554 greeting': [{ greeting: '554 5.7.1 go away' }, 'host', 'greeting-refused'],
    'a 421 greeting': [{ greeting: '421 4.3.2 busy' }, 'host', 'greeting-refused'],
    'a greeting that is not SMTP': [{ greeting: 'SSH-2.0-other' }, 'host', 'server-error'],
    'a server that hangs at EHLO': [{ EHLO: 'HANG' }, 'host', 'no-answer'],
    'a 421 at EHLO': [{ EHLO: '421 4.3.2 busy' }, 'host', 'server-error'],
    'a 535 at AUTH': [{ AUTH: '535 5.7.8 bad' }, 'profile', 'bad-password'],
    'a 454 at AUTH': [{ AUTH: '454 4.7.0 later' }, 'host', 'auth-temporary'],
    'a server that drops at AUTH': [{ AUTH: 'DROP' }, 'host', 'no-answer'],
    'a server that hangs at AUTH': [{ AUTH: 'HANG' }, 'host', 'no-answer'],
  }
  for (const [name, [script, scope, cause]] of Object.entries(faults)) {
    test(`${name} is the fault of the ${scope}`, async (t) => {
      const server = await rawSmtp(t, { script, extensions: ['AUTH PLAIN LOGIN'] })
      const profile = smtpProfile({ port: server.port, user: 'ventas' })
      const result = await smtpChannel({ deadlines: TINY }).open(profile, 'Secreta123')
      assert.equal(result.ok, false)
      assert.deepEqual([result.fault?.scope, result.fault?.cause], [scope, cause], JSON.stringify(result))
      assert.ok(server.count('AUTH') <= 1)
    })
  }

  test('a port where nothing listens is refused', async () => {
    const result = await smtpChannel({ deadlines: TINY }).open(smtpProfile({ port: 1 }), '')
    assert.deepEqual([result.ok, !result.ok && result.fault?.cause], [false, 'refused'])
  })

  test('row 22: a host that does not exist is not found', async () => {
    const result = await smtpChannel({ deadlines: TINY }).open(smtpProfile({ host: 'no.existe.invalid' }), '')
    assert.deepEqual([result.ok, !result.ok && result.fault?.cause], [false, 'host-not-found'])
  })

  test('row 20: a server without AUTH is given no mail by a profile with a user', async (t) => {
    const server = await rawSmtp(t, { extensions: ['SIZE 1000', 'AUTH GSSAPI'] })
    const result = await smtpChannel({ deadlines: TINY }).open(
      smtpProfile({ port: server.port, user: 'u' }),
      'p',
    )
    assert.deepEqual([result.ok, !result.ok && result.fault?.cause], [false, 'no-auth-offered'])
    assert.equal(server.count('AUTH'), 0)
  })
})

describe('the end of a session', () => {
  test('closing twice is harmless and says goodbye once', async (t) => {
    const server = await rawSmtp(t)
    const session = await opened(t, server)
    await session.close()
    await session.close()
    assert.equal(server.count('QUIT'), 1)
  })

  test('closing does not wait for a server that hangs', async (t) => {
    const server = await rawSmtp(t, { script: { QUIT: 'HANG' } })
    const session = await opened(t, server)
    const start = performance.now()
    await session.close()
    assert.ok(performance.now() - start < 2_000)
  })

  test('row 8: a session that the server ended between two messages blames nobody', async (t) => {
    const server = await rawSmtp(t, {
      script: { dot: { send: '250 ok\r\n421 4.4.2 idle\r\n', then: 'fin' } },
    })
    const session = await opened(t, server)
    await session.deliver(message(), mark)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const next = await session.deliver(message(), mark)
    assert.deepEqual([next.recipients[0]!.outcome, next.fault, next.reusable], ['not-tried', null, false])
  })
})
