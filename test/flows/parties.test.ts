import assert from 'node:assert/strict'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { describe, test, type TestContext } from 'node:test'
import { checkAllCustomers } from '../../src/core/flows/customer-check.ts'
import { exportCustomers } from '../../src/core/flows/customer-export.ts'
import { importCustomers } from '../../src/core/flows/customer-import.ts'
import { addCustomer, explainCustomer, listCustomers, showCustomer } from '../../src/core/flows/customers.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { testCtx, URE } from '../support/ctx.ts'
import { folderWith, INVOICE, NOTHING } from '../support/packaging.ts'
import { tempFolder } from '../support/temp.ts'

const SUPPLIER = { pointOfSale: false, kind: 'proveedor', name: 'Papelera', email: 'ventas@papelera.example' }

/** A store with the customer URE and a supplier of the same RFC; a folder with one invoice to that RFC. */
async function house(t: TestContext) {
  const { ctx } = await testCtx(t)
  await addCustomer(ctx, { ...SUPPLIER, code: 'P00001', rfc: URE.rfc })
  return { ctx, source: await folderWith(t, [{ cfdi: INVOICE }]) }
}

describe('parties', () => {
  test('a supplier of the same RFC neither gets the invoice nor puts the customer in doubt', async (t) => {
    const { ctx, source } = await house(t)
    const { documents, orders } = await packageCfdis(ctx, { ...NOTHING, sources: [source] })
    assert.deepEqual(
      documents.map(({ customer, result }) => [customer, result]),
      [['C00001', 'queued']],
    )
    assert.deepEqual(
      orders.map(({ customer }) => customer),
      ['C00001'],
    )
  })

  test('an invoice of a supplier alone has no customer', async (t) => {
    const { ctx, source } = await house(t)
    await ctx.db.deleteFrom('customer').where('code', '=', 'C00001').execute()
    const { documents } = await packageCfdis(ctx, { ...NOTHING, sources: [source] })
    assert.deepEqual(
      documents.map(({ reason }) => reason),
      ['no-customer'],
    )
  })

  test('naming a supplier for invoices is an error that says what it is', async (t) => {
    const { ctx, source } = await house(t)
    await assert.rejects(packageCfdis(ctx, { ...NOTHING, sources: [source], clients: ['p00001'] }), {
      code: 'WRONG_PARTY',
      params: { code: 'P00001', kind: 'supplier', variant: 'supplier' },
    })
    // `?` offers customers only: with one of them and one supplier it finds a single match.
    await assert.rejects(packageCfdis(ctx, { ...NOTHING, sources: [source], clients: ['?'] }), {
      code: 'CHOOSE_CUSTOMER',
      params: { count: 1, codes: `C00001 ${URE.name}` },
    })
  })

  test('each kind has its own series of codes, and a code is unique over all kinds', async (t) => {
    const { ctx } = await testCtx(t)
    const codes = []
    for (const kind of ['proveedor', 'Supplier', 'empleado', 'banco', undefined])
      codes.push((await addCustomer(ctx, { pointOfSale: false, name: 'Alguien', kind })).code)
    assert.deepEqual(codes, ['P00001', 'P00002', 'E00001', 'B00001', 'C00002'])
    await assert.rejects(addCustomer(ctx, { pointOfSale: false, code: 'P00001', kind: 'banco' }), {
      code: 'CUSTOMER_EXISTS',
    })
    await assert.rejects(addCustomer(ctx, { pointOfSale: false, name: 'Alguien', kind: 'socio' }), {
      code: 'BAD_CHOICE',
    })
  })

  test('are listed by kind and say what they are', async (t) => {
    const { ctx } = await house(t)
    const { customers } = await listCustomers(ctx, { kind: 'proveedores' })
    assert.deepEqual(
      customers.map(({ code, kind, partyKind }) => [code, kind, partyKind]),
      [['P00001', 'supplier', 'supplier']],
    )
    const shown = await showCustomer(ctx, 'P00001')
    assert.deepEqual([shown.kind, shown.partyKind], ['customer', 'supplier'])
    assert.equal((await explainCustomer(ctx, 'P00001')).partyKind, 'supplier')
  })

  test('go out to a table and come back as what they are; a word that is no kind rejects its row', async (t) => {
    const { ctx } = await house(t)
    const { csv } = await exportCustomers(ctx, undefined)
    const { ctx: other } = await testCtx(t)
    const file = join(tempFolder(t), 'terceros.csv')
    writeFileSync(file, csv ?? '')
    const wanted = { file, folders: undefined, update: undefined, dryRun: undefined }
    assert.deepEqual((await importCustomers(other, wanted)).created, ['P00001'])
    assert.equal((await showCustomer(other, 'P00001')).partyKind, 'supplier')
    writeFileSync(file, 'clave,clase,nombre\nB1,Banco,Banco Uno\nX1,socio,Nadie\n')
    const { created, rejected } = await importCustomers(other, wanted)
    assert.deepEqual(created, ['B1'])
    assert.deepEqual(rejected, [{ line: 3, code: 'X1', field: 'kind', value: 'socio', problem: 'bad-kind' }])
  })

  test('customers made from CFDI do not count a supplier of that RFC as known, nor take its code', async (t) => {
    const { ctx, source } = await house(t)
    await ctx.db.deleteFrom('customer').where('code', '=', 'C00001').execute()
    await addCustomer(ctx, { ...SUPPLIER, code: 'C00009' })
    const { created } = await importCustomers(ctx, {
      file: undefined,
      folders: [source],
      update: undefined,
      dryRun: undefined,
    })
    assert.deepEqual(created, ['C00010'])
  })

  test('check compares RFCs within a kind, and asks no RFC of a bank', async (t) => {
    const { ctx } = await house(t)
    await addCustomer(ctx, {
      pointOfSale: false,
      code: 'B1',
      kind: 'banco',
      email: 'ejecutivo@banco.example',
    })
    assert.deepEqual((await checkAllCustomers(ctx, [])).findings, [])
  })
})
