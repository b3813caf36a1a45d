import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { explainReply, listOutbox, type OutboxRequest, showOrder } from '../../src/core/flows/outbox.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { cancelOrders, holdOrders, releaseOrders, resolveOrder } from '../../src/core/flows/steer-orders.ts'
import { DELIVERY_STATES, type DeliveryState, FOLLOWS } from '../../src/core/model/delivery.ts'
import type { CfdiMailError } from '../../src/core/model/errors.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { packageDocuments, testCtx, URE, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'

const ALL: OutboxRequest = { clients: [], period: ALWAYS, states: null, uuid: null, limit: null }

/** One order to uno@ and dos@, and its id. */
async function queued(t: TestContext) {
  const { ctx, clock } = await testCtx(t)
  const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
  return { ctx, clock, id: order?.id ?? '' }
}

/** Puts a delivery into a state as a sender would have left it. */
async function put(ctx: Ctx, recipient: string, state: DeliveryState): Promise<void> {
  const token = state === 'leased' || state === 'dotted' ? 'a-sender' : null
  const reason = state === 'held' ? 'operator' : null
  await ctx.db
    .updateTable('delivery')
    .set({ state, lease_token: token, held_reason: reason, due_at: '2024-07-01T00:00:00Z' })
    .where('recipient', '=', recipient)
    .execute()
}

async function statesOf(ctx: Ctx): Promise<string[]> {
  const { orders } = await listOutbox(ctx, ALL)
  return [...orders].flatMap(({ deliveries }) => deliveries.map(({ state }) => state))
}

describe('the list of orders', () => {
  test('has every order, oldest first, each with its documents, recipients and Message-ID', async (t) => {
    const { ctx } = await testCtx(t)
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }, { folio: '3' }])
    const orders = [...(await listOutbox(ctx, ALL)).orders]
    assert.deepEqual(
      orders.map(({ documents }) => documents[0]?.folio),
      ['1', '2', '3'],
    )
    assert.deepEqual(
      orders[0]?.deliveries.map(({ recipient, state }) => [recipient, state]),
      [
        ['uno@ure.example', 'pending'],
        ['dos@ure.example', 'pending'],
      ],
    )
    assert.match(orders[0]?.messageId ?? '', /^<[^<>@\s]+@[^<>@\s]+>$/)
    const newest = await listOutbox(ctx, { ...ALL, limit: 2 })
    assert.deepEqual(
      Array.from(newest.orders, ({ documents }) => documents[0]?.folio),
      ['2', '3'],
    )
  })

  test('narrows by state, by the date of the document, by folio and by customer', async (t) => {
    const { ctx } = await testCtx(t)
    const [first] = await packageDocuments(t, ctx, [
      { folio: '1', issuedAt: '2024-05-31T23:59:59' },
      { folio: '2', issuedAt: '2024-06-01T00:00:00' },
    ])
    await cancelOrders(ctx, { orders: [first?.id ?? ''], reason: '' })
    const folios = async (request: Partial<OutboxRequest>) =>
      Array.from(
        (await listOutbox(ctx, { ...ALL, ...request })).orders,
        ({ documents }) => documents[0]?.folio,
      )
    assert.deepEqual(await folios({ states: ['cancelled'] }), ['1'])
    assert.deepEqual(await folios({ period: { from: '2024-05-31', to: '2024-05-31' } }), ['1'])
    assert.deepEqual(await folios({ uuid: first?.documents[0]?.toLowerCase() ?? '' }), ['1'])
    assert.deepEqual(await folios({ clients: ['c00001'] }), ['1', '2'])
    await assert.rejects(listOutbox(ctx, { ...ALL, clients: ['C9'] }), { code: 'CUSTOMER_NOT_FOUND' })
  })

  test('still finds the orders of a customer that is gone', async (t) => {
    const { ctx } = await queued(t)
    await ctx.db.deleteFrom('customer').execute()
    assert.equal((await listOutbox(ctx, { ...ALL, clients: ['C00001'] })).orders.length, 1)
  })

  test('shows one order by the end of its id, with what happened to it', async (t) => {
    const { ctx, id } = await queued(t)
    await holdOrders(ctx, { orders: [id], reason: 'lo pidió el cliente' })
    const { order, events } = await showOrder(ctx, id.slice(-8).toLowerCase())
    assert.equal(order.id, id)
    assert.deepEqual(
      events.map(({ event }) => event),
      ['packaged', 'held', 'held'],
    )
    await assert.rejects(showOrder(ctx, 'ZZZZ0000'), { code: 'ORDER_NOT_FOUND' })
  })
})

