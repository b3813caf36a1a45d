import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AttemptOutcome } from '../../src/core/model/delivery.ts'
import { attempt, BIG, LINES, mark, message, opened, THREE, WITHOUT_PIPELINING } from '../support/delivery.ts'
import { rawSmtp, type Script } from '../support/raw-smtp.ts'

describe('a server that takes the message', () => {
  test('row 25: accepts it with its literal reply and its own name for it', async (t) => {
    const { server, result } = await attempt(t, {})
    assert.deepEqual(result.recipients, [
      {
        address: 'uno@cliente.example',
        outcome: 'accepted',
        code: 250,
        enhanced: '2.0.0',
        reply: '250 2.0.0 ok: queued as RAW1',
        serverId: 'RAW1',
      },
    ])
    assert.equal(result.fault, null)
    assert.equal(result.reusable, true)
    assert.equal(`${server.bodies[0]}\r\n`, LINES)
    assert.ok(server.commands.includes(`MAIL FROM:<ventas@emisor.example> SIZE=${LINES.length}`))
  })

  test('is told the dot only after the store was told', async (t) => {
    const server = await rawSmtp(t)
    const session = await opened(t, server)
    let bodiesAtMark = -1
    await session.deliver(message(), async (accepted) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      bodiesAtMark = server.bodies.length
      assert.deepEqual(accepted, ['uno@cliente.example'])
    })
    assert.equal(bodiesAtMark, 0)
    assert.equal(server.bodies.length, 1)
  })

  test('takes a large message whole', async (t) => {
    const line = `${'0123456789'.repeat(7)}\r\n`
    const big = Buffer.from(line.repeat(40_000))
    // A busy machine may need longer for this one than the deadlines that are meant for servers that hang.
    const patient = {
      message: message({ chunks: [big, Buffer.from('fin\r\n')], transferMs: 60_000 }),
      deadlines: {},
    }
    const { server, outcomes } = await attempt(t, {}, patient)
    assert.deepEqual(outcomes, ['accepted'])
    assert.equal(server.bodies[0]!.length, big.length + 3)
  })

  test('takes several messages in one session', async (t) => {
    const server = await rawSmtp(t)
    const session = await opened(t, server)
    for (let i = 0; i < 3; i++) {
      const { recipients, reusable } = await session.deliver(message(), mark)
      assert.deepEqual([recipients[0]!.outcome, reusable], ['accepted', true])
    }
    assert.equal(server.connections(), 1)
    assert.equal(server.bodies.length, 3)
  })
})

describe('recipients have their own results', () => {
  for (const server of [{}, WITHOUT_PIPELINING]) {
    const way = 'extensions' in server ? 'one command at a time' : 'pipelined'
    test(`row 11: accepted, deferred and refused in one message, ${way}`, async (t) => {
      const script = { RCPT: ['250 2.1.5 ok', '450 4.2.0 greylisted', '550 5.1.1 unknown'] }
      const { result, outcomes, marked } = await attempt(t, script, { message: THREE, server })
      assert.deepEqual(outcomes, ['accepted', 'deferred', 'rejected'])
      assert.deepEqual(marked, ['uno@cliente.example'])
      assert.equal(result.recipients[2]!.enhanced, '5.1.1')
      assert.equal(result.recipients[1]!.reply, '450 4.2.0 greylisted')
      assert.equal(result.fault, null)
      assert.equal(result.reusable, true)
    })

    test(`a session serves on after all recipients were refused, ${way}`, async (t) => {
      const raw = await rawSmtp(t, {
        script: { RCPT: ['550 5.1.1 unknown', '250 ok'], DATA: ['554 5.5.1 nobody', '354 go'] },
        ...server,
      })
      if ('extensions' in server) raw.commands.length = 0
      const session = await opened(t, raw)
      const first = await session.deliver(message(), mark)
      assert.deepEqual([first.recipients[0]!.outcome, first.fault, first.reusable], ['rejected', null, true])
      assert.equal(raw.count('RSET'), 1)
    })
  }

  test('a relay denied to one recipient of several is that recipient’s', async (t) => {
    const script = { RCPT: ['250 2.1.5 ok', '554 5.7.1 Relay access denied', '250 2.1.5 ok'] }
    const { result, outcomes } = await attempt(t, script, { message: THREE })
    assert.deepEqual([outcomes, result.fault], [['accepted', 'rejected', 'accepted'], null])
  })

  test('a server that wants the data of a message for nobody gets an empty one and serves on', async (t) => {
    const server = await rawSmtp(t, { script: { RCPT: ['550 5.1.1 unknown', '250 2.1.5 ok'] } })
    const session = await opened(t, server)
    const first = await session.deliver(message(), mark)
    const second = await session.deliver(message(), mark)
    assert.deepEqual([first.recipients[0]!.outcome, second.recipients[0]!.outcome], ['rejected', 'accepted'])
    assert.equal(server.bodies.at(-1)!.includes('hola'), true)
  })

  test('a server that refuses the sender and wants the data all the same gets nothing more', async (t) => {
    const { server, result, outcomes } = await attempt(t, { MAIL: '550 5.7.60 not as that' })
    assert.deepEqual([outcomes, result.fault?.scope, result.reusable], [['not-tried'], 'profile', false])
    assert.deepEqual([server.bodies, server.count('RSET')], [[], 0])
  })

  test('row 30: a local part beyond ASCII is refused here when the server lacks SMTPUTF8', async (t) => {
    const mixed = message({ recipients: ['josé@cliente.example', 'uno@cañón.example', 'mal <x>@y.example'] })
    const { server, result, outcomes } = await attempt(t, {}, { message: mixed, server: WITHOUT_PIPELINING })
    assert.deepEqual(outcomes, ['rejected', 'accepted', 'rejected'])
    assert.equal(result.recipients[0]!.enhanced, '5.6.7')
    assert.deepEqual(
      server.commands.filter((line) => line.startsWith('RCPT')),
      ['RCPT TO:<uno@xn--can-8mak.example>'],
    )
  })

  test('row 12: a message above the size the server takes is not sent', async (t) => {
    const { server, result } = await attempt(t, {}, { server: { extensions: ['SIZE 20'] } })
    assert.equal(result.recipients[0]!.outcome, 'rejected')
    assert.equal(result.recipients[0]!.enhanced, '5.3.4')
    assert.equal(server.count('MAIL'), 0)
  })
})

