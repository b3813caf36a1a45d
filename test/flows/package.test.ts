import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { contentsOfBytes } from '../../src/core/files/archive.ts'
import { orderContents } from '../../src/core/flows/order-contents.ts'
import { sha256Of } from '../../src/core/files/spool.ts'
import { period } from '../../src/core/model/period.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { makeCfdi, uuidOf } from '../support/cfdi-factory.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { corpusMissing, erpDocuments, erpFolder } from '../support/corpus.ts'
import { tempFolder } from '../support/temp.ts'
import { customer, folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'

describe('packaging an ERP folder', () => {
  test('each invoice of the customer and period becomes an order with its XML and PDF under one base name', async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [
      { cfdi: INVOICE },
      { cfdi: { ...INVOICE, folio: '2', issuedAt: '2024-06-01T00:00:00' } },
    ])
    const result = await packageCfdis(ctx, {
      ...NOTHING,
      clients: ['c00001'],
      period: period('2024-05-01', '2024-05-31'),
      sources: [folder],
    })
    assert.deepEqual(result.totals, {
      documents: 1,
      queued: 1,
      filed: 0,
      already: 0,
      skipped: 0,
      rejected: 0,
    })
    const [order] = await listOrders(ctx.db, {})
    assert.deepEqual(
      order?.documents.map(({ uuid }) => uuid),
      [uuidOf(INVOICE)],
    )
    const names = order?.attachments.map(({ name }) => name) ?? []
    assert.match(names[0] ?? '', /^[A-Z0-9]+_A1_[0-9A-F-]{36}\.xml$/)
    assert.equal(names[1], names[0]?.replace('.xml', '.pdf'))
    assert.equal(order?.attachments[0]?.sha256, sha256Of(makeCfdi(INVOICE)))
    assert.deepEqual(
      order?.deliveries.map(({ recipient, rule, state }) => [recipient, rule, state]),
      [['compras@ure.example', 'card-email', 'pending']],
    )
  })

  test('row 55: a second run queues nothing new and says already; --again with a reason queues a further copy', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [await folderWith(t, [{ cfdi: INVOICE }])]
    await packageCfdis(ctx, { ...NOTHING, sources })
    const second = await packageCfdis(ctx, { ...NOTHING, sources })
    assert.deepEqual([second.totals.queued, second.totals.already, second.orders.length], [0, 1, 0])
    await assert.rejects(packageCfdis(ctx, { ...NOTHING, sources, repetition: 'again' }), {
      code: 'NEEDS_REASON',
    })
    const again = await packageCfdis(ctx, { ...NOTHING, sources, repetition: 'again', reason: 'perdido' })
    assert.equal(again.totals.queued, 1)
    const states = (await listOrders(ctx.db, {})).map(({ state }) => state)
    assert.deepEqual(states, ['cancelled', 'pending'], 'what had not left yet leaves once')
  })

  test('row 54: without filter and without --all nothing is packaged', async (t) => {
    const ctx = await packagingCtx(t)
    await assert.rejects(packageCfdis(ctx, { ...NOTHING, scope: 'filtered', sources: [tempFolder(t)] }), {
      code: 'NOTHING_SELECTED',
    })
  })

  test('a dry run lists what would be queued and writes neither order nor snapshot', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [await folderWith(t, [{ cfdi: INVOICE }])]
    const result = await packageCfdis(ctx, { ...NOTHING, sources, mode: 'dry-run' })
    assert.deepEqual([result.totals.queued, result.orders[0]?.attachments.length], [1, 2])
    assert.equal((await listOrders(ctx.db, {})).length, 0)
  })

  test('rows 60 and 61: the snapshot is what is kept: the source may change or go away after packaging', async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [{ stem: 'f1', cfdi: INVOICE }])
    await packageCfdis(ctx, { ...NOTHING, sources: [folder] })
    rmSync(join(folder, 'f1.xml'))
    const [order] = await listOrders(ctx.db, {})
    assert.deepEqual((await orderContents(ctx, order?.id ?? ''))[0], makeCfdi(INVOICE))
  })

  test('row 98: a customer without an address gets a held order, not a lost document', async (t) => {
    const ctx = await packagingCtx(t)
    await customer(ctx, { code: 'ALMGAR', name: 'ALMACENES', rfc: 'KIJ0906199R1', email: '' })
    const sources = [await folderWith(t, [{ cfdi: { ...INVOICE, receiverRfc: 'KIJ0906199R1' } }])]
    const result = await packageCfdis(ctx, { ...NOTHING, clients: ['ALMGAR'], sources })
    assert.deepEqual([result.totals.queued, result.orders[0]?.state], [1, 'held'])
    const [order] = await listOrders(ctx.db, {})
    assert.deepEqual(
      order?.deliveries.map(({ state, heldReason }) => [state, heldReason]),
      [['held', 'no-address']],
    )
  })
})

