import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { addContact, setContact } from '../../src/core/flows/customer-contacts.ts'
import { setCustomer } from '../../src/core/flows/customers.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { collectEvidence } from '../../src/core/flows/evidence.ts'
import { showOrder } from '../../src/core/flows/outbox.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { planSend } from '../../src/core/flows/send-plan.ts'
import { sendToFolder } from '../../src/core/flows/send-sandbox.ts'
import { resolveOrder } from '../../src/core/flows/steer-orders.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { findWhatsAppProfile } from '../../src/core/store/whatsapp-profiles.ts'
import { packageDocuments, pdfOf, testCtx, useProfile, useWhatsApp } from '../support/ctx.ts'
import { GRAPH, graphApi, type GraphOptions } from '../support/graph-api.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const MOBILE = '55 1234 5678'
const DOCUMENTS = [
  { series: 'A', folio: '1001' },
  { series: 'A', folio: '1002' },
]
const ALL = { limit: null, profile: null }
const withCode = (code: string) => (error: unknown) => error instanceof CfdiMailError && error.code === code

async function house(t: TestContext, options: GraphOptions = {}) {
  const { ctx, clock } = await testCtx(t)
  const mail = await smtpServer(t)
  const graph = await graphApi(t, options)
  await useProfile(ctx, mail.port)
  await useWhatsApp(ctx, graph.url)
  return { ctx, clock, mail, graph }
}

async function customer(
  ctx: Ctx,
  channel: string,
  changes: { readonly mobile?: string } = {},
): Promise<void> {
  const xmlBy = channel === 'whatsapp' ? { xmlBy: 'portal de clientes' } : {}
  await setCustomer(ctx, 'C00001', { channel, mobile: MOBILE, ...xmlBy, ...changes })
}

const states = ({ deliveries }: { readonly deliveries: readonly { recipient: string; state: string }[] }) =>
  deliveries.map(({ recipient, state }) => `${recipient} ${state}`)

describe('documents by WhatsApp', () => {
  test('row 142: both channels: XML and PDF by mail, the PDF alone by WhatsApp, each under its own number', async (t) => {
    const { ctx, mail, graph } = await house(t)
    await customer(ctx, 'both')
    const orders = await packageDocuments(t, ctx, DOCUMENTS.slice(0, 1))
    assert.deepEqual(
      orders.map(({ channel, recipients, attachments }) => [
        channel,
        recipients.map(({ address }) => address),
        attachments.map(({ name }) => name.split('.').at(-1)),
      ]),
      [
        ['email', ['uno@ure.example', 'dos@ure.example'], ['xml', 'pdf']],
        ['whatsapp', ['+525512345678'], ['pdf']],
      ],
    )
    const sent = await sendDue(ctx, ALL)
    assert.deepEqual(states(sent), ['uno@ure.example sent', 'dos@ure.example sent', '+525512345678 sent'])
    assert.equal(mail.messages.length, 1)
    const [chat] = graph.messages
    assert.deepEqual([chat?.to, chat?.parameters[0]], ['525512345678', 'A-1001'])
    assert.deepEqual(graph.media.get(chat?.media ?? '')?.bytes, pdfOf(DOCUMENTS[0]!))
    const { order } = await showOrder(ctx, orders[1]!.id)
    assert.deepEqual([order.channel, order.profile, order.state], ['whatsapp', null, 'sent'])
    // The page said that a mail server took it, and showed in red that there is no file of a mail.
    const out = join(tempFolder(t), 'constancia')
    await collectEvidence(ctx, { uuid: null, order: order.id, out })
    const page = readFileSync(join(out, 'index.html'), 'utf8')
    assert.match(page, /Meta aceptó el mensaje[^]*Referencia en WhatsApp/)
    assert.doesNotMatch(
      page,
      /servidor de correo aceptó el mensaje y se hizo cargo|class="bad"|lleva también/,
    )
  })

  test('WhatsApp alone makes no mail, and one message for each document', async (t) => {
    const { ctx, mail, graph } = await house(t)
    await customer(ctx, 'whatsapp')
    await packageDocuments(t, ctx, DOCUMENTS)
    const { totals } = await sendDue(ctx, ALL)
    assert.deepEqual([totals.sent, mail.messages.length, graph.messages.length], [2, 0, 2])
  })

  test('WhatsApp alone needs a person’s word on how the XML gets there', async (t) => {
    const { ctx } = await house(t)
    await assert.rejects(setCustomer(ctx, 'C00001', { channel: 'whatsapp' }), withCode('NEEDS_XML_BY'))
    const set = await setCustomer(ctx, 'C00001', { channel: 'solo', mobile: MOBILE }).catch(
      (error: unknown) => error,
    )
    assert.ok(withCode('BAD_CHOICE')(set))
    const { channel, xmlBy } = await setCustomer(ctx, 'C00001', {
      channel: 'whatsapp',
      xmlBy: ' en su portal ',
    })
    assert.deepEqual([channel, xmlBy], ['whatsapp', 'en su portal'])
  })

  test('a channel that nothing can send on is refused while somebody looks', async (t) => {
    const { ctx } = await testCtx(t)
    await assert.rejects(setCustomer(ctx, 'C00001', { channel: 'both' }), withCode('NO_WHATSAPP_PROFILE'))
  })

  test('a customer without a number is told, and its message goes by itself once there is one', async (t) => {
    const { ctx, graph } = await house(t)
    await customer(ctx, 'whatsapp', { mobile: '' })
    const [order] = await packageDocuments(t, ctx, DOCUMENTS.slice(0, 1))
    assert.equal(order?.state, 'held')
    await sendDue(ctx, ALL)
    assert.equal(graph.messages.length, 0)
    await setCustomer(ctx, 'C00001', { mobile: '+52 1 33 1234 5678' })
    await sendDue(ctx, ALL)
    assert.deepEqual(
      graph.messages.map(({ to }) => to),
      ['523312345678'],
    )
  })

  test('go to the marked contacts where the customer has no number of its own', async (t) => {
    const { ctx } = await house(t)
    await customer(ctx, 'both', { mobile: '' })
    await addContact(ctx, 'C00001', { email: 'ana@ure.example', mobile: '5587654321', getsInvoices: false })
    const shown = await setContact(ctx, { customer: 'C00001', contact: '1' }, { getsInvoices: true })
    assert.deepEqual(shown.numbers, [{ address: '+525587654321', rule: 'contact' }])
    const bad = setContact(ctx, { customer: 'C00001', contact: '1' }, { mobile: '123' })
    await assert.rejects(bad, withCode('BAD_PHONE'))
  })

  test('the same file goes to two numbers with one upload', async (t) => {
    const { ctx, graph } = await house(t)
    await customer(ctx, 'whatsapp', { mobile: '5512345678, 5587654321' })
    await packageDocuments(t, ctx, DOCUMENTS.slice(0, 1))
    await sendDue(ctx, ALL)
    assert.deepEqual(graph.requests, ['media', 'messages', 'messages'])
  })
})

