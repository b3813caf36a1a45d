import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { importBounces } from '../../src/core/flows/bounces-import.ts'
import { addToQuarantine, releaseFromQuarantine, showQuarantine } from '../../src/core/flows/bounces-list.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { checkAllCustomers } from '../../src/core/flows/customer-check.ts'
import { explainCustomer } from '../../src/core/flows/customers.ts'
import { showOrder } from '../../src/core/flows/outbox.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { type Returned, standardReport } from '../support/bounces.ts'
import { packageDocuments, testCtx, URE, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const UNO = 'uno@ure.example'
const DOS = 'dos@ure.example'

async function bounce(ctx: Ctx, order: string, changes: Partial<Returned> = {}) {
  const file = join(tempFolder(), 'bounce.eml')
  writeFileSync(file, standardReport({ recipient: UNO, envelopeId: order, ...changes }))
  return importBounces(ctx, [file])
}

/** An order that both took, and then uno@ bounced. */
async function bounced(t: TestContext, changes: Partial<Returned> = {}) {
  const { ctx, clock } = await testCtx(t)
  const server = await smtpServer(t)
  await useProfile(ctx, server.port)
  const [first] = await packageDocuments(t, ctx, [{ folio: '1' }])
  await sendDue(ctx, { profile: null, limit: null })
  const result = await bounce(ctx, first?.id ?? '', changes)
  return { ctx, clock, server, first: first?.id ?? '', result }
}

async function deliveriesOf(ctx: Ctx, id: string) {
  const { order } = await showOrder(ctx, id)
  return order.deliveries.map(({ recipient, state, heldReason }) => [recipient, state, heldReason])
}

describe('row 97: an address that bounces hard', () => {
  test('gets nothing more: what is packaged for it is held and shown, its neighbour gets the mail', async (t) => {
    const { ctx, server, result } = await bounced(t)
    assert.deepEqual(result.quarantined, [UNO])
    const [second] = await packageDocuments(t, ctx, [{ folio: '2' }])
    assert.equal(second?.state, 'held')
    assert.deepEqual(second.quarantined, [UNO])
    await sendDue(ctx, { profile: null, limit: null })
    assert.deepEqual(server.messages.at(-1)?.recipients, [DOS])
    assert.deepEqual(await deliveriesOf(ctx, second.id), [
      [UNO, 'held', 'review'],
      [DOS, 'sent', null],
    ])
    const { events } = await showOrder(ctx, second.id)
    const held = events.find(({ event }) => event === 'held')
    assert.match(held?.detail ?? '', /^review: quarantine: 5\.1\.1 550/)
  })

  test('is shown with its customer, and found by customers explain and check', async (t) => {
    const { ctx } = await bounced(t)
    await packageDocuments(t, ctx, [{ folio: '2' }])
    const { addresses } = await showQuarantine(ctx)
    assert.deepEqual(
      addresses.map(({ address, status, customers, held }) => [address, status, customers, held]),
      [[UNO, '5.1.1', ['C00001'], 1]],
    )
    const { candidates } = await explainCustomer(ctx, 'C00001')
    assert.deepEqual(
      candidates.map(({ address, used, quarantined }) => [address, used, quarantined]),
      [
        [UNO, true, true],
        [DOS, true, false],
      ],
    )
    const { findings } = await checkAllCustomers(ctx, [])
    assert.deepEqual(
      findings.filter(({ problem }) => problem === 'quarantined').map(({ value }) => value),
      [UNO],
    )
  })

  test('has what already waits for it held at once, in whatever case it is written', async (t) => {
    const { ctx, first } = await bounced(t, { action: 'delayed', status: '4.4.1' })
    await saveCustomer(ctx.db, { ...URE, billingEmail: 'Uno@URE.example' }, ctx.now())
    const [second] = await packageDocuments(t, ctx, [{ folio: '2' }])
    await bounce(ctx, first)
    const [delivery] = await deliveriesOf(ctx, second?.id ?? '')
    assert.deepEqual(delivery?.slice(1), ['held', 'review'])
  })

  test('gets all that was held for it once it is released, and nothing that is held for another reason', async (t) => {
    const { ctx, server } = await bounced(t)
    const [second, third] = await packageDocuments(t, ctx, [{ folio: '2' }, { folio: '3' }])
    await ctx.db
      .deleteFrom('delivery')
      .where('order_id', '=', third?.id ?? '')
      .execute()
    await ctx.db
      .updateTable('delivery')
      .set({ state: 'held', held_reason: 'operator' })
      .where('order_id', '=', second?.id ?? '')
      .where('recipient', '=', DOS)
      .execute()
    const released = await releaseFromQuarantine(ctx, { addresses: ['UNO@ure.example'], reason: 'corregida' })
    assert.equal(released.orders, 1)
    await sendDue(ctx, { profile: null, limit: null })
    assert.deepEqual(server.messages.at(-1)?.recipients, [UNO])
    assert.deepEqual(await deliveriesOf(ctx, second?.id ?? ''), [
      [UNO, 'sent', null],
      [DOS, 'held', 'operator'],
    ])
    assert.deepEqual((await showQuarantine(ctx)).addresses, [])
    const again = releaseFromQuarantine(ctx, { addresses: [UNO], reason: '' })
    await assert.rejects(again, { code: 'NOT_QUARANTINED' })
  })

  // It said that the address was released, and not whether anything had waited for it.
  test('says how many orders go again, an order for two addresses once', async (t) => {
    const { ctx } = await testCtx(t)
    await addToQuarantine(ctx, { addresses: [UNO, DOS, 'otro@ure.example'], reason: '' })
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    const shown = async (...addresses: readonly string[]) => {
      const context = makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' })
      const released = await releaseFromQuarantine(ctx, { addresses, reason: '' })
      return [released.orders, viewOf(released, context).split('\n').at(-1)]
    }
    assert.deepEqual(await shown('otro@ure.example'), [0, 'Ninguna orden esperaba por eso.'])
    assert.deepEqual(await shown(UNO, DOS), [2, 'Vuelven a salir 2 órdenes con cfdi-mail enviar'])
  })

  test('is held in a repetition and in an order that waited for an address, too', async (t) => {
    const { ctx, first } = await bounced(t)
    const ask = { clients: [], period: ALWAYS, states: null, to: [], keep: 'once', confirmed: 'no' } as const
    const { orders } = await resendOrders(ctx, { ...ask, orders: [first], reason: 'no llegó' })
    assert.deepEqual((await deliveriesOf(ctx, orders[0]?.id ?? ''))[0], [UNO, 'held', 'review'])

    await saveCustomer(ctx.db, { ...URE, packaging: { type: 'GRAL', addresses: [] } }, ctx.now())
    const [second] = await packageDocuments(t, ctx, [{ folio: '2' }])
    await saveCustomer(ctx.db, { ...URE, email: UNO, packaging: { type: 'GRAL', addresses: [] } }, ctx.now())
    await sendDue(ctx, { profile: null, limit: null })
    assert.deepEqual(await deliveriesOf(ctx, second?.id ?? ''), [[UNO, 'held', 'review']])
  })

  test('is one of no use: a full mailbox, a policy, an expiry or a delay are not', async (t) => {
    const { ctx, first } = await bounced(t, { status: '5.2.2' })
    for (const status of ['5.7.1', '4.4.7', '5.4.7', '5.3.4']) await bounce(ctx, first, { status })
    await bounce(ctx, first, { action: 'delayed' })
    assert.deepEqual((await showQuarantine(ctx)).addresses, [])
    assert.deepEqual((await deliveriesOf(ctx, first))[0], [UNO, 'bounced', null])
  })

  test('can be put in quarantine by hand', async (t) => {
    const { ctx } = await testCtx(t)
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    await addToQuarantine(ctx, { addresses: [DOS], reason: 'ya no trabaja ahí' })
    assert.deepEqual(await deliveriesOf(ctx, order?.id ?? ''), [
      [UNO, 'pending', null],
      [DOS, 'held', 'review'],
    ])
    assert.match((await showQuarantine(ctx)).addresses[0]?.reason ?? '', /tests: ya no trabaja ahí/)
    await assert.rejects(addToQuarantine(ctx, { addresses: ['sin arroba'], reason: '' }), {
      code: 'BAD_ADDRESS',
    })
  })
})
