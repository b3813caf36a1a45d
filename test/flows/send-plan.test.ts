import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { changeLimits } from '../../src/core/flows/profiles.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { planSend } from '../../src/core/flows/send-plan.ts'
import type { SmtpProfile } from '../../src/core/model/profile.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { findProfile } from '../../src/core/store/profiles.ts'
import { testCtx } from '../support/ctx.ts'
import { DAY_MINUTES, invoices, profileFor, SEND, shown, statesOf } from '../support/limits.ts'
import { rawSmtp } from '../support/raw-smtp.ts'

describe('what becomes of an unknown delivery', () => {
  async function uncertain(t: TestContext, changes: Partial<SmtpProfile>) {
    const { ctx, clock } = await testCtx(t)
    const server = await rawSmtp(t, {
      script: { dot: [{ send: '', then: 'drop' }, '250 2.0.0 ok: queued as RAW2'] },
    })
    await profileFor(ctx, server.port, changes)
    await invoices(t, ctx, 1)
    assert.equal((await sendDue(ctx, SEND)).totals.unknown, 2)
    return { ctx, clock, server }
  }

  test('by default it is held for good', async (t) => {
    const { ctx, clock, server } = await uncertain(t, {})
    clock.minutes = 30 * DAY_MINUTES
    assert.equal((await sendDue(ctx, SEND)).totals.unknown, 2)
    assert.equal(server.bodies.length, 1)
  })

  test('with resend-after it goes again after those hours, the very same message, and the log says why', async (t) => {
    const { ctx, clock, server } = await uncertain(t, { onUnknown: 'resend-after', resendAfterHours: 6 })
    clock.minutes = 6 * 60 - 1
    assert.equal((await sendDue(ctx, SEND)).totals.unknown, 2)
    clock.minutes = 6 * 60 + 1
    const { totals } = await sendDue(ctx, SEND)
    assert.deepEqual([totals.sent, totals.unknown, server.bodies[0] === server.bodies[1]], [2, 0, true])
    const events = await listEvents(ctx.db, {})
    const resolved = events.filter(({ event }) => event === 'resolved')
    assert.deepEqual(
      resolved.map(({ detail }) => detail),
      Array(2).fill('policy of profile oficina: resend-after:6h'),
    )
  })
})

describe('profiles set', () => {
  test('changes limits and nothing else', async (t) => {
    const { ctx } = await testCtx(t)
    await profileFor(ctx, 25, { secret: 'v1.x.y', user: 'ventas' })
    const before = await findProfile(ctx.db, 'oficina')
    await changeLimits(ctx, 'oficina', { perDay: 100, maxBytes: 5_000_000 })
    assert.deepEqual(await findProfile(ctx.db, 'oficina'), { ...before, perDay: 100, maxBytes: 5_000_000 })
    await changeLimits(ctx, 'oficina', { perDay: null })
    assert.equal((await findProfile(ctx.db, 'oficina'))?.perDay, null)
    await assert.rejects(changeLimits(ctx, 'oficina', {}), { code: 'NOTHING_TO_CHANGE' })
    await assert.rejects(changeLimits(ctx, 'oficina', { maxRecipients: 5000 }), { code: 'BAD_PROFILE' })
  })
})

describe('send --plan', () => {
  test('says how much, which limit bites, when the last one goes, and sends nothing', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t)
    await profileFor(ctx, server.port, { perMinute: 2, perDay: 6 })
    await invoices(t, ctx, 4)
    const plan = await planSend(ctx, SEND)
    const bytes = plan.totals.bytes
    const [profile] = plan.profiles
    assert.deepEqual(
      { ...profile, bytes: 0, largest: 0 },
      {
        ...{ name: 'oficina', messages: 4, recipients: 8, bytes: 0, largest: 0 },
        limits: { perMinute: 2, perDay: 6, maxRecipients: 50, maxBytes: null },
        ...{ usedToday: 0, limit: 'per-day', thisRun: 6, tooBig: [], hold: null },
        ...{ firstAt: '2024-06-01T12:00:00.000Z', lastAt: '2024-06-02T12:00:00.000Z' },
      },
    )
    assert.deepEqual([server.connections(), await statesOf(ctx)], [0, { pending: 8 }])
    const first = await sendDue(ctx, SEND)
    assert.deepEqual([first.totals.sent, first.limits[0]?.limit], [6, 'per-day'])
    const rest = await planSend(ctx, SEND)
    const sent = server.bodies.reduce((sum, body) => sum + Buffer.byteLength(body, 'latin1') + 2, 0)
    assert.equal(bytes - rest.totals.bytes, sent, 'bytes are those that were transmitted')
    assert.deepEqual(
      [rest.profiles[0]?.usedToday, rest.lastAt],
      [6, first.limits[0]?.nextAt],
      'the plan and the run agree on when the next one fits',
    )
  })

  test('takes no lock, and knows what is held, too big, or on a profile that waits', async (t) => {
    const { ctx } = await testCtx(t)
    await invoices(t, ctx, 2)
    await profileFor(ctx, 1, { maxBytes: 3000 })
    const big = await planSend(ctx, SEND)
    assert.deepEqual([big.totals.messages, big.totals.tooBig, big.profiles[0]?.tooBig.length], [0, 2, 2])
    await changeLimits(ctx, 'oficina', { maxBytes: null })
    await sendDue(ctx, SEND)
    const held = await planSend(ctx, SEND)
    assert.equal(held.profiles[0]?.hold?.cause, 'refused')
    assert.equal(held.profiles[0]?.firstAt, '2024-06-01T12:01:00.000Z')
  })

  test('reads well in both languages', async (t) => {
    const { ctx } = await testCtx(t)
    await profileFor(ctx, 1, { perMinute: 2, perDay: 6, maxBytes: 26_214_400 })
    await invoices(t, ctx, 4)
    const plan = await planSend(ctx, SEND)
    const totals = { ...plan.totals, bytes: 61_440 }
    const profiles = plan.profiles.map((profile) => ({ ...profile, bytes: 61_440, largest: 15_360 }))
    const text = shown({ ...plan, totals, profiles }).replace(/\d\d\/\d\d\/\d{4}, \d\d:\d\d/g, 'DÍA, HORA')
    assert.equal(
      text,
      [
        'Por enviar: 4 mensajes a 8 destinatarios, 60 KB.',
        '',
        'Perfil oficina',
        '  4 mensajes a 8 destinatarios, 60 KB; el mayor, 15 KB',
        '  Límites: 2 mensajes por minuto; 6 destinatarios en 24 horas (0 ya usados)',
        '  El primero sale ahora; el último, como muy pronto: DÍA, HORA.',
        '  Lo frena el límite de 24 horas.',
        '  6 destinatarios salen en este envío; 2 quedan para los siguientes.',
        '',
        'Lo último sale, como muy pronto: DÍA, HORA.',
        '',
        'No se envió nada.',
      ].join('\n'),
    )
    assert.ok(
      shown(plan, 'en')
        .split('\n')
        .every((line) => line.length <= 80),
    )
  })
})
