import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { sha256Of, storeBlobs } from '../../src/core/files/spool.ts'
import { markCancelled } from '../../src/core/store/cancelled-documents.ts'
import { claimOrders } from '../../src/core/store/claims.ts'
import { markDotted } from '../../src/core/store/settle.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { findProfile } from '../../src/core/store/profiles.ts'
import { makeCfdi, uuidOf } from '../support/cfdi-factory.ts'
import { packageDocuments, pdfOf, START, testCtx, URE, useProfile } from '../support/ctx.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { smtpServer, type SmtpServerOptions } from '../support/smtp-server.ts'
import { damageSnapshot } from '../support/snapshots.ts'

const SEND = { limit: null, profile: null }
const INVOICE = {
  series: 'A',
  folio: '1',
  issuedAt: '2024-05-20T09:00:00',
  receiverRfc: 'URE180429TM6',
} as const
const folios = (...names: readonly string[]) => names.map((folio) => ({ ...INVOICE, folio }))

async function withServer(t: TestContext, ctx: Ctx, options: SmtpServerOptions = {}) {
  const server = await smtpServer(t, options)
  await useProfile(ctx, server.port)
  return server
}

async function statesOf(ctx: Ctx): Promise<string[]> {
  return (await listOrders(ctx.db, {})).flatMap(({ deliveries }) =>
    deliveries.map(({ recipient, state }) => `${recipient} ${state}`),
  )
}

