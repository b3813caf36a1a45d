import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { simpleParser } from 'mailparser'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { cancelDocuments } from '../../src/core/flows/documents.ts'
import { listOutbox } from '../../src/core/flows/outbox.ts'
import type { ResendRequest } from '../../src/core/flows/resend-choice.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { showStatus } from '../../src/core/flows/status.ts'
import { cancelOrders, holdOrders } from '../../src/core/flows/steer-orders.ts'
import { recipientsOf } from '../../src/core/model/customer.ts'
import type { DeliveryState } from '../../src/core/model/delivery.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { findCustomer, saveCustomer } from '../../src/core/store/customers.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { packageDocuments, testCtx, URE, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'

const SEND = { limit: null, profile: null }
const REQUEST: ResendRequest = {
  ...{ orders: [], clients: [], period: ALWAYS, states: null, to: [] },
  ...{ keep: 'once', reason: 'no le llegó', confirmed: 'no' },
}

/** Orders that are sent, and the server that has them. */
async function sent(t: TestContext, folios: readonly string[] = ['1']) {
  const house = await testCtx(t)
  const server = await smtpServer(t)
  await useProfile(house.ctx, server.port)
  const orders = await packageDocuments(
    t,
    house.ctx,
    folios.map((folio) => ({ folio })),
  )
  await sendDue(house.ctx, SEND)
  return { ...house, server, ids: orders.map(({ id }) => id) }
}

async function putAll(ctx: Ctx, state: DeliveryState): Promise<void> {
  await ctx.db.updateTable('delivery').set({ state }).execute()
}

async function viewOf(ctx: Ctx, id: string) {
  const [order] = await listOrders(ctx.db, { ids: [id] })
  assert.ok(order !== undefined)
  return order
}

describe('sending again', () => {
  test('makes a new message with the same words and the same attachments', async (t) => {
    const { ctx, clock, server, ids } = await sent(t)
    clock.minutes = 60
    const { orders } = await resendOrders(ctx, { ...REQUEST, orders: ids })
    assert.deepEqual(
      orders.map(({ resendOf, recipients }) => [resendOf, recipients]),
      [[ids[0], URE.packaging.addresses]],
    )
    const [first, second] = [await viewOf(ctx, ids[0] ?? ''), await viewOf(ctx, orders[0]?.id ?? '')]
    assert.notEqual(second.messageId, first.messageId)
    assert.deepEqual(second.attachments, first.attachments)
    assert.deepEqual(second.documents, first.documents)
    assert.deepEqual([second.resendOf, second.reason], [first.id, 'no le llegó'])
    await sendDue(ctx, SEND)
    const [one, two] = await Promise.all(server.messages.map(({ raw }) => simpleParser(raw)))
    assert.ok(one !== undefined && two !== undefined)
    assert.deepEqual(
      [two.subject, two.text, two.html, two.from?.text],
      [one.subject, one.text, one.html, one.from?.text],
    )
    assert.notEqual(two.messageId, one.messageId)
    assert.equal(Number(two.date) - Number(one.date), 60 * 60_000)
    assert.deepEqual(
      two.attachments.map(({ content }) => content),
      one.attachments.map(({ content }) => content),
    )
  })

  test('reads the words from the message, which alone keeps them, or beside it in an order of an older version', async (t) => {
    const { ctx, server, ids } = await sent(t)
    const order = () => ctx.db.selectFrom('send_order').where('id', '=', ids[0] ?? '')
    const kept = await order().select(['text_body', 'html_body']).executeTakeFirstOrThrow()
    assert.deepEqual(Object.values(kept), [null, null])
    const beside = { text_body: 'Como antes', html_body: '<p>Como antes</p>' }
    await ctx.db.updateTable('send_order').set(beside).execute()
    await resendOrders(ctx, { ...REQUEST, orders: ids })
    await sendDue(ctx, SEND)
    const [, again] = await Promise.all(server.messages.map(({ raw }) => simpleParser(raw)))
    assert.equal(again?.html, '<p>Como antes</p>')
  })

  test('leaves the first order and its message as they were', async (t) => {
    const { ctx, ids } = await sent(t)
    const bytes = () =>
      ctx.db
        .selectFrom('send_order')
        .selectAll()
        .where('id', '=', ids[0] ?? '')
        .executeTakeFirstOrThrow()
    const before = await bytes()
    await resendOrders(ctx, { ...REQUEST, orders: ids })
    assert.deepEqual(await bytes(), before)
    assert.equal((await viewOf(ctx, ids[0] ?? '')).state, 'sent')
  })

  test('goes to those who are the customer’s recipients now', async (t) => {
    const { ctx, ids } = await sent(t)
    await saveCustomer(ctx.db, { ...URE, billingEmail: 'cxp@ure.example' }, ctx.now())
    const { orders } = await resendOrders(ctx, { ...REQUEST, orders: ids })
    const { deliveries } = await viewOf(ctx, orders[0]?.id ?? '')
    assert.deepEqual(
      deliveries.map(({ recipient, rule }) => [recipient, rule]),
      [['cxp@ure.example', 'billing-email']],
    )
  })

  test('goes to the given addresses instead, and saves them only when asked', async (t) => {
    const { ctx, ids } = await sent(t)
    const to = ['Ana <ana@ure.example>', 'luis@ure.example, ANA@ure.example']
    const { orders } = await resendOrders(ctx, { ...REQUEST, orders: ids, to })
    const { deliveries } = await viewOf(ctx, orders[0]?.id ?? '')
    assert.deepEqual(
      deliveries.map(({ recipient, rule }) => [recipient, rule]),
      [
        ['ana@ure.example', 'explicit'],
        ['luis@ure.example', 'explicit'],
      ],
    )
    assert.deepEqual(await findCustomer(ctx.db, 'C00001'), URE)
    await resendOrders(ctx, { ...REQUEST, orders: ids, to: ['ana@ure.example'], keep: 'save' })
    const customer = await findCustomer(ctx.db, 'C00001')
    assert.ok(customer !== undefined)
    assert.deepEqual(
      recipientsOf(customer).map(({ address }) => address),
      [...URE.packaging.addresses, 'ana@ure.example'],
    )
  })

  test('can be done twice, and each time is an order of its own', async (t) => {
    const { ctx, ids } = await sent(t)
    for (let time = 1; time <= 2; time++) {
      await resendOrders(ctx, { ...REQUEST, orders: ids })
      await sendDue(ctx, SEND)
    }
    const orders = await listOrders(ctx.db, {})
    assert.equal(new Set(orders.map(({ messageId }) => messageId)).size, 3)
  })

  test('writes who asked for what into the log', async (t) => {
    const { ctx, ids } = await sent(t)
    const { orders } = await resendOrders(ctx, { ...REQUEST, orders: ids })
    const [event] = await listEvents(ctx.db, { order: orders[0]?.id ?? '' })
    assert.deepEqual([event?.event, event?.detail, event?.customer], ['resent', 'no le llegó', 'C00001'])
  })
})

describe('what is not sent again', () => {
  test('an order without a reason, a filter without anything, an address that is none, --save without --to', async (t) => {
    const { ctx, ids } = await sent(t)
    const refused = (request: Partial<ResendRequest>, code: string) =>
      assert.rejects(resendOrders(ctx, { ...REQUEST, ...request }), { code })
    await refused({ orders: ids, reason: null }, 'NEEDS_REASON')
    await refused({ orders: ids, reason: ' ' }, 'NEEDS_REASON')
    await refused({}, 'NOTHING_SELECTED')
    await refused({ orders: ids, to: ['ana@'] }, 'BAD_ADDRESS')
    await refused({ orders: ids, keep: 'save' }, 'NEEDS_ADDRESS')
    assert.equal((await listOrders(ctx.db, {})).length, 1)
  })

  for (const state of ['pending', 'leased', 'dotted', 'deferred'] as const) {
    test(`an order with a delivery that is ${state}: it may still go by itself`, async (t) => {
      const { ctx, ids } = await sent(t)
      await ctx.db.updateTable('delivery').set({ state }).where('position', '=', 1).execute()
      await assert.rejects(resendOrders(ctx, { ...REQUEST, orders: ids }), {
        code: 'WRONG_STATE',
        params: { id: ids[0]?.slice(-8), state },
      })
      const { orders, skipped } = await resendOrders(ctx, { ...REQUEST, clients: ['C00001'] })
      assert.deepEqual([orders.length, skipped.map(({ reason }) => reason)], [0, ['not-finished']])
    })
  }

  test('an order with a document that was cancelled since', async (t) => {
    const { ctx, ids } = await sent(t)
    const { documents } = await viewOf(ctx, ids[0] ?? '')
    const uuids = documents.map(({ uuid }) => uuid)
    await cancelDocuments(ctx, { uuids, file: null, reason: 'error' })
    await assert.rejects(resendOrders(ctx, { ...REQUEST, orders: ids }), { code: 'DOCUMENT_CANCELLED' })
  })

  test('an order whose snapshot is gone', async (t) => {
    const { ctx, ids } = await sent(t)
    rmSync(join(ctx.folders.spool, 'packs'), { recursive: true })
    await assert.rejects(resendOrders(ctx, { ...REQUEST, orders: ids }), { code: 'SNAPSHOT_MISSING' })
    const { skipped, needsPerson } = await resendOrders(ctx, { ...REQUEST, clients: ['C00001'] })
    assert.ok(needsPerson)
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      ['no-snapshot'],
    )
  })

  test('what a filter finds a second time', async (t) => {
    const { ctx, server, ids } = await sent(t, ['1', '2'])
    await putAll(ctx, 'failed')
    const request = { ...REQUEST, states: ['failed', 'unknown'] } as const
    assert.equal((await resendOrders(ctx, request)).orders.length, 2)
    await sendDue(ctx, SEND)
    const again = await resendOrders(ctx, request)
    assert.deepEqual(
      [again.orders, again.skipped.map(({ reason }) => reason)],
      [[], ['repeated', 'repeated']],
    )
    assert.equal(server.messages.length, 4)
    const named = await resendOrders(ctx, { ...request, orders: ids.slice(0, 1) })
    assert.equal(named.orders.length, 1, 'a person who names it means it')
  })

  test('an order that a person cancelled, unless it is named or asked for', async (t) => {
    const { ctx } = await testCtx(t)
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    await cancelOrders(ctx, { orders: [order?.id ?? ''], reason: '' })
    assert.deepEqual(
      (await resendOrders(ctx, { ...REQUEST, clients: ['C00001'] })).skipped.map(({ reason }) => reason),
      ['cancelled'],
    )
    assert.equal((await resendOrders(ctx, { ...REQUEST, states: ['cancelled'] })).orders.length, 1)
  })

  test('row 56: more than 50 orders without a confirmation', async (t) => {
    const { ctx } = await testCtx(t)
    const folios = Array.from({ length: 51 }, (_, i) => ({ folio: String(i) }))
    await packageDocuments(t, ctx, folios)
    await putAll(ctx, 'failed')
    const request = { ...REQUEST, clients: ['C00001'] }
    await assert.rejects(resendOrders(ctx, request), { code: 'NEEDS_YES', params: { count: 51 } })
    assert.equal((await resendOrders(ctx, { ...request, confirmed: 'yes' })).orders.length, 51)
  })

  test('the documents of several customers to one address, without a confirmation', async (t) => {
    const { ctx } = await sent(t, ['1', '2'])
    await ctx.db
      .updateTable('send_order')
      .set({ customer: 'C00002' })
      .where('subject', 'like', '%2%')
      .execute()
    await saveCustomer(ctx.db, { ...URE, code: 'C00002' }, ctx.now())
    const request = { ...REQUEST, states: ['sent'], to: ['ana@x.mx'] } as const
    await assert.rejects(resendOrders(ctx, request), { code: 'NEEDS_YES', params: { count: 2 } })
    assert.equal((await resendOrders(ctx, { ...request, confirmed: 'yes' })).orders.length, 2)
  })
})

