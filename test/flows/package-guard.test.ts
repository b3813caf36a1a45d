import assert from 'node:assert/strict'
import { statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { packageCfdis, type PackageRequest } from '../../src/core/flows/package-cfdis.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { makeCfdi, makePdf, writeErpFolder } from '../support/cfdi-factory.ts'
import { customer, folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'

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

  test('a file that was written anew, with another document under the same UUID, is in conflict with the order of before', async (t) => {
    const ctx = await packagingCtx(t)
    const folder = await folderWith(t, [{ stem: 'a', cfdi: INVOICE }])
    assert.deepEqual(await reasonsOf(ctx, [folder]), [['queued', null]])
    assert.deepEqual(await reasonsOf(ctx, [folder]), [['already', 'already']])
    await writeErpFolder(folder, [{ stem: 'a', cfdi: { ...INVOICE, total: '999.00' } }])
    assert.deepEqual(await reasonsOf(ctx, [folder]), [['rejected', 'uuid-conflict']])
    const [order] = await listOrders(ctx.db, {})
    assert.deepEqual(
      order?.deliveries.map(({ heldReason }) => heldReason),
      ['review'],
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

  test('row 79: payroll does not leave to a customer, whatever the type sends', async (t) => {
    const ctx = await packagingCtx(t)
    const sources = [await folderWith(t, [{ cfdi: { ...INVOICE, kind: 'N' } }])]
    await savePackagingType(ctx.db, { ...GRAL, kinds: ['I', 'N'] })
    assert.deepEqual(await reasonsOf(ctx, sources), [['skipped', 'no-employee']])
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