describe('sending', () => {
  test('the message arrives with the very bytes of the XML and the PDF, for exactly the recipients of the order', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await withServer(t, ctx)
    await packageDocuments(t, ctx, [INVOICE])
    const result = await sendDue(ctx, SEND)
    assert.deepEqual(result.totals, { sent: 2, deferred: 0, failed: 0, unknown: 0, held: 0 })
    const [received] = server.messages
    assert.deepEqual(received?.recipients, ['uno@ure.example', 'dos@ure.example'])
    const mail: ParsedMail = await simpleParser(received?.raw ?? '')
    assert.deepEqual(mail.attachments[0]?.content, makeCfdi(INVOICE))
    assert.deepEqual(mail.attachments[1]?.content, pdfOf(INVOICE))
    assert.equal((await sendDue(ctx, SEND)).deliveries.length, 0)
  })

  test('an order packaged before there was any profile is sent once there is one', async (t) => {
    const { ctx } = await testCtx(t)
    await packageDocuments(t, ctx, [INVOICE])
    await assert.rejects(sendDue(ctx, SEND), { code: 'NO_PROFILE' })
    const server = await withServer(t, ctx)
    await sendDue(ctx, SEND)
    const mail = await simpleParser(server.messages[0]?.raw ?? '')
    assert.equal(mail.from?.value[0]?.address, 'ventas@emisor.example')
    assert.equal(mail.attachments.length, 2)
    assert.match(mail.messageId ?? '', /@emisor\.example>$/)
    assert.equal((await listOrders(ctx.db, {}))[0]?.messageId, mail.messageId)
  })

  test('row 98: an order of a customer without address goes by itself once the customer has one', async (t) => {
    const { ctx } = await testCtx(t)
    await saveCustomer(ctx.db, { ...URE, packaging: { type: 'GRAL', addresses: [] } }, ctx.now())
    const server = await withServer(t, ctx)
    await packageDocuments(t, ctx, [INVOICE])
    assert.equal((await sendDue(ctx, SEND)).totals.held, 1)
    await saveCustomer(ctx.db, URE, ctx.now())
    assert.equal((await sendDue(ctx, SEND)).totals.sent, 2)
    const mail = await simpleParser(server.messages[0]?.raw ?? '')
    assert.match(
      mail.headers.get('to') === undefined ? '' : JSON.stringify(mail.to),
      /uno@ure\.example.*dos@ure\.example/,
    )
  })

  test('row 11: one recipient refused for good and one for now: three outcomes, and the retry goes only to the one still owed', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const replies = new Map([['dos@ure.example', '450 4.2.0 Greylisted']])
    const server = await withServer(t, ctx, { onRecipient: (address) => replies.get(address) })
    await packageDocuments(t, ctx, [INVOICE])
    await sendDue(ctx, SEND)
    assert.deepEqual(await statesOf(ctx), ['uno@ure.example sent', 'dos@ure.example deferred'])
    replies.clear()
    clock.minutes = 0.5
    assert.equal((await sendDue(ctx, SEND)).deliveries.length, 0, 'not before its time')
    clock.minutes = 2
    await sendDue(ctx, SEND)
    assert.deepEqual(
      server.messages.map(({ recipients }) => recipients),
      [['uno@ure.example'], ['dos@ure.example']],
    )
    assert.deepEqual(server.messages[0]?.raw, server.messages[1]?.raw, 'every try is the same message')
  })

  test('row 10: a 550 for one address fails that address alone', async (t) => {
    const { ctx } = await testCtx(t)
    await withServer(t, ctx, {
      onRecipient: (address) => (address.startsWith('dos') ? '550 5.1.1 No such user' : undefined),
    })
    await packageDocuments(t, ctx, [INVOICE])
    const { totals } = await sendDue(ctx, SEND)
    assert.deepEqual([totals.sent, totals.failed], [1, 1])
  })

  test('row 99: an address that a header cannot write is told apart from the others, and they get their mail', async (t) => {
    const { ctx } = await testCtx(t)
    await saveCustomer(
      ctx.db,
      {
        ...URE,
        packaging: { type: 'GRAL', addresses: ['uno@ure.example', 'peña@ure.example'] },
      },
      ctx.now(),
    )
    const server = await withServer(t, ctx)
    await packageDocuments(t, ctx, [INVOICE])
    const { totals } = await sendDue(ctx, SEND)
    assert.deepEqual(server.messages[0]?.recipients.slice(0, 1), ['uno@ure.example'])
    assert.equal(totals.sent + totals.failed, 2)
  })

  test('--limit counts messages, the rest stays due', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await withServer(t, ctx)
    await packageDocuments(t, ctx, folios('1', '2', '3'))
    const result = await sendDue(ctx, { limit: 2, profile: null })
    assert.deepEqual([server.messages.length, result.waiting], [2, 2])
  })

  test('row 75: a document cancelled after packaging never leaves', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await withServer(t, ctx)
    await packageDocuments(t, ctx, [INVOICE])
    await markCancelled(ctx.db, { uuids: [uuidOf(INVOICE)], reason: 'error', at: START.toISOString() })
    await sendDue(ctx, SEND)
    assert.equal(server.messages.length, 0)
    assert.deepEqual(await statesOf(ctx), ['uno@ure.example cancelled', 'dos@ure.example cancelled'])
  })

  test('row 60: a snapshot that is changed holds the order for review, and the others go', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await withServer(t, ctx)
    await packageDocuments(t, ctx, folios('1', '2'))
    const [order] = await listOrders(ctx.db, {})
    await damageSnapshot(ctx, order?.id ?? '')
    const { totals } = await sendDue(ctx, SEND)
    assert.deepEqual([server.messages.length, totals.sent, totals.held], [1, 2, 2])
  })

  test('what an older version packaged, each snapshot in a file of its own, goes as it was', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await withServer(t, ctx)
    await packageDocuments(t, ctx, [INVOICE])
    const contents = [makeCfdi(INVOICE), pdfOf(INVOICE)]
    await storeBlobs(ctx.folders.spool, new Map(contents.map((bytes) => [sha256Of(bytes), bytes])))
    await ctx.db.updateTable('order_attachment').set({ pack: null, pack_offset: null }).execute()
    rmSync(join(ctx.folders.spool, 'packs'), { recursive: true })
    await sendDue(ctx, SEND)
    const mail = await simpleParser(server.messages[0]?.raw ?? '')
    assert.deepEqual(
      mail.attachments.map(({ content }) => content),
      contents,
    )
  })
})

describe('faults of the profile', () => {
  test('row 18: a wrong password is tried once, holds the profile and burns no delivery', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t, { login: { user: 'u', password: 'buena' } })
    const secret = ctx.secrets.seal('profile:oficina:secret', 'mala')
    await useProfile(ctx, server.port, { user: 'u', secret })
    await packageDocuments(t, ctx, folios('1', '2', '3'))
    const first = await sendDue(ctx, SEND)
    assert.deepEqual([first.totals.failed, first.waiting, first.profiles[0]?.cause], [0, 6, 'bad-password'])
    await sendDue(ctx, SEND)
    assert.equal(server.logins.length, 1)
    assert.equal((await findProfile(ctx.db, 'oficina'))?.hold?.until, null)
  })

  test('row 22: a dead server holds the profile for a minute, then longer, and charges no try', async (t) => {
    const { ctx, clock } = await testCtx(t)
    await useProfile(ctx, 1)
    await packageDocuments(t, ctx, [INVOICE])
    const first = await sendDue(ctx, SEND)
    assert.equal(first.profiles[0]?.cause, 'refused')
    clock.minutes = 2
    await sendDue(ctx, SEND)
    const hold = (await findProfile(ctx.db, 'oficina'))?.hold
    assert.deepEqual([hold?.strikes, hold?.until], [2, '2024-06-01T12:07:00.000Z'])
    const [order] = await listOrders(ctx.db, {})
    assert.deepEqual(
      order?.deliveries.map(({ state, attempts }) => [state, attempts]),
      [
        ['pending', 0],
        ['pending', 0],
      ],
    )
  })
})