describe('a person steers the outbox', () => {
  const ACTIONS = {
    hold: { act: holdOrders, from: ['pending', 'deferred'], to: 'held' },
    release: { act: releaseOrders, from: ['held'], to: 'pending' },
    cancel: { act: cancelOrders, from: ['pending', 'deferred', 'held'], to: 'cancelled' },
  } as const

  for (const [name, { act, from, to }] of Object.entries(ACTIONS)) {
    test(`${name} makes ${from.join(', ')} ${to} and touches no other state`, async (t) => {
      const { ctx, id } = await queued(t)
      for (const state of DELIVERY_STATES) {
        for (const recipient of URE.packaging.addresses) await put(ctx, recipient, state)
        const may = (from as readonly DeliveryState[]).includes(state)
        if (may) await act(ctx, { orders: [id], reason: '' })
        else await assert.rejects(act(ctx, { orders: [id], reason: '' }), { code: 'WRONG_STATE' }, state)
        const expected = may ? to : state
        assert.deepEqual(await statesOf(ctx), [expected, expected])
        if (may) assert.ok(FOLLOWS[state].includes(to), 'a step that the state machine knows')
      }
    })
  }

  test('of an order that is partly with a sender, only the rest changes', async (t) => {
    const { ctx, id } = await queued(t)
    await put(ctx, 'uno@ure.example', 'dotted')
    await cancelOrders(ctx, { orders: [id], reason: '' })
    assert.deepEqual(await statesOf(ctx), ['dotted', 'cancelled'])
    const row = await ctx.db
      .selectFrom('delivery')
      .select('lease_token')
      .where('state', '=', 'dotted')
      .executeTakeFirstOrThrow()
    assert.equal(row.lease_token, 'a-sender')
  })

  test('a list with one order that cannot be changed changes none', async (t) => {
    const { ctx } = await testCtx(t)
    const orders = await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    const ids = orders.map(({ id }) => id)
    await holdOrders(ctx, { orders: ids.slice(1), reason: '' })
    await assert.rejects(holdOrders(ctx, { orders: ids, reason: '' }), {
      code: 'WRONG_STATE',
      params: { id: ids[1]?.slice(-8), state: 'held' },
    })
    assert.deepEqual(await statesOf(ctx), ['pending', 'pending', 'held', 'held'])
  })

  test('every delivery that changes has an event with who did it and why', async (t) => {
    const { ctx, id } = await queued(t)
    await cancelOrders(ctx, { orders: [id], reason: 'precio equivocado' })
    const events = (await listEvents(ctx.db, { order: id })).filter(({ event }) => event === 'cancelled')
    assert.deepEqual(
      events.map(({ recipient }) => recipient),
      URE.packaging.addresses,
    )
    for (const { detail, customer, uuid } of events) {
      assert.equal(detail, 'tests: precio equivocado')
      assert.equal(customer, 'C00001')
      assert.ok(uuid !== null)
    }
  })

  test('what is held is not sent, and goes at once when it is released', async (t) => {
    const { ctx, clock, id } = await queued(t)
    const server = await smtpServer(t)
    await useProfile(ctx, server.port)
    await holdOrders(ctx, { orders: [id], reason: '' })
    await sendDue(ctx, { limit: null, profile: null })
    assert.equal(server.messages.length, 0)
    clock.minutes = 10
    await releaseOrders(ctx, { orders: [id], reason: '' })
    await sendDue(ctx, { limit: null, profile: null })
    assert.equal(server.messages.length, 1)
  })

  test('an order without address cannot be released, and says that an address is missing', async (t) => {
    const { ctx } = await testCtx(t)
    await saveCustomer(ctx.db, { ...URE, packaging: { type: 'GRAL', addresses: [] } }, ctx.now())
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    const id = order?.id ?? ''
    await assert.rejects(releaseOrders(ctx, { orders: [id], reason: '' }), { code: 'NO_ADDRESS' })
    assert.deepEqual(await statesOf(ctx), ['held'])
    await cancelOrders(ctx, { orders: [id], reason: '' })
    assert.deepEqual(await statesOf(ctx), ['cancelled'])
  })
})

