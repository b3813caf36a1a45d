import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import { loadSettings } from '../../src/core/config/load.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { showNotices } from '../../src/core/flows/notices.ts'
import { listOutbox } from '../../src/core/flows/outbox.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { showStatus } from '../../src/core/flows/status.ts'
import type { EventKind } from '../../src/core/model/event.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/model/settings.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { releaseProfile } from '../../src/core/store/profiles.ts'
import { packageDocuments, testCtx, type TestCtx, URE, useProfile } from '../support/ctx.ts'
import { type ReceivedMessage, smtpServer, type SmtpServerOptions } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const SEND = { limit: null, profile: null }
const ADMIN = 'sistemas@emisor.example'
const INVOICE = { series: 'A', issuedAt: '2024-05-20T09:00:00', receiverRfc: 'URE180429TM6' } as const

async function house(t: TestContext, settings: Partial<Settings> = {}): Promise<TestCtx> {
  return await testCtx(t, { settings: { ...DEFAULT_SETTINGS, errorMail: ADMIN, ...settings } })
}

async function serve(t: TestContext, ctx: Ctx, options: SmtpServerOptions = {}) {
  const server = await smtpServer(t, options)
  await useProfile(ctx, server.port)
  return server
}

const invoices = (t: TestContext, ctx: Ctx, ...folios: readonly string[]) =>
  packageDocuments(
    t,
    ctx,
    folios.map((folio) => ({ ...INVOICE, folio })),
  )

function noticesAt(messages: readonly ReceivedMessage[]): readonly ReceivedMessage[] {
  return messages.filter(({ recipients }) => recipients.includes(ADMIN))
}

async function parsed(message: ReceivedMessage | undefined): Promise<ParsedMail> {
  assert.ok(message, 'the notice arrived')
  return await simpleParser(message.raw)
}

async function countOf(ctx: Ctx, kind: EventKind): Promise<number> {
  return (await listEvents(ctx.db, {})).filter(({ event }) => event === kind).length
}

/** The server knows only the second of the customer's addresses. */
const ONE_UNKNOWN: SmtpServerOptions = {
  onRecipient: (address) =>
    address === 'uno@ure.example' ? '550 5.1.1 <uno> no such user "here"' : undefined,
}