describe('WhatsApp that does not go as it should', () => {
  test('row 136: a lost answer is unknown, is not sent again, and a person settles it', async (t) => {
    const onRequest = (what: string, nth: number) =>
      what === 'messages' && nth === 1 ? ('drop-before-answer' as const) : undefined
    const { ctx, clock, graph } = await house(t, { onRequest })
    await customer(ctx, 'whatsapp')
    const [order] = await packageDocuments(t, ctx, DOCUMENTS.slice(0, 1))
    assert.deepEqual(states(await sendDue(ctx, ALL)), ['+525512345678 unknown'])
    clock.minutes += 600
    await sendDue(ctx, ALL)
    assert.equal(graph.messages.length, 1)
    await resolveOrder(ctx, {
      order: order!.id,
      verdict: 'sent',
      recipient: null,
      reason: 'lo vio el cliente',
    })
    assert.equal((await showOrder(ctx, order!.id)).order.state, 'sent')
  })

  test('row 137: an expired token holds the profile; nothing is burnt, and mail goes on', async (t) => {
    const { ctx, mail, graph } = await house(t, { token: 'otro' })
    await customer(ctx, 'both')
    await packageDocuments(t, ctx, DOCUMENTS)
    const { totals, profiles, waiting } = await sendDue(ctx, ALL)
    assert.deepEqual([totals.failed, totals.sent, mail.messages.length, waiting], [0, 4, 2, 2])
    assert.deepEqual(
      profiles.map(({ name, cause }) => [name, cause]),
      [['celulares', 'whatsapp-token']],
    )
    assert.deepEqual(graph.requests, ['media'])
    await sendDue(ctx, ALL)
    assert.deepEqual(graph.requests, ['media'])
  })

  test('row 138: a minute’s rate waits by itself, and what was due goes later', async (t) => {
    const onRequest = (what: string, nth: number) =>
      what === 'messages' && nth === 1 ? { code: 130429, status: 429 } : undefined
    const { ctx, clock, graph } = await house(t, { onRequest })
    await customer(ctx, 'whatsapp')
    await packageDocuments(t, ctx, DOCUMENTS)
    const { totals } = await sendDue(ctx, ALL)
    assert.deepEqual([totals.deferred, totals.failed, graph.messages.length], [1, 0, 0])
    const hold = (await findWhatsAppProfile(ctx.db, 'celulares'))?.hold
    assert.equal(hold?.until, '2024-06-01T12:01:00.000Z')
    clock.minutes += 5
    await sendDue(ctx, ALL)
    assert.equal(graph.messages.length, 2)
  })

  test('row 138: two messages to one number are six seconds apart, to two numbers at once', async (t) => {
    const pair = { ms: 6_000, now: () => 0 }
    const { ctx, clock, graph } = await house(t, { pair })
    pair.now = () => clock.minutes * 60_000
    await customer(ctx, 'whatsapp')
    await packageDocuments(t, ctx, DOCUMENTS)
    const { totals } = await sendDue(ctx, ALL)
    assert.deepEqual([totals.sent, graph.messages.length], [2, 2])
    assert.ok(clock.minutes * 60 >= 6 && clock.minutes * 60 < 7, `${clock.minutes * 60} s`)
  })

  test('row 138: a day’s users are counted once each', async (t) => {
    const { ctx, clock, graph } = await house(t)
    await useWhatsApp(ctx, graph.url, { perDay: 1 })
    await customer(ctx, 'whatsapp')
    await packageDocuments(t, ctx, DOCUMENTS)
    await sendDue(ctx, ALL)
    assert.equal(graph.messages.length, 2)
    await setCustomer(ctx, 'C00001', { mobile: '3312345678' })
    await packageDocuments(t, ctx, [{ series: 'A', folio: '1003' }])
    const { limits } = await sendDue(ctx, ALL)
    assert.deepEqual([graph.messages.length, limits[0]?.limit], [2, 'per-day'])
    clock.minutes += 24 * 60 + 1
    await sendDue(ctx, ALL)
    assert.equal(graph.messages.length, 3)
  })

  // The plan said that it went tomorrow, and send sent it at once.
  test('row 138: the plan counts a number once too', async (t) => {
    const { ctx, graph } = await house(t)
    await useWhatsApp(ctx, graph.url, { perDay: 1 })
    await customer(ctx, 'whatsapp')
    await packageDocuments(t, ctx, DOCUMENTS)
    const planned = async () =>
      (await planSend(ctx, ALL)).profiles.map(({ recipients, thisRun, limit }) => [
        recipients,
        thisRun,
        limit,
      ])
    assert.deepEqual(await planned(), [[2, 2, null]])
    await sendDue(ctx, ALL)
    await packageDocuments(t, ctx, [{ series: 'A', folio: '1003' }])
    assert.deepEqual(await planned(), [[1, 1, null]])
    await setCustomer(ctx, 'C00001', { mobile: '3312345678' })
    await packageDocuments(t, ctx, [{ series: 'A', folio: '1004' }])
    assert.deepEqual(await planned(), [[2, 1, 'per-day']])
  })

  test('row 139: a template that Meta took away holds what uses it until it is mended', async (t) => {
    const templates = [{ name: GRAPH.template, language: 'es_MX', parameters: 3 }]
    const { ctx, clock, graph } = await house(t, { templates })
    await customer(ctx, 'whatsapp')
    await packageDocuments(t, ctx, DOCUMENTS)
    const { totals, profiles } = await sendDue(ctx, ALL)
    assert.deepEqual([totals.failed, profiles[0]?.cause], [0, 'whatsapp-template'])
    await useWhatsApp(ctx, graph.url, { fields: ['customerName', 'seriesFolio', 'total'] })
    clock.minutes += 60
    await sendDue(ctx, ALL)
    assert.deepEqual(
      graph.messages.map(({ parameters }) => parameters.length),
      [3, 3],
    )
  })
})

