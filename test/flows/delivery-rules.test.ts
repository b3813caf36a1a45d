import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { findProfile } from '../../src/core/store/profiles.ts'
import { recoverAbandoned } from '../../src/core/store/recovery.ts'
import { packageDocuments, testCtx, URE, useProfile } from '../support/ctx.ts'
import { TINY } from '../support/delivery.ts'
import { smtpProfile } from '../support/profiles.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { smtpServer } from '../support/smtp-server.ts'

const SEND = { limit: null, profile: null }
const ONE = { ...URE, packaging: { type: 'GRAL', addresses: ['uno@ure.example'] } }

async function statesOf(ctx: Ctx): Promise<string[]> {
  return (await listOrders(ctx.db, {}))
    .flatMap(({ deliveries }) => deliveries.map(({ state }) => state))
    .sort()
}

describe('a server that ends a session', () => {
  test('rows 7 and 8: a 421 to the second message of a session leaves the first sent, and the rest due', async (t) => {
    const { ctx } = await testCtx(t)
    await saveCustomer(ctx.db, ONE, ctx.now())
    const server = await rawSmtp(t, {
      script: { dot: ['250 2.0.0 ok', { send: '421 4.3.2 closing\r\n', then: 'fin' }] },
    })
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }, { folio: '3' }])
    await useProfile(ctx, server.port)
    await sendDue(ctx, SEND)
    assert.deepEqual(await statesOf(ctx), ['deferred', 'pending', 'sent'])
    assert.equal((await findProfile(ctx.db, 'oficina'))?.hold?.strikes, 1)
  })

  test('row 26: a connection that is lost is not opened again underneath: one connection, one MAIL FROM', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t, { script: { MAIL: 'DROP' } })
    await packageDocuments(t, ctx, [{ folio: '1' }])
    await useProfile(ctx, server.port)
    await sendDue(ctx, SEND)
    assert.deepEqual([server.connections(), server.count('MAIL')], [1, 1])
    assert.deepEqual(await statesOf(ctx), ['pending', 'pending'])
  })

  test('row 29: a sender that the server does not allow holds the profile, and no message is failed', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t, { script: { MAIL: '550 5.7.60 not allowed to send as' } })
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    await useProfile(ctx, server.port)
    await sendDue(ctx, SEND)
    assert.deepEqual(new Set(await statesOf(ctx)), new Set(['pending']))
    assert.deepEqual([server.count('MAIL'), (await findProfile(ctx.db, 'oficina'))?.hold?.until], [1, null])
  })
})

test('rows 9 and 33: greylisted, it is tried again after a minute or more, as the same message to the byte', async (t) => {
  const { ctx, clock } = await testCtx(t)
  const seen: string[] = []
  let grey = true
  const server = await smtpServer(t, {
    onMessage({ raw }) {
      seen.push(createHash('sha256').update(raw).digest('hex'))
      return grey ? '451 4.7.1 greylisted' : undefined
    },
  })
  await packageDocuments(t, ctx, [{ folio: '1' }])
  await useProfile(ctx, server.port)
  await sendDue(ctx, SEND)
  assert.deepEqual(await statesOf(ctx), ['deferred', 'deferred'])
  clock.minutes = 0.5
  await sendDue(ctx, SEND)
  assert.equal(seen.length, 1, 'tried again too early')
  grey = false
  clock.minutes = 2
  await sendDue(ctx, SEND)
  assert.deepEqual(await statesOf(ctx), ['sent', 'sent'])
  assert.equal(seen.length, 2)
  assert.equal(seen[0], seen[1])
})

test('row 34: nobody is in a Bcc header, and every recipient of the envelope is in To', async (t) => {
  const { ctx } = await testCtx(t)
  const server = await smtpServer(t)
  await packageDocuments(t, ctx, [{ folio: '1' }])
  await useProfile(ctx, server.port)
  await sendDue(ctx, SEND)
  const head = server.messages[0]!.raw.toString()
    .split('\r\n\r\n')[0]!
    .replace(/\r\n[ \t]/g, ' ')
  assert.doesNotMatch(head, /^(bcc|resent-bcc):/im)
  for (const recipient of server.messages[0]!.recipients)
    assert.ok(/^To: .*$/im.exec(head)![0].includes(recipient))
})

test('row 35: two customers of one run get a message each, and neither sees the other', async (t) => {
  const { ctx } = await testCtx(t)
  const other = { ...ONE, code: 'C00002', name: 'OTRA', rfc: 'XIA190128J61' }
  await saveCustomer(
    ctx.db,
    { ...other, packaging: { type: 'GRAL', addresses: ['otra@x.example'] } },
    ctx.now(),
  )
  const server = await smtpServer(t)
  await packageDocuments(t, ctx, [
    { folio: '1' },
    { folio: '2', receiverRfc: 'XIA190128J61', receiverName: 'OTRA' },
  ])
  await useProfile(ctx, server.port)
  await sendDue(ctx, SEND)
  assert.deepEqual(server.messages.map(({ recipients }) => [...recipients].sort()).sort(), [
    ['dos@ure.example', 'uno@ure.example'],
    ['otra@x.example'],
  ])
  const foreign = server.messages.filter(({ raw, recipients }) =>
    recipients.includes('otra@x.example') ? raw.includes('ure.example') : raw.includes('otra@x.example'),
  )
  assert.equal(foreign.length, 0)
})

test('row 37: a sender that was paused past its lease sends no dot when it goes on', async (t) => {
  const { ctx } = await testCtx(t)
  await saveCustomer(ctx.db, ONE, ctx.now())
  const server = await rawSmtp(t, { script: { DATA: [{ send: '354 go\r\n', afterMs: 200 }, '354 go'] } })
  await packageDocuments(t, ctx, [{ folio: '1' }])
  await useProfile(ctx, server.port)
  const sending = sendDue(ctx, SEND)
  await server.reached('DATA')
  // Another sender takes up what this one had in its hands.
  await recoverAbandoned(ctx.db, ctx.now())
  await sending
  // The order was due again, so the run took it a second time and from its start.
  assert.deepEqual([server.connections(), server.count('DATA'), server.bodies.length], [2, 2, 1])
  assert.deepEqual(await statesOf(ctx), ['sent'])
})

test('row 135: a reply without an end is cut off and not kept in memory', async (t) => {
  const flood = '250-' + 'x'.repeat(60_000) + '\r\n'
  const server = await rawSmtp(t, { script: { greeting: { send: `220-${'x'.repeat(3_000_000)}` } } })
  const greeted = await smtpChannel({ deadlines: TINY }).open(smtpProfile({ port: server.port }), '')
  assert.equal(greeted.ok, false)
  const later = await rawSmtp(t, { script: { EHLO: { send: flood.repeat(60) } } })
  const opened = await smtpChannel({ deadlines: TINY }).open(smtpProfile({ port: later.port }), '')
  assert.equal(opened.ok, false)
})