describe('an uncertain delivery', () => {
  const WORDS = { recipient: null, reason: 'preguntamos' } as const

  test('becomes sent when a person knows that it arrived', async (t) => {
    const { ctx, id } = await queued(t)
    await put(ctx, 'uno@ure.example', 'unknown')
    await resolveOrder(ctx, { order: id, verdict: 'sent', ...WORDS })
    assert.deepEqual(await statesOf(ctx), ['sent', 'pending'])
    const last = (await listEvents(ctx.db, { order: id })).at(-1)
    assert.deepEqual(
      [last?.event, last?.recipient, last?.detail],
      ['resolved', 'uno@ure.example', 'tests: sent: preguntamos'],
    )
  })

  test('row 33: goes again as the same message when it did not', async (t) => {
    const { ctx, id } = await queued(t)
    const server = await smtpServer(t)
    await useProfile(ctx, server.port)
    for (const recipient of URE.packaging.addresses) await put(ctx, recipient, 'unknown')
    const before = await showOrder(ctx, id)
    await resolveOrder(ctx, { order: id, verdict: 'resend', ...WORDS, recipient: 'DOS@ure.example' })
    assert.deepEqual(await statesOf(ctx), ['unknown', 'pending'])
    await sendDue(ctx, { limit: null, profile: null })
    assert.deepEqual(server.messages[0]?.recipients, ['dos@ure.example'])
    assert.match(
      server.messages[0].raw.toString('latin1'),
      // Packaged before there was a sender: its domain came with the first sealing, its name is the same.
      new RegExp(`^Message-ID: ${before.order.messageId.split('@')[0] ?? ''}@`, 'im'),
    )
  })

  test('is the only kind that can be resolved', async (t) => {
    const { ctx, id } = await queued(t)
    for (const state of DELIVERY_STATES.filter((each) => each !== 'unknown')) {
      for (const recipient of URE.packaging.addresses) await put(ctx, recipient, state)
      for (const verdict of ['sent', 'resend'] as const) {
        await assert.rejects(
          resolveOrder(ctx, { order: id, verdict, ...WORDS }),
          { code: 'WRONG_STATE' },
          state,
        )
      }
      assert.deepEqual(await statesOf(ctx), [state, state])
    }
  })

  // It once said that the order was in a state where that cannot be done, and nothing of the address.
  test('of somebody who is not in the order names the ones who are', async (t) => {
    const { ctx, id } = await queued(t)
    await put(ctx, 'uno@ure.example', 'unknown')
    await assert.rejects(
      resolveOrder(ctx, { order: id, verdict: 'sent', recipient: 'otro@x.mx', reason: '' }),
      (error: CfdiMailError) =>
        error.code === 'NOT_A_RECIPIENT' && String(error.params.recipients).includes('uno@ure.example'),
    )
  })
})

describe('a reply explained', () => {
  test('names the rule, whose fault it is and whether time cures it', () => {
    const { code, enhanced, outcome, scope, rule } = explainReply(
      '550 5.4.5 Daily user sending limit exceeded',
    )
    assert.deepEqual(
      [code, enhanced, outcome, scope, rule],
      [550, '5.4.5', 'deferred', 'quota', 'daily-quota'],
    )
  })

  test('depends on the command that was answered', () => {
    assert.equal(explainReply('452 4.2.2 over quota').scope, 'recipient')
    assert.equal(explainReply('452 4.2.2 over quota', 'dot').scope, 'quota')
  })

  test('must be a refusal', () => {
    for (const text of ['250 ok', '', 'mailbox full', '999 x'])
      assert.throws(() => explainReply(text), { code: 'BAD_REPLY' }, text)
  })
})