describe('the lifetime of a delivery', () => {
  test('counts from the first try: one that waited three days for a password is only deferred by its first 450', async (t) => {
    const { ctx, clock } = await testCtx(t)
    await packageDocuments(t, ctx, [INVOICE])
    clock.minutes = 3 * 24 * 60
    await withServer(t, ctx, { onRecipient: () => '450 4.2.0 later' })
    await sendDue(ctx, SEND)
    assert.deepEqual(await statesOf(ctx), ['uno@ure.example deferred', 'dos@ure.example deferred'])
    clock.minutes = 6 * 24 * 60
    await sendDue(ctx, SEND)
    assert.deepEqual(await statesOf(ctx), ['uno@ure.example dead', 'dos@ure.example dead'])
  })
})

describe('the moment nobody can know', () => {
  test('row 2: a connection that dies after the dot leaves the deliveries unknown, and no later run sends them', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const server = await rawSmtp(t, { script: { dot: { send: '', then: 'drop' } } })
    await useProfile(ctx, server.port)
    await packageDocuments(t, ctx, [INVOICE])
    const { totals } = await sendDue(ctx, SEND)
    assert.equal(totals.unknown, 2)
    clock.minutes = 600
    assert.equal((await sendDue(ctx, SEND)).deliveries.length, 0)
  })

  for (const answer of ['OK queued as 123', '25', ' 250 ok', '354 go', '999 what']) {
    test(`row 3: "${answer}" after the dot is no reply: unknown, and not sent again`, async (t) => {
      const { ctx, clock } = await testCtx(t)
      const server = await rawSmtp(t, { script: { dot: { send: `${answer}\r\n` } } })
      await useProfile(ctx, server.port)
      await packageDocuments(t, ctx, [INVOICE])
      assert.equal((await sendDue(ctx, SEND)).totals.unknown, 2)
      clock.minutes = 600
      assert.equal((await sendDue(ctx, SEND)).deliveries.length, 0)
    })
  }

  test('row 8: a server that takes one message a session gets a new session for each, and the profile goes on', async (t) => {
    const { ctx } = await testCtx(t)
    let senders = 0
    const server = await smtpServer(t, {
      onSender: () => (++senders % 2 === 0 ? '421 4.7.0 one message a session' : undefined),
    })
    await useProfile(ctx, server.port)
    await packageDocuments(t, ctx, folios('1', '2', '3'))
    assert.equal((await sendDue(ctx, SEND)).totals.sent, 6)
  })

  test('row 1: what a dead process left: leased is sent, dotted becomes unknown', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await withServer(t, ctx)
    await packageDocuments(t, ctx, folios('1', '2'))
    const [first, second] = await claimOrders(ctx.db, {
      lanes: ['module:invoicing'],
      now: START,
      token: 'dead',
      limit: 2,
    })
    await markDotted(ctx.db, {
      token: 'dead',
      deliveries: first?.deliveries.map(({ id }) => id) ?? [],
      at: START,
    })
    const { totals } = await sendDue(ctx, SEND)
    assert.deepEqual([totals.unknown, totals.sent], [2, 2])
    assert.equal(server.messages.length, 1)
    assert.match(server.messages[0]?.raw.toString('latin1') ?? '', new RegExp(second?.messageId ?? '-'))
  })

  test('row 36: a second sender leaves at once', async (t) => {
    const { ctx } = await testCtx(t)
    let inner: unknown
    await withServer(t, ctx)
    await packageDocuments(t, ctx, [INVOICE])
    const progress = () => {
      inner ??= sendDue(ctx, SEND).catch((error: unknown) => error)
    }
    await sendDue({ ...ctx, progress }, SEND)
    assert.equal(((await inner) as { code: string }).code, 'SEND_RUNNING')
  })

  test('several connections share the work and send each message once', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t)
    await useProfile(ctx, server.port, { connections: 4 })
    const names = Array.from({ length: 30 }, (_, i) => String(i + 1))
    await packageDocuments(t, ctx, folios(...names))
    const { totals } = await sendDue(ctx, SEND)
    assert.deepEqual([totals.sent, server.messages.length], [60, 30])
    const ids = new Set(
      server.messages.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString('latin1'))?.[1]),
    )
    assert.equal(ids.size, 30)
  })
})
