import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { addCustomer, setCustomer, showCustomer } from '../../src/core/flows/customers.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import type { ResendRequest } from '../../src/core/flows/resend-choice.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { sendRedirected } from '../../src/core/flows/send-redirected.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makeCfdi } from '../support/cfdi-factory.ts'
import { packageDocuments, useProfile } from '../support/ctx.ts'
import { dropFolder, type OrderText, takeOrders } from '../support/order-files.ts'
import { INVOICE } from '../support/packaging.ts'
import { INGRID, MIGUEL, payrollHouse, payrollOf } from '../support/payroll.ts'
import { smtpServer } from '../support/smtp-server.ts'

const ALL = { limit: null, profile: null }
const AGAIN: ResendRequest = {
  ...{ orders: [], clients: ['E00001'], period: ALWAYS, states: null, to: [] },
  ...{ keep: 'once', reason: 'prueba', confirmed: 'yes' },
}

/** Two employees with a payroll document each in the outbox, and a server. */
async function office(t: TestContext) {
  const { ctx } = await payrollHouse(t)
  const server = await smtpServer(t)
  await useProfile(ctx, server.port)
  await packageDocuments(t, ctx, [payrollOf(INGRID, '1'), payrollOf(MIGUEL, '2')])
  return { ctx, server }
}

function envelopes({ messages }: Awaited<ReturnType<typeof smtpServer>>) {
  return messages.map(({ recipients }) => recipients).sort()
}

describe('payroll that is sent', () => {
  test('reaches each employee alone', async (t) => {
    const { ctx, server } = await office(t)
    await sendDue(ctx, ALL)
    assert.deepEqual(envelopes(server), [['ingrid@correo.example'], ['miguel@correo.example']])
  })

  test('is held when the address it was packaged for is no longer the employee’s own', async (t) => {
    const { ctx, server } = await office(t)
    await setCustomer(ctx, 'E00001', { email: 'otra@correo.example' })
    await setCustomer(ctx, 'E00002', { kind: 'cliente' })
    await sendDue(ctx, ALL)
    assert.deepEqual(envelopes(server), [])
    const held = (await listOrders(ctx.db, {})).flatMap(({ deliveries }) =>
      deliveries.map(({ state }) => state),
    )
    assert.deepEqual(held, ['held', 'held'])
  })

  test('is repeated to the employee’s own address only; --save makes another one theirs', async (t) => {
    const { ctx, server } = await office(t)
    await sendDue(ctx, ALL)
    const jefe = { ...AGAIN, to: ['jefe@empresa.example'] }
    await assert.rejects(resendOrders(ctx, jefe), { code: 'NOT_OWN_ADDRESS' })
    await assert.rejects(
      resendOrders(ctx, { ...AGAIN, to: ['ingrid@correo.example', 'jefe@empresa.example'] }),
      {
        code: 'NOT_OWN_ADDRESS',
      },
    )
    await assert.rejects(resendOrders(ctx, { ...AGAIN, to: [MIGUEL.email], keep: 'save' }), {
      code: 'NOT_OWN_ADDRESS',
    })
    const both = {
      ...AGAIN,
      clients: ['E00001', 'E00002'],
      to: ['nueva@correo.example'],
      keep: 'save',
    } as const
    await assert.rejects(resendOrders(ctx, both), { code: 'NOT_OWN_ADDRESS' })
    await resendOrders(ctx, { ...AGAIN, to: ['INGRID@correo.example'] })
    await sendDue(ctx, ALL)
    await resendOrders(ctx, { ...AGAIN, to: ['nueva@correo.example'], keep: 'save' })
    await sendDue(ctx, ALL)
    assert.equal((await showCustomer(ctx, 'E00001')).email, 'nueva@correo.example')
    const sent = envelopes(server).flat()
    assert.ok(!sent.includes('jefe@empresa.example'))
    assert.equal(sent.filter((address) => address === 'nueva@correo.example').length, 1)
  })

  test('is not redirected; the rest of the outbox is', async (t) => {
    const { ctx, server } = await office(t)
    await packageDocuments(t, ctx, [INVOICE])
    const result = await sendRedirected(ctx, { ...ALL, to: 'yo@emisor.example' })
    assert.deepEqual(result.messages.map(({ customer, ok, reason }) => [customer, ok, reason]).sort(), [
      ['C00001', true, undefined],
      ['E00001', false, 'payroll'],
      ['E00002', false, 'payroll'],
    ])
    assert.deepEqual(envelopes(server), [['yo@emisor.example']])
    assert.equal(result.needsPerson, false)
  })
})

describe('payroll in an order file', () => {
  const cases: readonly (readonly [what: string, order: OrderText, outcome: string | null])[] = [
    ['to the employee’s own address is taken', { to: [INGRID.email] }, null],
    ['that names nobody goes to the employee', {}, null],
    ['to somebody else is refused', { to: [INGRID.email, 'jefe@empresa.example'] }, 'not-own-address'],
    ['under another code is refused', { more: '<Cliente>C00001</Cliente>' }, 'other-employee'],
    ['of two employees is refused', { attachments: ['uno.xml', 'dos.xml'] }, 'payroll-mixed'],
    ['beside an invoice is refused', { attachments: ['uno.xml', 'factura.xml'] }, 'payroll-mixed'],
  ]
  for (const [what, order, outcome] of cases) {
    test(what, async (t) => {
      const { ctx } = await payrollHouse(t)
      // The same person, as a customer who buys in the firm's shop.
      await addCustomer(ctx, { pointOfSale: false, rfc: INGRID.rfc, email: 'tienda@ingrid.example' })
      const drop = dropFolder(t)
      drop.write('uno.xml', makeCfdi(payrollOf(INGRID, '1')))
      drop.write('dos.xml', makeCfdi(payrollOf(MIGUEL, '2')))
      drop.write('factura.xml', makeCfdi({ ...INVOICE, receiverRfc: INGRID.rfc }))
      drop.order('1', { attachments: ['uno.xml'], ...order })
      const { files } = await takeOrders(ctx, drop.folder)
      assert.deepEqual(
        files.map(({ reason, recipients }) => [reason, recipients.map(({ address }) => address)]),
        [[outcome, outcome === null ? [INGRID.email] : []]],
      )
    })
  }
})
