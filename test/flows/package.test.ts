import assert from 'node:assert/strict'
import { readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { packageCfdis, type PackageRequest } from '../../src/core/flows/package-cfdis.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { sha256Of } from '../../src/core/files/spool.ts'
import { ALWAYS, period } from '../../src/core/model/period.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { type ErpDocument, makeCfdi, makePdf, uuidOf, writeErpFolder } from '../support/cfdi-factory.ts'
import { corpusMissing, erpDocuments, erpFolder } from '../support/corpus.ts'
import { storeCtx } from '../support/store-ctx.ts'
import { tempFolder } from '../support/temp.ts'

const NOTHING: PackageRequest = {
  clients: [],
  period: ALWAYS,
  kinds: null,
  type: null,
  sources: [],
  grouping: null,
  packing: null,
  scope: 'all',
  repetition: 'once',
  reason: null,
  mode: 'write',
}

async function packagingCtx(t: TestContext): Promise<Ctx> {
  const data = tempFolder(t)
  const folders = {
    data,
    store: ':memory:',
    spool: join(data, 'spool'),
    lock: join(data, 'lock'),
    settings: join(data, 's.yaml'),
  }
  const ctx = await storeCtx(t, { folders })
  await customer(ctx, {
    code: 'C00001',
    name: 'UNIVERSIDAD ROBOTICA ESPAÑOLA',
    rfc: 'URE180429TM6',
    email: 'compras@ure.example',
  })
  return ctx
}

async function customer(
  ctx: Ctx,
  c: { code: string; name: string; rfc: string; email: string },
): Promise<void> {
  await saveCustomer(
    ctx.db,
    { ...c, billingEmail: '', packaging: { type: 'GRAL', addresses: [] }, contacts: [] },
    ctx.now(),
  )
}

async function folderWith(t: TestContext, documents: readonly ErpDocument[]): Promise<string> {
  const folder = tempFolder(t)
  await writeErpFolder(folder, documents)
  return folder
}

const INVOICE = {
  series: 'A',
  folio: '1',
  issuedAt: '2024-05-20T09:00:00',
  receiverRfc: 'URE180429TM6',
} as const

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
    assert.deepEqual(result.totals, { documents: 1, queued: 1, already: 0, skipped: 0, rejected: 0 })
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
    const sha256 = order?.attachments[0]?.sha256 ?? ''
    const kept = readFileSync(join(ctx.folders.spool, sha256.slice(0, 2), sha256.slice(2)))
    assert.deepEqual(kept, makeCfdi(INVOICE))
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

describe('the guard', () => {
  const reasonsOf = async (ctx: Ctx, sources: readonly string[], changes: Partial<PackageRequest> = {}) => {
    const { documents } = await packageCfdis(ctx, { ...NOTHING, ...changes, sources })
    return documents.map(({ result, reason }) => [result, reason])
  }

  test('row 73: an unstamped document is rejected and listed under its customer', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [await folderWith(t, [{ cfdi: { ...INVOICE, stamped: false } }])]
    assert.deepEqual(await reasonsOf(ctx, sources, { clients: ['C00001'] }), [['rejected', 'not-stamped']])
  })

  test('row 77: two files with one UUID and different seals stop both, also when one of them was read in an earlier run', async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [{ stem: 'a', cfdi: INVOICE }])
    await packageCfdis(ctx, { ...NOTHING, sources: [folder], mode: 'dry-run' })
    await writeErpFolder(folder, [{ stem: 'b', cfdi: { ...INVOICE, total: '999.00' } }])
    assert.deepEqual(await reasonsOf(ctx, [folder]), [
      ['rejected', 'uuid-conflict'],
      ['rejected', 'uuid-conflict'],
    ])
  })

  test('a conflict is seen in another folder and in an order too, and the order waits for a person', async (t) => {
    const ctx = await packagingCtx(t)
    await packageCfdis(ctx, { ...NOTHING, sources: [await folderWith(t, [{ cfdi: INVOICE }])] })
    const other = [await folderWith(t, [{ cfdi: { ...INVOICE, total: '999.00' } }])]
    const again = { repetition: 'again', reason: 'x' } as const
    assert.deepEqual(await reasonsOf(ctx, other, again), [['rejected', 'uuid-conflict']])
    const [order] = await listOrders(ctx.db, {})
    assert.deepEqual(
      order?.deliveries.map(({ state, heldReason }) => [state, heldReason]),
      [['held', 'review']],
    )
  })

  test('a document changed behind its size and date is not sent to the customer it was chosen for', async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [{ stem: 'f', cfdi: INVOICE }])
    const path = join(folder, 'f.xml')
    const request = { ...NOTHING, sources: [folder], mode: 'dry-run' } as const
    await packageCfdis(ctx, request)
    const row = await ctx.db.selectFrom('document').selectAll().executeTakeFirstOrThrow()
    writeFileSync(path, makeCfdi({ ...INVOICE, receiverRfc: 'KIJ0906199R1' }))
    // What a copy that keeps size and dates would leave in the index.
    const { size, mtimeMs, ctimeMs } = statSync(path)
    const known = { size, mtime_us: Math.floor(mtimeMs * 1000), ctime_us: Math.floor(ctimeMs * 1000) }
    await ctx.db.updateTable('document').set(known).where('path', '=', row.path).execute()
    assert.deepEqual(await reasonsOf(ctx, [folder]), [['rejected', 'changed']])
    assert.deepEqual(
      await reasonsOf(ctx, [folder]),
      [['skipped', 'no-customer']],
      'the next run reads it again',
    )
  })

  test('a PDF that differs in case is taken only when no other XML could claim it', async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [
      { stem: 'factura1', cfdi: INVOICE },
      { stem: 'FACTURA1', cfdi: { ...INVOICE, folio: '2' }, pdf: null },
    ])
    assert.deepEqual((await reasonsOf(ctx, [folder])).sort(), [
      ['queued', null],
      ['skipped', 'no-pdf'],
    ])
  })

  test("a fiscal document named like a paper of another is packaged as what it is, not into the other's mail", async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [
      { stem: 'P', cfdi: INVOICE },
      { stem: 'P_Adj', cfdi: { ...INVOICE, folio: '2', receiverRfc: 'KIJ0906199R1' }, pdf: null },
    ])
    assert.deepEqual((await reasonsOf(ctx, [folder])).sort(), [
      ['queued', null],
      ['skipped', 'no-customer'],
    ])
    const [order] = await listOrders(ctx.db, {})
    assert.equal(order?.attachments.length, 2)
  })

  test('a link is not followed: it could name any file of the machine', async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [{ stem: 'L', cfdi: INVOICE }])
    symlinkSync('/etc/hostname', join(folder, 'L_Adj.txt'))
    assert.deepEqual(await reasonsOf(ctx, [folder]), [['rejected', 'bad-attachment']])
  })

  test('row 76: two copies of one document go once', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [
      await folderWith(t, [
        { stem: 'a', cfdi: INVOICE },
        { stem: 'b', cfdi: INVOICE, pdf: null },
      ]),
    ]
    assert.deepEqual((await reasonsOf(ctx, sources)).sort(), [
      ['queued', null],
      ['skipped', 'duplicate'],
    ])
  })

  test('row 78: an invoice for another RFC never goes to the named customer', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [await folderWith(t, [{ cfdi: { ...INVOICE, receiverRfc: 'KIJ0906199R1' } }])]
    assert.deepEqual(await reasonsOf(ctx, sources, { clients: ['C00001'] }), [])
    assert.deepEqual(await reasonsOf(ctx, sources), [['skipped', 'no-customer']])
  })

  test('row 78: a receiver with the RFC that everybody shares is matched by name too', async (t) => {
    const ctx = await packagingCtx(t)
    await customer(ctx, {
      code: 'PG',
      name: 'Público en General',
      rfc: 'XAXX010101000',
      email: 'a@b.example',
    })
    const generic = { ...INVOICE, receiverRfc: 'XAXX010101000' }
    const sources = [
      await folderWith(t, [
        { cfdi: { ...generic, receiverName: 'PUBLICO EN GENERAL' } },
        { cfdi: { ...generic, folio: '2', receiverName: 'JUAN' } },
      ]),
    ]
    assert.deepEqual((await reasonsOf(ctx, sources)).sort(), [
      ['queued', null],
      ['skipped', 'generic-rfc'],
    ])
  })

  test('row 79: payroll does not leave under GRAL, whoever the customer is', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [await folderWith(t, [{ cfdi: { ...INVOICE, kind: 'N' } }])]
    assert.deepEqual(await reasonsOf(ctx, sources), [['skipped', 'kind-not-in-type']])
  })

  test('row 80: a missing PDF holds the document back unless the type says it is optional', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [await folderWith(t, [{ cfdi: INVOICE, pdf: null }])]
    assert.deepEqual(await reasonsOf(ctx, sources), [['skipped', 'no-pdf']])
    await savePackagingType(ctx.db, { ...GRAL, pdf: 'optional' })
    assert.deepEqual(await reasonsOf(ctx, sources), [['queued', null]])
  })

  test('a PDF that is cut short is not sent', async (t) => {
    const ctx = await packagingCtx(t)
    const pdf = makePdf('factura', 20_000)
    const sources = [await folderWith(t, [{ cfdi: INVOICE, pdf: pdf.subarray(0, 15_000) }])]
    assert.deepEqual(await reasonsOf(ctx, sources), [['rejected', 'bad-pdf']])
  })

  test('one unreadable file is a line of the result, and the rest goes on', async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [{ cfdi: INVOICE }])
    writeFileSync(join(folder, 'roto.xml'), '<cfdi:Comprobante')
    assert.deepEqual((await reasonsOf(ctx, [folder])).sort(), [
      ['queued', null],
      ['rejected', 'malformed'],
    ])
  })
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
