import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { importProscai, type ProscaiImport } from '../../src/core/flows/import-proscai.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makeCfdi, makePdf } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { dropFolder } from '../support/order-files.ts'
import { tempFolder } from '../support/temp.ts'

const NOTHING: ProscaiImport = {
  ...{ customers: undefined, orders: undefined, shadow: undefined },
  ...{ access: 'guarded', mode: 'write' },
}

describe('import-proscai', () => {
  test("takes customers by the page's columns, then their orders, and says what it did not take", async (t) => {
    const { ctx } = await testCtx(t)
    const csv = join(tempFolder(t), 'clientes.csv')
    writeFileSync(
      csv,
      'clave,nombre,RFC,e-mail,eMail facturación,Empaquetado CFD\n' +
        'ALMGAR,ALMACENES GARCIA,CACX7605101P8,compras@almgar.example,,"GRAL"\n' +
        'MALO,SIN RFC BUENO,XX,,,\n',
    )
    const drop = dropFolder(t)
    drop.order('1', { to: ['compras@almgar.example'] })
    drop.order('2', { to: ['nadie@otra.example'] })

    const result = await importProscai(ctx, { ...NOTHING, customers: csv, orders: drop.folder })

    assert.deepEqual(result.customers?.created, ['ALMGAR'])
    assert.equal(result.customers.rejected[0]?.problem, 'bad-rfc')
    assert.deepEqual([result.orders?.totals.queued, result.orders?.totals.held], [2, 1])
    assert.equal(result.needsPerson, true)
  })

  test('--shadow lists what differs from the orders of a spool, and touches neither', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.write('F.xml', makeCfdi())
    drop.write('F.pdf', makePdf('F'))
    const attachments = ['F.xml', 'F.pdf']
    drop.order('1', { to: ['uno@ure.example'], subject: 'Factura', attachments })
    const first = await importProscai(ctx, { ...NOTHING, shadow: drop.folder })
    const ours = first.shadow?.orders[0]?.differences.find(({ field }) => field === 'subject')?.ours ?? ''
    drop.order('2', { to: ['DOS@ure.example', 'uno@ure.example'], subject: ours, attachments })
    drop.order('3', { to: ['uno@ure.example'], attachments: ['none.xml'] })
    const before = readdirSync(drop.folder)

    const { shadow } = await importProscai(ctx, { ...NOTHING, shadow: drop.folder })

    assert.deepEqual(
      shadow?.orders.map(({ result, differences }) => [result, differences.map(({ field }) => field)]),
      [
        ['different', ['recipients', 'subject']],
        ['same', []],
        ['unreadable', []],
      ],
    )
    assert.deepEqual(readdirSync(drop.folder), before)
    assert.deepEqual(await listOrders(ctx.db, {}), [])
  })

  test('nothing to bring is a usage error', async (t) => {
    const { ctx } = await testCtx(t)
    await assert.rejects(importProscai(ctx, NOTHING), { code: 'CHOOSE_PROSCAI' })
  })
})