describe('what is done with mail is done with WhatsApp', () => {
  test('plan, sandbox and resend', async (t) => {
    const { ctx, graph } = await house(t)
    await customer(ctx, 'whatsapp')
    const [order] = await packageDocuments(t, ctx, DOCUMENTS.slice(0, 1))
    const { profiles } = await planSend(ctx, ALL)
    assert.deepEqual(
      profiles.map(({ name, messages }) => [name, messages]),
      [['celulares', 1]],
    )
    const folder = tempFolder(t)
    const { messages } = await sendToFolder(ctx, { ...ALL, folder })
    assert.match(messages[0]?.file ?? '', /\.pdf$/)
    assert.deepEqual([messages[0]?.parameters?.[0], graph.messages.length], ['A-1001', 0])
    await sendDue(ctx, ALL)
    await resendOrders(ctx, {
      ...{ orders: [order!.id], clients: [], period: ALWAYS, states: null, to: [], keep: 'once' },
      ...{ reason: 'no lo encuentra', confirmed: 'yes' },
    })
    await sendDue(ctx, ALL)
    assert.deepEqual(
      graph.messages.map(({ parameters }) => parameters[0]),
      ['A-1001', 'A-1001'],
    )
    assert.deepEqual(graph.requests.filter((what) => what === 'media').length, 1)
  })
})