describe('one digest a run about what needs a person', () => {
  test("it says what failed, for whom, in the server's words, and what to type; from nobody, so that it cannot bounce", async (t) => {
    const { ctx } = await house(t)
    const server = await serve(t, ctx, ONE_UNKNOWN)
    const [order] = await invoices(t, ctx, '7', '8')
    await sendDue(ctx, SEND)
    const [notice, ...others] = noticesAt(server.messages)
    assert.equal(others.length, 0, 'one digest, however much failed')
    assert.ok(notice)
    assert.deepEqual([notice.from, notice.recipients], ['', [ADMIN]])
    const mail = await parsed(notice)
    assert.equal(mail.subject, 'cfdi-mail: 2 asuntos necesitan a una persona')
    assert.deepEqual(
      mail.from?.value.map(({ address }) => address),
      ['ventas@emisor.example'],
    )
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    const { text = '', html } = mail
    assert.ok(order)
    const command = `cfdi-mail reenviar ${order.id.slice(-8)} --motivo`
    for (const part of ['uno@ure.example', '550 5.1.1 <uno> no such user "here"', 'C00001', 'A-7', command])
      assert.ok(text.includes(part), part)
    assert.match(String(html), /&lt;uno&gt; no such user &quot;here&quot;/)
    assert.ok(!text.includes('dos@ure.example'), 'what was sent is not told')
  })

  test('the same facts are not told again, new ones are', async (t) => {
    const { ctx } = await house(t)
    const server = await serve(t, ctx, ONE_UNKNOWN)
    await invoices(t, ctx, '1')
    await sendDue(ctx, SEND)
    await sendDue(ctx, SEND)
    assert.equal(noticesAt(server.messages).length, 1)
    await invoices(t, ctx, '2')
    await sendDue(ctx, SEND)
    const [, second] = noticesAt(server.messages)
    const { text = '' } = await parsed(second)
    assert.ok(text.includes('A-2') && !text.includes('A-1'), text)
  })

  test('a run in which nothing needs a person sends none', async (t) => {
    const { ctx } = await house(t)
    const server = await serve(t, ctx)
    await invoices(t, ctx, '1')
    await sendDue(ctx, SEND)
    assert.deepEqual([server.messages.length, noticesAt(server.messages).length], [1, 0])
  })

  test('notices are no deliveries: neither totals nor the outbox know them, only their own list', async (t) => {
    const { ctx } = await house(t)
    await serve(t, ctx, ONE_UNKNOWN)
    await invoices(t, ctx, '1')
    const { totals, deliveries } = await sendDue(ctx, SEND)
    assert.deepEqual([totals.sent, totals.failed, deliveries.length], [1, 1, 2])
    const all = { clients: [], period: ALWAYS, states: null, uuid: null, limit: null }
    assert.equal((await listOutbox(ctx, all)).orders.length, 1)
    assert.deepEqual([(await showStatus(ctx)).orders, (await showStatus(ctx)).deliveries.sent], [1, 1])
    const { notices } = await showNotices(ctx)
    assert.deepEqual(
      notices.map(({ state, facts, recipient }) => [state, facts, recipient]),
      [['sent', 1, ADMIN]],
    )
  })

  test('in English where the settings say so', async (t) => {
    const { ctx } = await house(t, { language: 'en' })
    const server = await serve(t, ctx, ONE_UNKNOWN)
    await invoices(t, ctx, '1')
    await sendDue(ctx, SEND)
    const mail = await parsed(noticesAt(server.messages)[0])
    assert.equal(mail.subject, 'cfdi-mail: one matter needs a person')
    assert.match(mail.text ?? '', /Could not be delivered/)
  })

  test('without an address nobody is told, and what happened by then is not told later', async (t) => {
    const { ctx } = await house(t, { errorMail: null })
    const server = await serve(t, ctx, ONE_UNKNOWN)
    await invoices(t, ctx, '1')
    await sendDue(ctx, SEND)
    assert.equal(server.messages.length, 1)
    await sendDue({ ...ctx, settings: { ...ctx.settings, errorMail: ADMIN } }, SEND)
    assert.equal(noticesAt(server.messages).length, 0)
  })
})