/** [script, outcome, scope of the fault or null, whether the session can go on] */
const REFUSALS: Readonly<Record<string, readonly [Script, AttemptOutcome, string | null, boolean]>> = {
  '451 at MAIL FROM waits for the host': [
    { MAIL: '451 4.3.0 later', DATA: '503 no' },
    'not-tried',
    'host',
    true,
  ],
  '550 at MAIL FROM is the profile': [
    { MAIL: '550 5.7.60 not as that', DATA: '503 no' },
    'not-tried',
    'profile',
    true,
  ],
  '552 at MAIL FROM is the message': [{ MAIL: '552 5.3.4 too big', DATA: '503 no' }, 'rejected', null, true],
  '421 at MAIL FROM is the host': [
    { MAIL: { send: '421 4.3.2 bye\r\n', then: 'fin' } },
    'not-tried',
    'host',
    false,
  ],
  '450 at RCPT TO defers': [{ RCPT: '450 4.2.0 greylisted', DATA: '554 no' }, 'deferred', null, true],
  '550 at RCPT TO refuses': [{ RCPT: '550 5.1.1 who', DATA: '554 no' }, 'rejected', null, true],
  '550 5.4.5 at RCPT TO is the quota': [
    { RCPT: '550 5.4.5 daily', DATA: '554 no' },
    'not-tried',
    'quota',
    true,
  ],
  '553 about the sender at RCPT TO is the profile': [
    { RCPT: '553 5.7.1 Sender address rejected: not owned by user', DATA: '554 no' },
    ...(['not-tried', 'profile', true] as const),
  ],
  '451 at DATA defers': [{ DATA: '451 4.3.0 later' }, 'deferred', null, true],
  '554 at DATA refuses': [{ DATA: '554 5.6.0 no' }, 'rejected', null, true],
  '451 after the dot defers': [{ dot: '451 4.3.0 later' }, 'deferred', null, true],
  '550 after the dot refuses': [{ dot: '550 5.7.1 content' }, 'rejected', null, true],
  '421 after the dot defers and blames the host': [
    { dot: { send: '421 4.3.0 bye\r\n', then: 'fin' } },
    'deferred',
    'host',
    false,
  ],
  'a quota after the dot defers': [{ dot: '550 5.4.5 daily' }, 'deferred', 'quota', true],
  'a sender refused after the dot defers': [{ dot: '554 5.2.252 SendAsDenied' }, 'deferred', 'profile', true],
}

describe('a refusal is judged by its phase', () => {
  for (const [name, [script, outcome, scope, reusable]] of Object.entries(REFUSALS)) {
    test(name, async (t) => {
      const { server, result, outcomes } = await attempt(t, script)
      assert.deepEqual(
        [outcomes, result.fault?.scope ?? null, result.reusable],
        [[outcome], scope, reusable],
        JSON.stringify(result),
      )
      assert.equal(server.accepted(), 0)
    })
  }

  test('a session serves on after a refusal', async (t) => {
    const server = await rawSmtp(t, {
      script: { MAIL: ['550 5.7.60 no', '250 ok'], DATA: ['503 no', '354 go'] },
    })
    const session = await opened(t, server)
    await session.deliver(message(), mark)
    assert.equal((await session.deliver(message(), mark)).recipients[0]!.outcome, 'accepted')
  })

  test('a verdict in the middle of the message ends the session', async (t) => {
    const { result, marked } = await attempt(t, { body: '552 5.3.4 too big' }, { message: BIG })
    assert.equal(result.recipients[0]!.outcome, 'rejected')
    assert.equal(result.reusable, false)
    assert.equal(marked, null)
  })
})
