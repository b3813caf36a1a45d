/** While the server answers to one message, the next is made ready: what happens to that one when something comes between. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { messageRooms } from '../../src/core/flows/message-rooms.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { engineOf } from '../../src/core/store/engine.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { usesOf } from '../../src/core/store/quota.ts'
import { packageDocuments, testCtx, URE, useProfile } from '../support/ctx.ts'
import { SEND } from '../support/limits.ts'
import { smtpServer } from '../support/smtp-server.ts'

/** Orders to one address each, one connection, and what happens when the server has the first message. */
async function whenTheFirstIsThere(
  t: TestContext,
  {
    folios,
    happens,
  }: { readonly folios: readonly string[]; readonly happens: (ctx: Ctx) => string | undefined },
) {
  const { ctx } = await testCtx(t)
  const packaging = { type: 'GRAL', addresses: ['uno@ure.example'] }
  await saveCustomer(ctx.db, { ...URE, packaging }, ctx.now())
  await packageDocuments(
    t,
    ctx,
    folios.map((folio) => ({ folio })),
  )
  let count = 0
  const server = await smtpServer(t, { onMessage: () => (++count === 1 ? happens(ctx) : undefined) })
  await useProfile(ctx, server.port, { connections: 1 })
  const result = await sendDue(ctx, SEND)
  const states = (await listOrders(ctx.db, {})).map(({ deliveries }) => deliveries[0]?.state).sort()
  return { ctx, result, states, server }
}

function run(ctx: Ctx, sql: string): void {
  engineOf(ctx.db).database.exec(sql)
}

test('its place in the ledger is taken before the server has answered to the one before', async (t) => {
  let uses = 0
  const { states } = await whenTheFirstIsThere(t, {
    folios: ['1', '2'],
    happens(ctx) {
      uses = usesOf(ctx.db, 'oficina', ctx.now()).length
      return undefined
    },
  })
  assert.deepEqual([uses, states], [2, ['sent', 'sent']])
})

test('a document that is cancelled meanwhile does not leave, and takes no place in the ledger', async (t) => {
  const { ctx, result, states, server } = await whenTheFirstIsThere(t, {
    folios: ['1', '2', '3'],
    happens(ctx) {
      run(
        ctx,
        `insert into cancelled_document (uuid, reason, at)
           select uuid, 'gone', '2024-06-01T12:00:00.000Z' from order_document
           where order_id in (select order_id from delivery where state = 'leased')`,
      )
      return undefined
    },
  })
  assert.deepEqual(states, ['cancelled', 'cancelled', 'sent'])
  assert.equal(server.messages.length, 1)
  assert.equal(result.deliveries.filter(({ state }) => state === 'cancelled').length, 2)
  assert.equal(usesOf(ctx.db, 'oficina', ctx.now()).length, 1)
})

test('a fault of the profile at the one before gives it back, with no try counted and its place free', async (t) => {
  const { ctx, result, states, server } = await whenTheFirstIsThere(t, {
    folios: ['1', '2'],
    happens: () => '550 5.4.5 Daily user sending limit exceeded',
  })
  assert.deepEqual([states, server.messages.length], [['deferred', 'pending'], 0])
  assert.equal(result.profiles[0]?.name, 'oficina')
  assert.equal(usesOf(ctx.db, 'oficina', ctx.now()).length, 1)
  const tries = (await listOrders(ctx.db, {})).map(({ deliveries }) => deliveries[0]?.attempts)
  assert.deepEqual(tries.sort(), [0, 1])
})

test('its bytes never lie where those of the one on its way are, however many are looked at before', () => {
  const rooms = messageRooms()
  const first = rooms.next(100).fill(1)
  rooms.begin()
  for (let looked = 0; looked < 3; looked++) rooms.next(200).fill(2)
  assert.ok(first.every((byte) => byte === 1))
  rooms.begin()
  rooms.next(100).fill(3)
  assert.ok(
    first.every((byte) => byte === 3),
    'all of it has left: its place is the next one’s',
  )
})

test('what a connection that was given up may still hold is not written to again', () => {
  const rooms = messageRooms()
  const first = rooms.next(100).fill(1)
  rooms.begin()
  const next = rooms.next(100).fill(2)
  rooms.abandon()
  rooms.begin()
  rooms.next(100).fill(3)
  rooms.begin()
  rooms.next(100).fill(4)
  assert.ok(first.every((byte) => byte === 1))
  assert.ok(next.every((byte) => byte === 4))
})
