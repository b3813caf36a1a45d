import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { sendRedirected } from '../../src/core/flows/send-redirected.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { countByState } from '../../src/core/store/delivery-counts.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'

const TRIAL = { limit: null, profile: null, to: 'yo@emisor.example' }
const INVOICE = { series: 'Ñ', issuedAt: '2024-05-20T09:00:00', receiverRfc: 'URE180429TM6' } as const
const invoices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ ...INVOICE, folio: String(i + 1) }))

describe('send --redirect-to', () => {
  test('the real message goes to that address alone and says whom it was for; no state changes', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t)
    await useProfile(ctx, server.port)
    await packageDocuments(t, ctx, invoices(1))
    const before = [await listOrders(ctx.db, {}), await listEvents(ctx.db, {})]
    const result = await sendRedirected(ctx, TRIAL)
    assert.deepEqual(
      result.messages.map(({ ok, intended }) => [ok, intended]),
      [[true, ['uno@ure.example', 'dos@ure.example']]],
    )
    assert.deepEqual(
      server.messages.map(({ recipients }) => recipients),
      [['yo@emisor.example']],
    )
    const mail = await simpleParser(server.messages[0]?.raw ?? '')
    const [order] = await listOrders(ctx.db, {})
    assert.equal(mail.subject, `[prueba → uno@ure.example +1] ${order?.subject ?? ''}`)
    assert.equal(mail.headers.get('x-cfdi-mail-intended-to'), 'uno@ure.example, dos@ure.example')
    const head = server.messages[0]?.raw.toString('latin1').split('\r\n\r\n')[0] ?? ''
    assert.match(head, /^To: yo@emisor\.example$/m)
    assert.doesNotMatch(head, /^(To|Cc|Bcc|Reply-To):.*ure\.example/im)
    assert.equal(head.match(/^Message-ID:/gim)?.length, 1)
    assert.notEqual(mail.messageId, order?.messageId)
    assert.equal(mail.attachments.length, 2)
    assert.deepEqual([await listOrders(ctx.db, {}), await listEvents(ctx.db, {})], before)
    assert.equal((await sendDue(ctx, { limit: null, profile: null })).totals.sent, 2)
  })

  test('ten messages unless a limit says otherwise', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t)
    await useProfile(ctx, server.port)
    await packageDocuments(t, ctx, invoices(12))
    assert.equal((await sendRedirected(ctx, TRIAL)).messages.length, 10)
    assert.equal((await sendRedirected(ctx, { ...TRIAL, limit: 12 })).messages.length, 12)
    assert.equal(server.messages.length, 22)
  })

  test('a refusal is told and counts for nothing: no retry, no notice, no profile on hold', async (t) => {
    const { ctx } = await testCtx(t, {
      settings: { ...DEFAULT_SETTINGS, errorMail: 'sistemas@emisor.example' },
    })
    const server = await smtpServer(t, { onRecipient: () => '550 5.1.1 no such user' })
    await useProfile(ctx, server.port)
    await packageDocuments(t, ctx, invoices(1))
    const result = await sendRedirected(ctx, TRIAL)
    assert.deepEqual(
      result.messages.map(({ ok, code }) => [ok, code]),
      [[false, 550]],
    )
    assert.equal(result.needsPerson, true)
    assert.equal((await countByState(ctx.db)).pending, 2)
    assert.equal(server.messages.length, 0)
  })

  test('what is no address is refused before anything is asked of a server', async (t) => {
    const { ctx } = await testCtx(t)
    await assert.rejects(sendRedirected(ctx, { ...TRIAL, to: 'a@b.mx, c@d.mx' }), { code: 'BAD_ADDRESS' })
  })
})
