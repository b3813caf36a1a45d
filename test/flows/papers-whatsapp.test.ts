import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { setCustomer } from '../../src/core/flows/customers.ts'
import { packagePapers } from '../../src/core/flows/package-papers.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makePdf } from '../support/cfdi-factory.ts'
import { useProfile, useWhatsApp } from '../support/ctx.ts'
import { GRAPH, graphApi } from '../support/graph-api.ts'
import { papersHouse } from '../support/papers.ts'
import { smtpServer } from '../support/smtp-server.ts'

const SEND = { limit: null, profile: null }

/** A purchase order for the supplier, with a server of each channel. */
async function house(t: TestContext, files: Readonly<Record<string, string | Buffer>>) {
  const test = await papersHouse(t, files)
  const mail = await smtpServer(t)
  const graph = await graphApi(t)
  await useProfile(test.ctx, mail.port)
  await useWhatsApp(test.ctx, graph.url)
  return { ...test, mail, graph, request: { ...test.request, kind: 'purchase-order' as const } }
}

describe('papers by WhatsApp', () => {
  // A supplier's screen said that it got WhatsApp at its number, and nothing ever went there.
  test('a purchase order goes to a supplier by mail and, where its channel says so, its PDF by WhatsApp', async (t) => {
    const { ctx, mail, graph, request } = await house(t, { 'OC_P00001_4500.pdf': 'orden' })
    await setCustomer(ctx, 'P00001', { channel: 'both', mobile: '55 1234 5678' })
    const { orders, totals } = await packagePapers(ctx, request)
    assert.deepEqual(
      orders.map(({ channel, recipients }) => [channel, recipients.map(({ address }) => address)]),
      [
        ['email', ['ventas@papelera.example']],
        ['whatsapp', ['+525512345678']],
      ],
    )
    assert.equal(totals.queued, 1)
    await sendDue(ctx, SEND)
    assert.equal(mail.messages.length, 1)
    const [chat] = graph.messages
    assert.deepEqual(
      [chat?.to, chat?.template, chat?.parameters[0]],
      ['525512345678', GRAPH.template, '4500'],
    )
    assert.deepEqual(graph.media.get(chat?.media ?? '')?.bytes, makePdf('orden'))
    // Packaged once, whichever way it went.
    assert.equal((await packagePapers(ctx, request)).totals.already, 1)
    const [, order] = await listOrders(ctx.db, {})
    assert.deepEqual([order?.state, order?.subject], ['sent', 'Orden de compra 4500'])
  })

  test('is sent again as the paper that it is', async (t) => {
    const { ctx, graph, request } = await house(t, { 'OC_P00001_4500.pdf': 'orden' })
    await setCustomer(ctx, 'P00001', { channel: 'both', mobile: '55 1234 5678' })
    const { orders } = await packagePapers(ctx, request)
    await sendDue(ctx, SEND)
    const chats = orders.filter(({ channel }) => channel === 'whatsapp').map(({ id }) => id)
    await resendOrders(ctx, {
      ...{ orders: chats, clients: [], period: ALWAYS, states: null, to: [] },
      ...{ keep: 'once', reason: 'no llegó', confirmed: 'no' },
    })
    await sendDue(ctx, SEND)
    assert.equal(graph.messages.length, 2)
    const repeated = (await listOrders(ctx.db, {})).find(({ resendOf }) => resendOf !== null)
    assert.deepEqual(
      repeated?.papers.map(({ kind, reference }) => [kind, reference]),
      [['purchase-order', '4500']],
    )
  })

  test('who has WhatsApp alone and no address gets that alone; a page without a PDF stays mail', async (t) => {
    const page = Buffer.from('<html><body><p>Ticket 7</p></body></html>')
    const files = { 'OC_P00001_4500.pdf': 'orden', 'TKT_C00001_7.html': page }
    const { ctx, request } = await house(t, files)
    const chat = { channel: 'whatsapp', xmlBy: 'no aplica', mobile: '55 1234 5678' }
    await setCustomer(ctx, 'P00001', { ...chat, email: '' })
    await setCustomer(ctx, 'C00001', chat)
    const { orders } = await packagePapers(ctx, request)
    assert.deepEqual(
      orders.map(({ channel, state }) => [channel, state]),
      [['whatsapp', 'pending']],
    )
    const tickets = await packagePapers(ctx, { ...request, kind: 'ticket' })
    assert.deepEqual(
      tickets.orders.map(({ channel }) => channel),
      ['email'],
    )
  })
})
