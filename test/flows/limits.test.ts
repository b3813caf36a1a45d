import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { reserveUse, usesOf } from '../../src/core/store/quota.ts'
import { exitCodeOf } from '../../src/ui/exit-codes.ts'
import { START, testCtx, URE } from '../support/ctx.ts'
import { DAY_MINUTES, invoices, profileFor, SEND, shown, statesOf } from '../support/limits.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { smtpServer } from '../support/smtp-server.ts'

describe('row 28: limits of a profile', () => {
  for (const connections of [1, 3]) {
    test(`messages a minute, connections ${connections}: the lane waits, and all of it goes`, async (t) => {
      const { ctx, clock } = await testCtx(t)
      const times: number[] = []
      const server = await smtpServer(t, {
        onSender: () => {
          times.push(Math.round(clock.minutes * 60_000))
          return undefined
        },
      })
      await profileFor(ctx, server.port, { perMinute: 2, connections })
      await invoices(t, ctx, 7)
      const { totals, limits } = await sendDue(ctx, SEND)
      assert.deepEqual([totals.sent, limits, server.messages.length], [14, [], 7])
      for (const at of times)
        assert.ok(times.filter((one) => one >= at && one < at + 60_000).length <= 2, String(times))
      if (connections === 1) assert.ok(clock.minutes < 4, `${clock.minutes} minutes`)
    })
  }

  test('recipients a day: the run ends, says how many are left for when, and nobody has to do anything', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const server = await smtpServer(t)
    await profileFor(ctx, server.port, { perDay: 5 })
    await invoices(t, ctx, 4)
    clock.minutes = 1
    const first = await sendDue(ctx, SEND)
    const nextAt = '2024-06-02T12:01:00.000Z'
    assert.deepEqual(first.limits, [{ profile: 'oficina', limit: 'per-day', allowed: 5, nextAt, waiting: 4 }])
    assert.deepEqual([first.totals.sent, first.waiting, first.profiles, exitCodeOf(first)], [4, 4, [], 0])
    assert.deepEqual(await statesOf(ctx), { sent: 4, pending: 4 })
    assert.match(shown(first), /oficina.*5 destinatarios en 24 horas: 4 envíos quedan para/)

    clock.minutes = DAY_MINUTES
    assert.equal((await sendDue(ctx, SEND)).deliveries.length, 0, 'not a minute too early')
    clock.minutes = DAY_MINUTES + 1
    const second = await sendDue(ctx, SEND)
    assert.deepEqual([second.totals.sent, second.limits, server.messages.length], [4, [], 4])
  })

  test('a signal ends the waiting, and nothing is lost', async (t) => {
    const stop = new AbortController()
    const { ctx } = await testCtx(t, {
      signal: stop.signal,
      sleep: async () => {
        stop.abort()
      },
    })
    const server = await smtpServer(t)
    await profileFor(ctx, server.port, { perMinute: 1 })
    await invoices(t, ctx, 3)
    const { totals, waiting } = await sendDue(ctx, SEND)
    assert.deepEqual([totals.sent, waiting], [2, 4])
    assert.deepEqual(await statesOf(ctx), { sent: 2, pending: 4 })
  })

  test('what a sender that died had reserved counts, from the moment another one takes over', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const server = await smtpServer(t)
    await profileFor(ctx, server.port, { perDay: 3 })
    const profile = { name: 'oficina', perMinute: null, perDay: 3 }
    await reserveUse(ctx.db, { profile, order: 'x', recipients: 2, token: 'dead', now: START })
    await invoices(t, ctx, 1)
    clock.minutes = DAY_MINUTES * 3
    const { limits } = await sendDue(ctx, SEND)
    assert.equal(limits[0]?.nextAt, '2024-06-05T12:00:00.000Z')
  })

  test('a server that cannot be reached uses up nothing', async (t) => {
    const { ctx } = await testCtx(t)
    await profileFor(ctx, 1, { perDay: 2 })
    await invoices(t, ctx, 1)
    assert.equal((await sendDue(ctx, SEND)).profiles[0]?.cause, 'refused')
    assert.deepEqual(usesOf(ctx.db, 'oficina', ctx.now()), [])
  })
})

describe('row 101: 200 addresses', () => {
  test('go out in transactions of 50 with the same bytes, each address once', async (t) => {
    const { ctx } = await testCtx(t)
    const addresses = Array.from({ length: 200 }, (_, i) => `a${i + 1}@ure.example`)
    await saveCustomer(ctx.db, { ...URE, packaging: { type: 'GRAL', addresses } }, ctx.now())
    const server = await smtpServer(t)
    await profileFor(ctx, server.port, { connections: 2 })
    await invoices(t, ctx, 1)
    const { totals } = await sendDue(ctx, SEND)
    assert.equal(totals.sent, 200)
    assert.deepEqual(
      server.messages.map(({ recipients }) => recipients.length),
      [50, 50, 50, 50],
    )
    assert.deepEqual(server.messages.flatMap(({ recipients }) => recipients).sort(), [...addresses].sort())
    assert.equal(new Set(server.messages.map(({ raw }) => raw.toString('latin1'))).size, 1)
  })
})