describe('a notice that cannot leave', () => {
  test('row 95: the error address answers 550: an event, and never a notice about it', async (t) => {
    const { ctx } = await house(t)
    const refusing: SmtpServerOptions = {
      onRecipient: (address) =>
        address === ADMIN || address === 'uno@ure.example' ? '550 5.1.1 no such user' : undefined,
    }
    const server = await serve(t, ctx, refusing)
    await invoices(t, ctx, '1')
    for (let run = 0; run < 3; run++) await sendDue(ctx, SEND)
    assert.equal(await countOf(ctx, 'notice-failed'), 1)
    assert.equal(noticesAt(server.messages).length, 0)
    const { notices } = await showNotices(ctx)
    assert.deepEqual(
      notices.map(({ state, attempts, code }) => [state, attempts, code]),
      [['failed', 1, 550]],
    )
    assert.deepEqual((await sendDue(ctx, SEND)).profiles, [], 'the profile goes on')
  })

  test('while the profile is on hold it waits, and then tells the later runs too', async (t) => {
    const { ctx, clock } = await house(t)
    let wrong = true
    const server = await smtpServer(t, {
      onSender: () => (wrong ? '550 5.7.60 not allowed to send as this sender' : undefined),
      ...ONE_UNKNOWN,
    })
    await useProfile(ctx, server.port)
    await invoices(t, ctx, '1')
    const held = await sendDue(ctx, SEND)
    assert.equal(held.profiles.length, 1)
    await saveCustomer(ctx.db, { ...URE, packaging: { type: 'GRAL', addresses: [] } }, ctx.now())
    await invoices(t, ctx, '2')
    await sendDue(ctx, SEND)
    assert.deepEqual((await showNotices(ctx)).notices, [])
    wrong = false
    clock.minutes += 5
    await releaseProfile(ctx.db, 'oficina', ctx.now().toISOString())
    await sendDue(ctx, SEND)
    const notices = noticesAt(server.messages)
    assert.equal(notices.length, 1)
    const { text = '' } = await parsed(notices[0])
    assert.ok(text.includes('A-1') && text.includes('A-2'), text)
    assert.ok(text.includes('cfdi-mail clientes cambiar C00001 --correo'), text)
  })

  test('a 4xx is tried again later with what happened meanwhile, under the same Message-ID', async (t) => {
    const { ctx, clock } = await house(t)
    let busy = true
    const tries: string[] = []
    const server = await serve(t, ctx, {
      onRecipient: (address) => {
        if (address === ADMIN) tries.push(address)
        return address === ADMIN && busy ? '450 4.2.1 try later' : ONE_UNKNOWN.onRecipient?.(address)
      },
    })
    await invoices(t, ctx, '1')
    await sendDue(ctx, SEND)
    await sendDue(ctx, SEND)
    assert.equal(tries.length, 1, 'not before it is due')
    const [waiting] = (await showNotices(ctx)).notices
    busy = false
    await invoices(t, ctx, '2')
    clock.minutes += 10
    await sendDue(ctx, SEND)
    const [notice, ...others] = noticesAt(server.messages)
    assert.equal(others.length, 0)
    const mail = await parsed(notice)
    assert.equal(mail.messageId, `<${waiting?.messageId ?? ''}>`)
    assert.ok(mail.text?.includes('A-1') && mail.text.includes('A-2'))
  })

  test('a server that takes mail only from the account itself gets it from there, and the profile is not put on hold', async (t) => {
    const { ctx } = await house(t)
    const server = await serve(t, ctx, {
      ...ONE_UNKNOWN,
      onSender: (address) => (address === '' ? '550 5.7.60 client may not send as this sender' : undefined),
    })
    await invoices(t, ctx, '1')
    const { profiles } = await sendDue(ctx, SEND)
    assert.deepEqual(profiles, [])
    assert.deepEqual(
      noticesAt(server.messages).map(({ from }) => from),
      ['ventas@emisor.example'],
    )
  })
})

describe('documents that cannot leave', () => {
  test('packaging tells of a rejected document once, however often it is met', async (t) => {
    const { ctx } = await house(t)
    const server = await serve(t, ctx)
    const folder = tempFolder(t)
    writeFileSync(join(folder, 'roto.xml'), '<cfdi:Comprobante')
    const request = {
      ...{
        clients: [],
        period: ALWAYS,
        kinds: null,
        type: null,
        grouping: null,
        packing: null,
        reason: null,
      },
      ...({ sources: [folder], scope: 'all', repetition: 'once' } as const),
    }
    await packageCfdis(ctx, { ...request, mode: 'dry-run' })
    assert.equal(server.messages.length, 0)
    await packageCfdis(ctx, { ...request, mode: 'write' })
    await packageCfdis(ctx, { ...request, mode: 'write' })
    await sendDue(ctx, SEND)
    assert.equal(noticesAt(server.messages).length, 1)
    const { text = '' } = await parsed(server.messages[0])
    assert.ok(text.includes('roto.xml') && text.includes('no es XML bien formado'), text)
    assert.equal(await countOf(ctx, 'document-rejected'), 1)
  })
})

describe('the setting', () => {
  test("errorMail comes from the file or from either variable, and is read as strictly as a customer's address", (t) => {
    const file = join(tempFolder(t), 'cfdi-mail.yaml')
    writeFileSync(file, 'errorMail: Sistemas@EMISOR.example\n')
    assert.equal(loadSettings([file], {}).settings.errorMail, 'Sistemas@emisor.example')
    for (const name of ['CFD_MAIL_ERR_MAIL', 'CFDI_MAIL_ERROR_MAIL'])
      assert.equal(
        loadSettings([file], { [name]: 'otra@emisor.example' }).settings.errorMail,
        'otra@emisor.example',
      )
    for (const bad of ['a@b.mx, c@d.mx', 'nadie', '"a b"@c.mx'])
      assert.throws(() => loadSettings([], { CFD_MAIL_ERR_MAIL: bad }), { code: 'BAD_SETTINGS' })
  })
})