test('a run that a signal ended before it chose anything does not say that there is nothing', async (t) => {
  const ctx = await packagingCtx(t)
  const request = { ...NOTHING, sources: [await folderWith(t, [{ cfdi: INVOICE }])] }
  const view = makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' })
  const stopped = await packageCfdis({ ...ctx, signal: AbortSignal.abort() }, request)
  assert.deepEqual([stopped.interrupted, viewOf(stopped, view)], [true, ''])
  const { interrupted, totals } = await packageCfdis(ctx, request)
  assert.deepEqual([interrupted, totals.queued], [false, 1])
})

describe('grouping', () => {
  test('row 85: --group-by customer puts the documents of a customer into one message, --zip into one file', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [
      await folderWith(t, [
        { cfdi: INVOICE },
        { cfdi: { ...INVOICE, folio: '2', issuedAt: '2024-05-21T10:00:00' } },
      ]),
    ]
    const result = await packageCfdis(ctx, { ...NOTHING, sources, grouping: 'customer', packing: 'zip' })
    assert.equal(result.orders.length, 1)
    assert.equal(result.orders[0]?.documents.length, 2)
    assert.deepEqual(
      result.orders[0]?.attachments.map(({ name }) => name),
      ['C00001_2024-05-20_2024-05-21.zip'],
    )
  })

  test('of many archives, made by two threads, each holds what its own message says and nothing else', async (t) => {
    const ctx = await packagingCtx(t)
    const folios = Array.from({ length: 9 }, (_, i) => String(i + 1))
    const sources = [
      await folderWith(
        t,
        folios.map((folio) => ({ cfdi: { ...INVOICE, folio } })),
      ),
    ]
    await savePackagingType(ctx.db, { ...GRAL, zip: true })
    const { orders } = await packageCfdis(ctx, { ...NOTHING, sources })
    assert.equal(new Set(orders.flatMap(({ documents }) => documents)).size, folios.length)
    for (const { id, documents, attachments } of orders) {
      const [archive] = attachments
      const [bytes] = await orderContents(ctx, id)
      assert.equal(bytes?.length, archive?.bytes)
      const names = [...(await contentsOfBytes(bytes ?? Buffer.alloc(0))).keys()]
      assert.deepEqual(
        names.map((name) => [documents.some((uuid) => name.includes(uuid)), name.split('.').at(-1)]),
        [
          [true, 'xml'],
          [true, 'pdf'],
        ],
      )
    }
  })
})

describe('row 53: the shared ERP folder', { skip: corpusMissing() }, () => {
  for (const zone of ['UTC', 'America/Mexico_City', 'Asia/Tokyo']) {
    test(`month ends are the document's own, under TZ=${zone}`, async (t) => {
      const before = process.env['TZ']
      process.env['TZ'] = zone
      t.after(() => {
        process.env['TZ'] = before
      })
      const ctx = await packagingCtx(t)
      await savePackagingType(ctx.db, { ...GRAL, pdf: 'optional' })
      const may = await packageCfdis(ctx, {
        ...NOTHING,
        clients: ['C00001'],
        period: period('2024-05-01', '2024-05-31'),
        sources: [erpFolder],
      })
      const expected = erpDocuments().filter(
        ({ receptorRfc, fecha }) => receptorRfc === 'URE180429TM6' && fecha.startsWith('2024-05'),
      )
      assert.deepEqual(
        may.orders.flatMap(({ documents }) => documents).sort(),
        expected.map(({ uuid }) => uuid).sort(),
      )
    })
  }
})