describe('rows 12, 13 and 64: a message bigger than its profile takes', () => {
  test('fails by itself before any connection, with 5.3.4 and what to do; the others go', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t)
    await invoices(t, ctx, 1)
    await profileFor(ctx, server.port, { maxBytes: 2000 })
    const result = await sendDue(ctx, SEND)
    assert.deepEqual([server.connections(), result.totals.failed], [0, 2])
    assert.deepEqual([result.deliveries[0]?.enhanced, exitCodeOf(result)], ['5.3.4', 1])
    assert.match(result.deliveries[0]?.reply ?? '', /^\d+ bytes; the profile takes 2000$/)
    assert.match(shown(result), /el perfil acepta 2000/)
    assert.match(shown(result), /dividir, mandar en ZIP, o mandar solo\s+un enlace/)
    assert.match(shown(result, 'en'), /split, zipped, or sent as\s+a\s+link/)
  })

  test('is measured as encoded: files under the limit are over it in base64', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t)
    await invoices(t, ctx, 1)
    const [order] = await listOrders(ctx.db, {})
    const files = (order?.attachments ?? []).reduce((sum, { bytes }) => sum + bytes, 0)
    await profileFor(ctx, server.port, { maxBytes: Math.round(files * 1.3) })
    assert.deepEqual([(await sendDue(ctx, SEND)).totals.failed, server.connections()], [2, 0])
  })

  test('a server whose SIZE is smaller is not sent it either', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t, { extensions: ['SIZE 1000', 'PIPELINING'] })
    await profileFor(ctx, server.port)
    await invoices(t, ctx, 1)
    const { deliveries } = await sendDue(ctx, SEND)
    assert.deepEqual(
      [deliveries[0]?.state, deliveries[0]?.enhanced, server.count('MAIL')],
      ['failed', '5.3.4', 0],
    )
  })

  test('552 at MAIL FROM fails the message and holds nobody', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t, {
      script: { MAIL: ['552 5.3.4 Message too big', '250 2.1.0 ok'] },
      extensions: ['8BITMIME'],
    })
    await profileFor(ctx, server.port)
    await invoices(t, ctx, 2)
    const { totals, profiles } = await sendDue(ctx, SEND)
    assert.deepEqual([totals.failed, totals.sent, profiles], [2, 2, []])
  })
})

describe('row 27: too many connections', () => {
  for (const greeting of [
    '421 4.7.0 mx: too many connections',
    '432 4.3.2 Concurrent connections limit exceeded',
  ]) {
    test(`${greeting.slice(0, 9)} costs a connection, not the profile, while another one works`, async (t) => {
      const { ctx } = await testCtx(t)
      const server = await rawSmtp(t, { script: { greeting: ['220 raw.test ESMTP', greeting] } })
      await profileFor(ctx, server.port, { connections: 3 })
      await invoices(t, ctx, 6)
      const { totals, profiles } = await sendDue(ctx, SEND)
      assert.deepEqual([totals.sent, totals.failed, profiles, server.accepted()], [12, 0, [], 6])
    })
  }

  test('when no connection works the profile waits a little, and nothing is charged', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t, { script: { greeting: '421 4.7.0 too many connections' } })
    await profileFor(ctx, server.port, { connections: 3 })
    await invoices(t, ctx, 2)
    const { profiles, waiting } = await sendDue(ctx, SEND)
    assert.deepEqual([profiles[0]?.until, waiting], ['2024-06-01T12:01:00.000Z', 4])
    assert.deepEqual(await statesOf(ctx), { pending: 4 })
  })
})

describe('row F12: a quota that the server tells', () => {
  const QUOTA = '550 5.4.5 Daily user sending limit exceeded'

  test('holds the profile until the oldest message of the day no longer counts, when the day is known', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const server = await rawSmtp(t, { script: { MAIL: ['250 2.1.0 ok', QUOTA] } })
    await profileFor(ctx, server.port, { perDay: 500 })
    await invoices(t, ctx, 3)
    await sendDue(ctx, { ...SEND, limit: 1 })
    clock.minutes = 90
    const { profiles, totals } = await sendDue(ctx, SEND)
    assert.deepEqual([profiles[0]?.cause, profiles[0]?.until], ['quota', '2024-06-02T12:00:00.000Z'])
    assert.deepEqual([totals.failed, await statesOf(ctx)], [0, { sent: 2, pending: 4 }])
  })

  test('holds it for an hour when it is not', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t, { script: { MAIL: QUOTA } })
    await profileFor(ctx, server.port)
    await invoices(t, ctx, 1)
    const { profiles } = await sendDue(ctx, SEND)
    assert.equal(profiles[0]?.until, '2024-06-01T13:00:00.000Z')
  })

  test('and one of a short time for a minute first, then longer', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const server = await rawSmtp(t, { script: { MAIL: '450 4.2.1 Peak SMTP relay limit exceeded' } })
    await profileFor(ctx, server.port, { perDay: 10_000 })
    await invoices(t, ctx, 1)
    assert.equal((await sendDue(ctx, SEND)).profiles[0]?.until, '2024-06-01T12:01:00.000Z')
    clock.minutes = 2
    assert.equal((await sendDue(ctx, SEND)).profiles[0]?.until, '2024-06-01T12:07:00.000Z')
  })
})

describe('row 29: a sender that the server does not allow', () => {
  test('holds the profile after one try and marks no message failed', async (t) => {
    const { ctx } = await testCtx(t)
    const script = { MAIL: '550 5.7.60 Client does not have permissions to send as this sender' }
    const server = await rawSmtp(t, { script })
    await profileFor(ctx, server.port)
    await invoices(t, ctx, 3)
    const { profiles, totals } = await sendDue(ctx, SEND)
    assert.deepEqual([profiles[0]?.cause, profiles[0]?.until], ['sender-not-allowed', null])
    assert.deepEqual([totals.failed, server.count('MAIL'), await statesOf(ctx)], [0, 1, { pending: 6 }])
  })
})
