import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { type LogRequest, showLog } from '../../src/core/flows/event-log.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { showStatus } from '../../src/core/flows/status.ts'
import { holdOrders } from '../../src/core/flows/steer-orders.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { insertEvents } from '../../src/core/store/event-log.ts'
import { holdProfile } from '../../src/core/store/profiles.ts'
import { packageDocuments, START, testCtx, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'

const ALL: LogRequest = { client: null, period: ALWAYS, level: null, uuid: null, order: null, limit: null }

async function write(ctx: Ctx, at: Date, detail: string): Promise<void> {
  const about = { order: null, customer: null, uuid: null, recipient: null, detail }
  await insertEvents(ctx.db, [{ at: at.toISOString(), level: 'info', event: 'customer-saved', ...about }])
}

describe('the event log', () => {
  test('row 53: takes days from midnight to midnight of this machine, in whatever zone it is', async (t) => {
    const { ctx } = await testCtx(t)
    await write(ctx, new Date(2024, 4, 30, 23, 59, 59, 999), 'the day before')
    await write(ctx, new Date(2024, 4, 31), 'first')
    await write(ctx, new Date(2024, 4, 31, 23, 59, 59, 999), 'last')
    await write(ctx, new Date(2024, 5, 1), 'the day after')
    const details = async (request: Partial<LogRequest>) =>
      Array.from((await showLog(ctx, { ...ALL, ...request })).events, ({ detail }) => detail)
    assert.deepEqual(await details({ period: { from: '2024-05-31', to: '2024-05-31' } }), ['first', 'last'])
    assert.deepEqual(await details({ period: { from: null, to: '2024-05-30' } }), ['the day before'])
    assert.deepEqual(await details({ limit: 1 }), ['the day after'])
  })

  test('narrows by customer, order, level and folio', async (t) => {
    const { ctx } = await testCtx(t)
    const orders = await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    await holdOrders(ctx, { orders: [orders[0]?.id ?? ''], reason: '' })
    const count = async (request: Partial<LogRequest>) =>
      (await showLog(ctx, { ...ALL, ...request })).events.length
    assert.equal(await count({}), 4)
    assert.equal(await count({ order: orders[0]?.id.slice(-8) ?? '' }), 3)
    assert.equal(await count({ uuid: orders[1]?.documents[0]?.toLowerCase() ?? '' }), 1)
    assert.equal(await count({ client: 'c00001' }), 4)
    assert.equal(await count({ level: 'error' }), 0)
    await assert.rejects(showLog(ctx, { ...ALL, client: 'C9' }), { code: 'CUSTOMER_NOT_FOUND' })
    await assert.rejects(showLog(ctx, { ...ALL, order: 'ZZ' }), { code: 'ORDER_NOT_FOUND' })
  })
})

test('the log finds a folio by the end that it shows itself; what is no end of one is refused', async (t) => {
  const { ctx } = await testCtx(t)
  const [first] = await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
  const end = first?.documents[0]?.slice(-12).toLowerCase() ?? ''
  assert.equal((await showLog(ctx, { ...ALL, uuid: end })).events.length, 1)
  await assert.rejects(showLog(ctx, { ...ALL, uuid: 'A-1001' }), { code: 'BAD_UUID' })
})

describe('the status', () => {
  test('of a new store is empty', async (t) => {
    const { ctx } = await testCtx(t)
    const { orders, customers, due, nextDueAt, lastSentAt, profiles, documents } = await showStatus(ctx)
    assert.deepEqual([orders, customers, due, nextDueAt, lastSentAt, profiles], [0, 1, 0, null, null, []])
    assert.deepEqual(documents, { usable: 0, unusable: 0 })
  })

  test('counts deliveries by state and says what comes next', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const refuse = (address: string) => (address.startsWith('dos') ? '450 4.2.0 later' : undefined)
    const server = await smtpServer(t, { onRecipient: refuse })
    await useProfile(ctx, server.port)
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2', stamped: false }])
    assert.equal((await showStatus(ctx)).due, 2)
    clock.minutes = 1
    await sendDue(ctx, { limit: null, profile: null })
    const { deliveries, due, nextDueAt, lastSentAt, documents } = await showStatus(ctx)
    assert.deepEqual([deliveries.sent, deliveries.deferred, deliveries.pending, due], [1, 1, 0, 0])
    assert.equal(lastSentAt, ctx.now().toISOString())
    assert.equal(nextDueAt, new Date(START.getTime() + 2 * 60_000).toISOString())
    assert.deepEqual(documents, { usable: 1, unusable: 1 })
  })

  test('names a profile on hold with what waits for it', async (t) => {
    const { ctx } = await testCtx(t)
    await useProfile(ctx, 1)
    const hold = { at: START.toISOString(), reason: 'bad-password: 535 no', until: null, strikes: 0 }
    await holdProfile(ctx.db, 'oficina', hold)
    assert.deepEqual((await showStatus(ctx)).profiles, [
      { name: 'oficina', cause: 'bad-password', reason: hold.reason, until: null, waiting: 0 },
    ])
    await packageDocuments(t, ctx, [{ folio: '1' }])
    assert.equal((await showStatus(ctx)).profiles[0]?.waiting, 2)
  })
})
