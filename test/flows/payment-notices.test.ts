import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { simpleParser } from 'mailparser'
import { addCustomer, setCustomer } from '../../src/core/flows/customers.ts'
import { packagePapers } from '../../src/core/flows/package-papers.ts'
import {
  type NoticesRequest,
  removeNotices,
  resendNotices,
  showPaymentNotices,
} from '../../src/core/flows/payment-notices.ts'
import { assignModules } from '../../src/core/flows/profiles.ts'
import { addPaymentNotice, queuePaymentNotices } from '../../src/core/flows/queue-payment-notices.ts'
import type { TypedNotice } from '../../src/core/flows/read-payment-notice.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { setType } from '../../src/core/flows/types.ts'
import { cancelOrders } from '../../src/core/flows/steer-orders.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { spooledSnapshots } from '../../src/core/store/snapshots.ts'
import { makePdf } from '../support/cfdi-factory.ts'
import { useProfile } from '../support/ctx.ts'
import { papersHouse } from '../support/papers.ts'
import { smtpServer } from '../support/smtp-server.ts'

const COLLECTION: TypedNotice = {
  client: 'C00001',
  supplier: undefined,
  amount: '$1,500.00',
  currency: undefined,
  date: '2024-05-31',
  reference: 'R-205',
  paid: ['F-123;1;1000.00;0.00', 'F-124;2;500.00;1500.00'],
  pdf: undefined,
  language: undefined,
  send: 'send',
}
const PAYMENT: TypedNotice = {
  ...COLLECTION,
  ...{ client: undefined, supplier: 'P00001', reference: 'T-9', paid: [], language: 'en' },
}
const EVERY = { clients: [], period: ALWAYS, states: null }
const ALL = { limit: null, profile: null }

/** A default profile, one for collections, and the customer and supplier of `papersHouse`. */
async function house(t: TestContext) {
  const papers = await papersHouse(t, { 'REC_C00001_R-205.pdf': 'otro papel' })
  const { ctx } = papers
  const [office, collections] = [await smtpServer(t), await smtpServer(t)]
  await useProfile(ctx, office.port)
  await useProfile(ctx, collections.port, {
    ...{ name: 'cobranza', from: 'cobranza@emisor.example', isDefault: false },
  })
  await assignModules(ctx, 'cobranza', ['collections'])
  const states = async () =>
    (await showPaymentNotices(ctx, EVERY)).notices.map(({ reference, state }) => `${reference} ${state}`)
  return { ...papers, office, collections, states }
}

