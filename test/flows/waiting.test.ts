import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { setCustomer } from '../../src/core/flows/customers.ts'
import { listOutbox } from '../../src/core/flows/outbox.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { showStatus } from '../../src/core/flows/status.ts'
import { holdOrders, releaseOrders } from '../../src/core/flows/steer-orders.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { holdProfile } from '../../src/core/store/profiles.ts'
import { quarantineAddress } from '../../src/core/store/quarantine.ts'
import { packageDocuments, START, testCtx, URE } from '../support/ctx.ts'
import { DAY_MINUTES, invoices, profileFor, SEND, shown } from '../support/limits.ts'
import { smtpServer } from '../support/smtp-server.ts'

const ALL = { clients: [], period: ALWAYS, states: null, uuid: null, limit: null }
const NOBODY = { ...URE, email: '', packaging: { type: 'GRAL', addresses: [] } }

/** What `status` and `outbox list` count as held for a person: always the same. */
async function held(ctx: Ctx) {
  const [{ attention }, outbox] = [await showStatus(ctx), await listOutbox(ctx, ALL)]
  assert.deepEqual(attention, outbox.attention)
  return { held: attention.held, ...attention.heldFor }
}

async function limited(t: TestContext) {
  const { ctx, clock } = await testCtx(t)
  const server = await smtpServer(t)
  await profileFor(ctx, server.port, { perDay: 5 })
  await invoices(t, ctx, 4)
  clock.minutes = 1
  await sendDue(ctx, SEND)
  return { ctx, clock }
}

// What was held stood as a number among the states; a customer without an address, or a returned address, was told nowhere.
describe('what is held until a person does something', () => {
  test('is counted by why, in the status and in the outbox, until it is done', async (t) => {
    const { ctx } = await testCtx(t)
    await profileFor(ctx, (await smtpServer(t)).port)
    await saveCustomer(ctx.db, NOBODY, ctx.now())
    await packageDocuments(t, ctx, [{ folio: '1' }])
    assert.deepEqual(await held(ctx), { held: 1, 'no-address': 1, review: 0, operator: 0 })
    await setCustomer(ctx, URE.code, { email: 'uno@ure.example' })
    await sendDue(ctx, SEND)
    assert.deepEqual(await held(ctx), { held: 0, 'no-address': 0, review: 0, operator: 0 })
  })

  test('is told with what to type, for each reason', async (t) => {
    const { ctx } = await testCtx(t)
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    const orders = [order?.id ?? '']
    await holdOrders(ctx, { orders, reason: '' })
    assert.deepEqual(await held(ctx), { held: 2, 'no-address': 0, review: 0, operator: 2 })
    assert.match(shown(await showStatus(ctx)), /^Retenidos por atender, 2: .* --estado retenido$/m)
    assert.match(
      shown(await listOutbox(ctx, ALL)),
      /^Retenidos por una persona, 2: .*bandeja liberar ORDEN$/m,
    )
    await releaseOrders(ctx, { orders, reason: '' })
    await ctx.db.transaction().execute((db) =>
      quarantineAddress(db, {
        ...{ address: 'uno@ure.example', at: START.toISOString(), status: '5.1.1' },
        ...{ reason: 'nobody', order: null, customer: URE.code },
      }),
    )
    assert.deepEqual(await held(ctx), { held: 1, 'no-address': 0, review: 1, operator: 0 })
    assert.match(shown(await listOutbox(ctx, ALL)), /^Por revisar, 1: .*bandeja ver ORDEN/m)
  })
})

describe('what waits for a time', () => {
  // The status said that there was something to send now, and send said that there was not.
  test('a limit of a day: the status says when it goes on, and alarms nobody', async (t) => {
    const { ctx, clock } = await limited(t)
    const status = await showStatus(ctx)
    const nextAt = '2024-06-02T12:01:00.000Z'
    assert.deepEqual(status.limits, [
      { profile: 'oficina', limit: 'per-day', allowed: 5, nextAt, waiting: 4 },
    ])
    assert.deepEqual([status.due, status.ready, status.attention.held], [4, 0, 0])
    const told = shown(status)
    assert.match(told, /oficina.*5 destinatarios en 24 horas: 4 envíos quedan para/)
    assert.doesNotMatch(told, /para este momento|por atender/)

    clock.minutes = DAY_MINUTES + 1
    const later = await showStatus(ctx)
    assert.deepEqual([later.ready, later.limits], [4, []])
    assert.match(shown(later), /Hay envíos para este momento: cfdi-mail enviar/)
  })

  test('a profile on hold: what waits for it is not ready, and is again once the hold is over', async (t) => {
    const { ctx, clock } = await testCtx(t)
    await profileFor(ctx, 1)
    await invoices(t, ctx, 1)
    const until = new Date(START.getTime() + 60_000).toISOString()
    await holdProfile(ctx.db, 'oficina', {
      ...{ at: START.toISOString(), reason: 'throttled: 421 slow down', until, strikes: 1 },
    })
    const status = await showStatus(ctx)
    assert.deepEqual([status.due, status.ready, status.limits], [2, 0, []])
    assert.match(shown(status), /sigue solo a partir de/)
    clock.minutes = 2
    assert.equal((await showStatus(ctx)).ready, 2)
  })
})
