import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { orderWords } from '../../src/core/flows/order-words.ts'
import { packagePapers } from '../../src/core/flows/package-papers.ts'
import { setTemplate } from '../../src/core/flows/templates.ts'
import { setType } from '../../src/core/flows/types.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { packageDocuments, testCtx } from '../support/ctx.ts'
import { papersHouse, writePaper } from '../support/papers.ts'

describe('receipts', () => {
  test('a receipt lists what its line of the index says was paid, in the mail of who gets it', async (t) => {
    const { ctx, folder, request } = await papersHouse(t, {
      'a.pdf': 'a',
      'b.pdf': 'b',
      'c.pdf': 'c',
      'd.pdf': 'd',
      'e.pdf': 'e',
    })
    const index = join(folder, 'recibos.csv')
    writeFileSync(
      index,
      'archivo,cliente,referencia,fecha,importe,pagados,idioma\n' +
        'a.pdf,C00001,R-1,2024-05-31,1500,F-1;1;1000.00;0.00|F-2;2;500.00;1500.00,\n' +
        'b.pdf,P00001,R-2,2024-05-31,20,F-9;1;20;0,en\n' +
        'c.pdf,C00001,R-3,2024-05-31,20,F-9;1;20,\n' +
        'd.pdf,C00001,R-4,2024-05-31,20,,fr\n' +
        'e.pdf,C00001,R-5,2024-05-31,20,F-1;1;20.01;0,\n',
    )
    const receipts: typeof request = { ...request, kind: 'receipt', index }
    const { documents } = await packagePapers(ctx, receipts)
    assert.deepEqual(
      documents.flatMap(({ detail }) => (detail === '' ? [] : [detail])),
      [
        'recibos.csv:4: pagados F-9;1;20',
        'recibos.csv:5: idioma fr',
        // More than was paid at all.
        'recibos.csv:6: pagados F-1;1;20.01;0',
      ],
    )
    const [collection, payment] = await listOrders(ctx.db, {})
    const words = async (id = '') => (await orderWords(ctx, id)).text
    assert.equal(collection?.subject, 'Recibo de cobro R-1')
    assert.match(await words(collection?.id), /F-2, parcialidad 2\n[\s\S]*Saldo anterior: \$2,000\.00 MXN/)
    assert.equal(payment?.subject, 'Payment notice R-2')
    assert.match(await words(payment?.id), /Date of payment: 31 May 2024[\s\S]*Balance left: \$0\.00 MXN/)
  })

  test('a receipt that somebody wrote goes on serving until the mail for customers is written too', async (t) => {
    const { ctx, folder, request } = await papersHouse(t, { 'REC_C00001_1.pdf': '1' })
    await setTemplate(ctx, 'receipt', { subject: 'Nuestro recibo {{reference}}', body: undefined })
    await packagePapers(ctx, { ...request, kind: 'receipt' })
    await setTemplate(ctx, 'collection', { subject: 'Su pago {{reference}}', body: undefined })
    writePaper(join(folder, 'REC_C00001_2.pdf'), '2')
    await packagePapers(ctx, { ...request, kind: 'receipt' })
    assert.deepEqual(
      (await listOrders(ctx.db, {})).map(({ subject }) => subject),
      ['Nuestro recibo 1', 'Su pago 2'],
    )
  })

  test('a payment complement may have the same mail, in English too', async (t) => {
    const { ctx } = await testCtx(t)
    await setType(ctx, 'GRAL', { templates: new Map([['P', 'collection-en']]) })
    await packageDocuments(t, ctx, [{ kind: 'P', series: 'P', folio: '1' }])
    const [order] = await listOrders(ctx.db, {})
    const { text } = await orderWords(ctx, order?.id ?? '')
    assert.match(order?.subject ?? '', /^Payment receipt P-1 from /)
    assert.match(text, /Date of payment: \d+ [A-Z][a-z]+ \d{4}\n[\s\S]*Attached: XML and PDF/)
  })
})