describe('notices of collections and payments', () => {
  test('a collection goes to the customer by the profile of collections, with the table of what was paid', async (t) => {
    const { ctx, office, collections, states } = await house(t)
    const { notices, needsPerson } = await addPaymentNotice(ctx, COLLECTION)
    assert.equal(needsPerson, false)
    assert.deepEqual(
      notices.map(({ result, amount, currency, state }) => [result, amount, currency, state]),
      [['queued', '1500.00', 'MXN', 'pending']],
    )
    assert.deepEqual(notices[0]?.recipients, ['uno@ure.example', 'dos@ure.example'])
    assert.equal((await sendDue(ctx, ALL)).totals.sent, 2)
    assert.equal(office.messages.length, 0)
    const mail = await simpleParser(collections.messages[0]?.raw ?? '')
    assert.equal(mail.from?.value[0]?.address, 'cobranza@emisor.example')
    assert.match(mail.subject ?? '', /^Recibo de cobro R-205/)
    assert.match(
      mail.text ?? '',
      /F-124, parcialidad 2\n[\s\S]*Pagado: \$500\.00 MXN\n {2}Saldo pendiente: \$1,500\.00 MXN/,
    )
    assert.match(String(mail.html), /Documentos pagados/)
    assert.deepEqual(mail.attachments, [])
    assert.deepEqual(await states(), ['R-205 sent'])
    const events = await listEvents(ctx.db, { customer: 'C00001' })
    assert.deepEqual(
      events.slice(0, 2).map(({ event, detail }) => [event, detail]),
      [
        ['receipt-saved', 'R-205: 1500.00 MXN 2024-05-31'],
        ['packaged', 'receipt R-205'],
      ],
    )
  })

  test('a payment goes to the supplier by the profile of invoicing, with its PDF, in English when asked for', async (t) => {
    const { ctx, folder, office } = await house(t)
    const pdf = join(folder, 'transferencia ñ.pdf')
    writeFileSync(pdf, makePdf('SPEI'))
    await addPaymentNotice(ctx, { ...PAYMENT, pdf })
    await sendDue(ctx, ALL)
    const mail = await simpleParser(office.messages[0]?.raw ?? '')
    assert.deepEqual(office.messages[0]?.recipients, ['ventas@papelera.example'])
    assert.match(mail.subject ?? '', /^Payment notice T-9/)
    assert.match(mail.text ?? '', /Date of payment: 31 May 2024/)
    assert.deepEqual(
      mail.attachments.map(({ contentType, content }) => [contentType, content.equals(makePdf('SPEI'))]),
      [['application/pdf', true]],
    )
  })

  test('without its mark it is written down and not sent, until `notices send` sets the mark', async (t) => {
    const { ctx, folder, states, office } = await house(t)
    const pdf = join(folder, 'a.pdf')
    writeFileSync(pdf, makePdf('a'))
    const kept = await addPaymentNotice(ctx, { ...PAYMENT, pdf, send: 'not-marked' })
    assert.deepEqual([kept.notices[0]?.result, kept.notices[0]?.order], ['kept', null])
    assert.deepEqual(await states(), ['T-9 not-marked'])
    assert.deepEqual(await listOrders(ctx.db, {}), [])
    // A backup takes the PDF along: the file it came from may be gone.
    assert.equal((await spooledSnapshots(ctx.db)).length, 1)
    writeFileSync(pdf, makePdf('otra cosa'))
    const { notices } = await queuePaymentNotices(ctx, { ids: ['t-9'], which: 'named' })
    assert.deepEqual(
      notices.map(({ result, send, state }) => [result, send, state]),
      [['queued', 'send', 'pending']],
    )
    await sendDue(ctx, ALL)
    const mail = await simpleParser(office.messages[0]?.raw ?? '')
    assert.equal(mail.attachments[0]?.content.equals(makePdf('a')), true)
    const again = await queuePaymentNotices(ctx, { ids: [notices[0]?.id.slice(-8) ?? ''], which: 'named' })
    assert.deepEqual(
      again.notices.map(({ result }) => result),
      ['already'],
    )
    assert.equal((await listOrders(ctx.db, {})).length, 1)
  })

  test('--all marks those that have no mark; one that cannot go is told, and the others go', async (t) => {
    const { ctx, states } = await house(t)
    await addCustomer(ctx, { code: 'P00002', kind: 'supplier', name: 'Sin correo', pointOfSale: false })
    const wait = { send: 'not-marked' } as const
    await addPaymentNotice(ctx, { ...COLLECTION, ...wait })
    await addPaymentNotice(ctx, { ...PAYMENT, ...wait })
    await addPaymentNotice(ctx, { ...PAYMENT, ...wait, supplier: 'P00002' })
    const { notices, needsPerson } = await queuePaymentNotices(ctx, { ids: [], which: 'all' })
    assert.deepEqual(
      notices.map(({ customer, result, state, recipients }) => [customer, result, state, recipients.length]),
      [
        ['C00001', 'queued', 'pending', 2],
        ['P00001', 'queued', 'pending', 1],
        ['P00002', 'queued', 'held', 0],
      ],
    )
    assert.equal(needsPerson, true)
    assert.deepEqual((await queuePaymentNotices(ctx, { ids: [], which: 'all' })).notices, [])
    // An address that comes later lets it go by itself.
    await setCustomer(ctx, 'P00002', { email: 'hola@sin.example' })
    await sendDue(ctx, ALL)
    assert.deepEqual(await states(), ['R-205 sent', 'T-9 sent', 'T-9 sent'])
  })

  test('a reference is the party’s once, whether it came as a notice or as a paper', async (t) => {
    const { ctx, request } = await house(t)
    await addPaymentNotice(ctx, COLLECTION)
    await assert.rejects(addPaymentNotice(ctx, { ...COLLECTION, amount: '9999' }), { code: 'RECEIPT_TWICE' })
    const { documents } = await packagePapers(ctx, { ...request, kind: 'receipt' })
    assert.deepEqual(
      documents.map(({ reference, reason }) => [reference, reason]),
      [['R-205', 'paper-changed']],
    )
    await addPaymentNotice(ctx, { ...PAYMENT, reference: 'R-205' })
    // Without a reference it is the date.
    const undated = { ...COLLECTION, reference: undefined, send: 'not-marked' } as const
    assert.equal((await addPaymentNotice(ctx, undated)).notices[0]?.reference, '2024-05-31')
    await assert.rejects(addPaymentNotice(ctx, undated), { code: 'RECEIPT_TWICE' })
    await assert.rejects(removeNotices(ctx, ['nada']), { code: 'RECEIPT_NOT_FOUND' })
    await assert.rejects(removeNotices(ctx, ['R-205']), { code: 'RECEIPT_AMBIGUOUS' })
  })

  test('is sent again with a reason, and only once it was sent', async (t) => {
    const { ctx, collections, states } = await house(t)
    await addPaymentNotice(ctx, { ...COLLECTION, send: 'not-marked' })
    const again = { ids: ['R-205'], to: [], reason: 'no llegó' }
    await assert.rejects(resendNotices(ctx, again), { code: 'RECEIPT_NOT_SENT' })
    await queuePaymentNotices(ctx, { ids: ['R-205'], which: 'named' })
    await assert.rejects(resendNotices(ctx, again), { code: 'WRONG_STATE' })
    await sendDue(ctx, ALL)
    await assert.rejects(resendNotices(ctx, { ...again, reason: null }), { code: 'NEEDS_REASON' })
    const { orders } = await resendNotices(ctx, { ...again, to: ['pagos@ure.example'] })
    assert.deepEqual(orders[0]?.recipients, ['pagos@ure.example'])
    assert.deepEqual(await states(), ['R-205 pending'])
    await sendDue(ctx, ALL)
    assert.deepEqual(
      collections.messages.map(({ recipients }) => recipients.length),
      [2, 1],
    )
  })

  test('one that was cancelled may get its mark again, or be taken away', async (t) => {
    const { ctx, states } = await house(t)
    const [first] = (await addPaymentNotice(ctx, COLLECTION)).notices
    await assert.rejects(removeNotices(ctx, ['R-205']), { code: 'RECEIPT_IN_USE' })
    await cancelOrders(ctx, { orders: [first?.order ?? ''], reason: 'importe mal' })
    assert.deepEqual(await states(), ['R-205 cancelled'])
    const [second] = (await queuePaymentNotices(ctx, { ids: ['R-205'], which: 'named' })).notices
    assert.equal(second?.result, 'queued')
    await cancelOrders(ctx, { orders: [second.order ?? ''], reason: 'importe mal' })
    assert.deepEqual((await removeNotices(ctx, ['R-205'])).names, ['R-205'])
    await addPaymentNotice(ctx, { ...COLLECTION, amount: '1600' })
    assert.deepEqual(await states(), ['R-205 pending'])
  })

  test('are listed by party, by their own date and by state', async (t) => {
    const { ctx } = await house(t)
    await addPaymentNotice(ctx, COLLECTION)
    await addPaymentNotice(ctx, { ...PAYMENT, date: '2024-06-02' })
    await addPaymentNotice(ctx, { ...COLLECTION, reference: 'R-206', send: 'not-marked' })
    const listed = async (filter: Partial<NoticesRequest>) =>
      (await showPaymentNotices(ctx, { ...EVERY, ...filter })).notices.map(({ reference }) => reference)
    assert.deepEqual(await listed({}), ['R-205', 'R-206', 'T-9'])
    assert.deepEqual(await listed({ states: ['not-marked'] }), ['R-206'])
    assert.deepEqual(await listed({ states: ['sent', 'pending'] }), ['R-205', 'T-9'])
    assert.deepEqual(await listed({ clients: ['p00001'] }), ['T-9'])
    assert.deepEqual(await listed({ period: { from: null, to: '2024-05-31' } }), ['R-205', 'R-206'])
    assert.deepEqual(await listed({ clients: ['C00001'], period: { from: '2024-06-01', to: null } }), [])
  })

  test('what is wrong with one is an error that writes nothing', async (t) => {
    const { ctx, folder } = await house(t)
    writeFileSync(join(folder, 'x.pdf'), '<html>')
    const wrong: readonly (readonly [Partial<TypedNotice>, string, string?])[] = [
      [{ client: 'C99999' }, 'CUSTOMER_NOT_FOUND'],
      [{ client: 'P00001' }, 'WRONG_PARTY', 'no-customer'],
      [{ client: undefined, supplier: 'C00001' }, 'WRONG_PARTY', 'no-supplier'],
      [{ client: undefined }, 'CHOOSE_CUSTOMER', 'receipt'],
      [{ supplier: 'P00001' }, 'BAD_SELECTION'],
      [{ amount: undefined }, 'BAD_RECEIPT', 'no-amount'],
      [{ amount: 'mil' }, 'BAD_RECEIPT', 'amount'],
      [{ amount: '0.00' }, 'BAD_RECEIPT', 'amount'],
      [{ amount: '-5' }, 'BAD_RECEIPT', 'amount'],
      [{ date: undefined }, 'BAD_RECEIPT', 'no-date'],
      [{ date: '2024-02-30' }, 'BAD_DATE'],
      [{ currency: 'pesos' }, 'BAD_RECEIPT', 'currency'],
      [{ paid: ['F-1;1;10'] }, 'BAD_RECEIPT', 'paid-fields'],
      [{ paid: ['F-1;1;1500.01;0'] }, 'BAD_RECEIPT', 'sum'],
      [{ reference: 'x'.repeat(101) }, 'BAD_RECEIPT', 'reference'],
      [{ language: 'fr' }, 'BAD_CHOICE'],
      [{ pdf: join(folder, 'no-esta.pdf') }, 'FILE_NOT_FOUND'],
      [{ pdf: join(folder, 'x.pdf') }, 'BAD_RECEIPT', 'pdf'],
    ]
    for (const [change, code, variant] of wrong) {
      await assert.rejects(
        addPaymentNotice(ctx, { ...COLLECTION, ...change }),
        (error: { code: string; params: { variant?: string } }) =>
          error.code === code && error.params.variant === variant,
        JSON.stringify(change),
      )
    }
    await setType(ctx, 'GRAL', { byMail: false, folder })
    await assert.rejects(addPaymentNotice(ctx, COLLECTION), {
      code: 'RECEIPT_REFUSED',
      params: { reason: 'no-mail', detail: 'GRAL' },
    })
    assert.deepEqual((await showPaymentNotices(ctx, EVERY)).notices, [])
  })
})