describe('an order that was held', () => {
  test('can be sent again, and the held one does not go any more', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t)
    await useProfile(ctx, server.port)
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    const id = order?.id ?? ''
    await holdOrders(ctx, { orders: [id], reason: '' })
    await resendOrders(ctx, { ...REQUEST, orders: [id], to: ['ana@ure.example'] })
    await sendDue(ctx, SEND)
    assert.equal((await viewOf(ctx, id)).state, 'cancelled')
    assert.deepEqual(
      server.messages.map(({ recipients }) => recipients),
      [['ana@ure.example']],
    )
  })

  test('for want of an address goes once when it is sent again to an address that is saved', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t)
    await useProfile(ctx, server.port)
    await saveCustomer(ctx.db, { ...URE, packaging: { type: 'GRAL', addresses: [] } }, ctx.now())
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    await resendOrders(ctx, { ...REQUEST, orders: [order?.id ?? ''], to: ['ana@ure.example'], keep: 'save' })
    await sendDue(ctx, SEND)
    assert.equal(server.messages.length, 1)
  })
})

// `status` would have told of what failed for ever: nothing takes a delivery out of `failed`.
describe('what was lost', () => {
  const ALL = { clients: [], period: ALWAYS, states: null, uuid: null, limit: null }
  const told = async (ctx: Ctx) => {
    const [status, outbox] = [await showStatus(ctx), await listOutbox(ctx, ALL)]
    assert.deepEqual(status.attention, outbox.attention)
    const { unknown, failed, bounced } = status.attention
    return { unknown, failed, bounced }
  }

  test('waits for a person until its order is sent again, and again if that is cancelled', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t, {
      onRecipient: (address) => (address.startsWith('dos') ? '550 5.1.1 nobody here' : undefined),
    })
    await useProfile(ctx, server.port)
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    assert.deepEqual(await told(ctx), { unknown: 0, failed: 0, bounced: 0 })
    await sendDue(ctx, SEND)
    assert.deepEqual(await told(ctx), { unknown: 0, failed: 1, bounced: 0 })
    const request = { ...REQUEST, orders: [order?.id ?? ''], to: ['ana@ure.example'] }
    const { orders } = await resendOrders(ctx, request)
    assert.deepEqual(await told(ctx), { unknown: 0, failed: 0, bounced: 0 })
    await cancelOrders(ctx, { orders: orders.map(({ id }) => id), reason: '' })
    assert.deepEqual(await told(ctx), { unknown: 0, failed: 1, bounced: 0 })
  })

  test('is counted by what is done about it', async (t) => {
    const { ctx } = await sent(t, ['1', '2'])
    for (const [state, attention] of [
      ['dead', { unknown: 0, failed: 4, bounced: 0 }],
      ['bounced', { unknown: 0, failed: 0, bounced: 4 }],
      ['unknown', { unknown: 4, failed: 0, bounced: 0 }],
      ['delivered', { unknown: 0, failed: 0, bounced: 0 }],
    ] as const) {
      await putAll(ctx, state)
      assert.deepEqual(await told(ctx), attention)
    }
  })
})
