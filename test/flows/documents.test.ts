import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import {
  cancelDocuments,
  type DocumentsRequest,
  listIndex,
  restoreDocuments,
} from '../../src/core/flows/documents.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { uuidOf } from '../support/cfdi-factory.ts'
import { packageDocuments, testCtx, URE } from '../support/ctx.ts'
import { tempFolder } from '../support/temp.ts'

const ALL: DocumentsRequest = { clients: [], period: ALWAYS, kinds: null, uuid: null, show: 'all' }
const [ONE, TWO] = [uuidOf({ folio: '1' }), uuidOf({ folio: '2' })]
const NOBODY = { rfc: 'XAXX010101000', name: 'PUBLICO EN GENERAL' }

/** As the SAT writes it, with a prefix and the namespace in different places. */
function receipt(folios: Readonly<Record<string, string>>): string {
  const entries = Object.entries(folios).map(
    ([uuid, status]) =>
      `<c:Folios><c:UUID>${uuid.toLowerCase()}</c:UUID><c:EstatusUUID>${status}</c:EstatusUUID></c:Folios>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<Acuse xmlns:c="http://cancelacfd.sat.gob.mx" Fecha="2024-06-01T10:00:00" RfcEmisor="EKU9003173C9">
  ${entries.join('\n')}
  <Signature Id="SelloSAT" xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>x</SignatureValue></Signature>
</Acuse>`
}

describe('the index of documents', () => {
  test('is listed by date and narrows by customer, date, kind and folio', async (t) => {
    const { ctx } = await testCtx(t)
    await saveCustomer(
      ctx.db,
      { ...URE, ...NOBODY, code: 'C00002', packaging: { type: 'GRAL', addresses: [] } },
      ctx.now(),
    )
    await packageDocuments(t, ctx, [
      { folio: '3', issuedAt: '2024-06-01T00:00:00', kind: 'E' },
      { folio: '1', issuedAt: '2024-05-31T23:59:59' },
      { folio: '2', receiverRfc: NOBODY.rfc, receiverName: 'Público en general' },
      { folio: '4', receiverRfc: NOBODY.rfc, receiverName: 'JUAN PEREZ' },
    ])
    const folios = async (request: Partial<DocumentsRequest>) =>
      Array.from((await listIndex(ctx, { ...ALL, ...request })).documents, ({ folio }) => folio)
    assert.deepEqual(await folios({}), ['2', '4', '1', '3'])
    assert.deepEqual(await folios({ period: { from: '2024-05-31', to: '2024-05-31' } }), ['1'])
    assert.deepEqual(await folios({ kinds: ['E'] }), ['3'])
    assert.deepEqual(await folios({ uuid: ONE.toLowerCase() }), ['1'])
    assert.deepEqual(await folios({ clients: ['C00001'] }), ['1', '3'])
    assert.deepEqual(await folios({ clients: ['C00002'] }), ['2'], 'a generic RFC is told apart by the name')
  })

  test('says why a file cannot be sent', async (t) => {
    const { ctx } = await testCtx(t)
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2', stamped: false }, { folio: '3' }])
    await cancelDocuments(ctx, { uuids: [ONE], file: null, reason: 'error' })
    const { documents } = await listIndex(ctx, { ...ALL, show: 'bad' })
    assert.deepEqual(
      Array.from(documents, ({ folio, reason }) => [folio, reason]),
      [
        ['1', 'cancelled'],
        ['2', 'not-stamped'],
      ],
    )
  })
})

describe('a cancelled document', () => {
  test('stops what is queued of it, in every order that carries it, and nothing else', async (t) => {
    const { ctx } = await testCtx(t)
    const orders = await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    const result = await cancelDocuments(ctx, {
      uuids: [ONE.toLowerCase()],
      file: null,
      reason: 'sustituida',
    })
    assert.deepEqual(result, {
      kind: 'documents-cancelled',
      uuids: [ONE],
      already: [],
      refused: [],
      orders: [orders[0]?.id],
      deliveries: 2,
    })
    const states = (await listOrders(ctx.db, {})).map(({ state }) => state)
    assert.deepEqual(states, ['cancelled', 'pending'])
    const events = (await listEvents(ctx.db, { uuid: ONE })).map(({ event, detail }) => [event, detail])
    const why = 'tests: sustituida'
    assert.deepEqual(events, [
      ['packaged', ''],
      ['document-cancelled', why],
      ['cancelled', why],
      ['cancelled', why],
    ])
  })

  test('does not touch what a sender has in its hands or what was sent', async (t) => {
    const { ctx } = await testCtx(t)
    await packageDocuments(t, ctx, [{ folio: '1' }])
    for (const state of ['leased', 'dotted', 'sent', 'unknown', 'failed'] as const) {
      await ctx.db.updateTable('delivery').set({ state }).execute()
      const { deliveries } = await cancelDocuments(ctx, { uuids: [ONE], file: null, reason: 'x' })
      assert.equal(deliveries, 0, state)
    }
  })

  test('can come from the SAT’s receipt, and is marked once', async (t) => {
    const { ctx } = await testCtx(t)
    const file = join(tempFolder(t), 'acuse.xml')
    writeFileSync(file, receipt({ [ONE]: '201', [TWO]: '202' }))
    await cancelDocuments(ctx, { uuids: [TWO], file: null, reason: 'primera vez' })
    const second = await cancelDocuments(ctx, { uuids: [], file, reason: 'segunda' })
    assert.deepEqual([second.uuids, second.already], [[ONE], [TWO]])
    const marks = await ctx.db
      .selectFrom('cancelled_document')
      .select(['uuid', 'reason'])
      .orderBy('reason')
      .execute()
    assert.deepEqual(marks, [
      { uuid: TWO, reason: 'primera vez' },
      { uuid: ONE, reason: 'segunda' },
    ])
    const piped = { ...ctx, readStdin: async () => `${ONE}\n` }
    assert.deepEqual((await cancelDocuments(piped, { uuids: [], file: '-', reason: 'x' })).already, [ONE])
  })

  test('is only what the receipt says was cancelled', async (t) => {
    const { ctx } = await testCtx(t)
    const file = join(tempFolder(t), 'acuse.xml')
    const folio = '6F1E6A7C-0000-4000-8000-000000000001'
    writeFileSync(file, receipt({ [ONE]: '201', [TWO]: '205', [folio]: '' }))
    const { uuids, refused } = await cancelDocuments(ctx, { uuids: [], file, reason: 'x' })
    assert.deepEqual(uuids, [ONE])
    assert.deepEqual(refused, [
      { uuid: TWO, status: '205' },
      { uuid: folio, status: '' },
    ])
    writeFileSync(file, receipt({ [TWO]: '203' }).replace('utf-8', 'utf-16'))
    assert.deepEqual((await cancelDocuments(ctx, { uuids: [], file, reason: 'x' })).uuids, [])
    const cut = receipt({ [TWO]: '201', [ONE]: '205' }).split('<c:EstatusUUID>205')[0] ?? ''
    writeFileSync(file, cut)
    const whole = await cancelDocuments(ctx, { uuids: [], file, reason: 'x' })
    assert.deepEqual([whole.uuids, whole.refused.map(({ uuid }) => uuid)], [[TWO], [ONE]])
  })

  test('can be restored and packaged again', async (t) => {
    const { ctx } = await testCtx(t)
    await packageDocuments(t, ctx, [{ folio: '1' }])
    await cancelDocuments(ctx, { uuids: [ONE], file: null, reason: 'error' })
    const restored = await restoreDocuments(ctx, { uuids: [ONE, TWO], file: null, reason: null })
    assert.deepEqual(restored.names, [ONE])
    const orders = await packageDocuments(t, ctx, [{ folio: '1' }])
    assert.equal(orders.length, 1)
    await assert.rejects(restoreDocuments(ctx, { uuids: [ONE], file: null, reason: null }), {
      code: 'DOCUMENT_NOT_FOUND',
    })
  })

  test('has to be named by a whole folio, with a reason', async (t) => {
    const { ctx } = await testCtx(t)
    const refused = (request: Partial<Parameters<typeof cancelDocuments>[1]>, code: string) =>
      assert.rejects(cancelDocuments(ctx, { uuids: [], file: null, reason: 'x', ...request }), { code })
    await refused({ uuids: [ONE.slice(1)] }, 'BAD_UUID')
    await refused({}, 'NOTHING_SELECTED')
    await refused({ uuids: [ONE], reason: null }, 'NEEDS_REASON')
    await refused({ file: '/no/such/file' }, 'FILE_NOT_FOUND')
    assert.deepEqual(await ctx.db.selectFrom('cancelled_document').selectAll().execute(), [])
  })
})
