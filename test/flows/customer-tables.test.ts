import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { checkAllCustomers } from '../../src/core/flows/customer-check.ts'
import { exportCustomers } from '../../src/core/flows/customer-export.ts'
import { importCustomers, type WantedImport } from '../../src/core/flows/customer-import.ts'
import { addCustomer, listCustomers, showCustomer } from '../../src/core/flows/customers.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import type { Customer } from '../../src/core/model/customer.ts'
import { allCustomers, customersByRfc, saveCustomers } from '../../src/core/store/customers.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { writeErpFolder } from '../support/cfdi-factory.ts'
import { storeCtx } from '../support/store-ctx.ts'
import { tempFolder } from '../support/temp.ts'

const FROM_STDIN: WantedImport = { file: '-', folders: undefined, update: undefined, dryRun: undefined }

/** Imports a table given as text. */
async function importText(ctx: Ctx, text: string, wanted: Partial<WantedImport> = {}) {
  return importCustomers({ ...ctx, readStdin: async () => text }, { ...FROM_STDIN, ...wanted })
}

describe('importing a table', () => {
  test('takes Spanish headers in any order', async (t) => {
    const ctx = await storeCtx(t)
    const result = await importText(
      ctx,
      'RFC;Clave;Nombre;E-mail;Email facturación;Empaquetado CFD;Contactos;Teléfono\n' +
        'eku9003173c9;c00001;Escuela Kemper Urgate;ana@x.mx;;GRAL,a@x.mx;Luis <l@x.mx>, eva@x.mx (no);555\n',
    )
    assert.deepEqual(result.created, ['C00001'])
    const [customer] = await allCustomers(ctx.db)
    assert.deepEqual(customer, {
      code: 'C00001',
      kind: 'customer',
      name: 'Escuela Kemper Urgate',
      rfc: 'EKU9003173C9',
      email: 'ana@x.mx',
      billingEmail: '',
      packaging: { type: 'GRAL', addresses: ['a@x.mx'] },
      contacts: [
        { name: 'Luis', email: 'l@x.mx', getsInvoices: true },
        { name: '', email: 'eva@x.mx', getsInvoices: false },
      ],
    })
  })

  test('reports every fault of every bad row and takes the others', async (t) => {
    const ctx = await storeCtx(t)
    const result = await importText(
      ctx,
      [
        'code,name,rfc,email,packaging',
        'C1,Uno,EKU9003173C9,a@x.mx,GRAL',
        'C2,Dos,NADA,mal,GRAL',
        ',Tres,,,',
        'C1,Otra vez,,,',
        'C5,Cinco,,,NOHAY',
        'C6,Seis,,,GRAL,a@x.mx,b@y.mx',
        'C7,Siete,,,"GRAL,a@x.mx,mal@"',
        'C 8,Ocho,,,',
        ',,,,',
        'C9,Nueve,,,',
      ].join('\n'),
    )
    assert.deepEqual(result.created, ['C1', 'C9'])
    assert.equal(result.needsPerson, true)
    assert.deepEqual(
      result.rejected.map((row) => `${row.line} ${row.code} ${row.field} ${row.value} ${row.problem}`),
      [
        '3 C2 rfc NADA bad-rfc',
        '3 C2 email mal no-at',
        '4  code  no-code',
        '5 C1 code C1 repeated-code',
        '6 C5 packaging NOHAY unknown-type',
        '7 C6 row 2 extra-cells',
        '8 C7 packaging mal@ domain',
        '9 C 8 code C 8 bad-code',
      ],
    )
    assert.deepEqual(result.needAddress, [{ code: 'C9', rfc: '', name: 'Nueve' }])
  })

  test('updates customers that are there, only in the columns of the table', async (t) => {
    const ctx = await storeCtx(t)
    const first = await importText(ctx, 'code,name,email\nC1,Uno,a@x.mx\nC2,Dos,b@x.mx\n')
    assert.deepEqual([first.created, first.needsPerson], [['C1', 'C2'], false])
    const second = await importText(ctx, 'code,email\nC1,nuevo@x.mx\nC2,b@x.mx\n')
    assert.deepEqual([second.created, second.updated, second.unchanged], [[], ['C1'], ['C2']])
    const { name, email } = await showCustomer(ctx, 'C1')
    assert.deepEqual([name, email], ['Uno', 'nuevo@x.mx'])
  })

  test('leaves them alone when told so, and says which differ', async (t) => {
    const ctx = await storeCtx(t)
    await importText(ctx, 'code,name\nC1,Uno\nC2,Dos\n')
    const result = await importText(ctx, 'code,name\nC1,Otro\nC2,Dos\n', { update: false })
    assert.deepEqual([result.unchanged, result.left, result.rejected], [['C2'], ['C1'], []])
    assert.equal(result.needsPerson, false)
    assert.equal((await showCustomer(ctx, 'C1')).name, 'Uno')
  })

  test('writes nothing in a dry run', async (t) => {
    const ctx = await storeCtx(t)
    const result = await importText(ctx, 'code,name\nC1,Uno\n', { dryRun: true })
    assert.deepEqual([result.dryRun, result.created], [true, ['C1']])
    assert.deepEqual((await listCustomers(ctx)).customers, [])
  })

  test('is refused without a column of codes, without a file, and without or with two sources', async (t) => {
    const ctx = await storeCtx(t)
    await assert.rejects(importText(ctx, 'nombre,rfc\nUno,X\n'), { code: 'CSV_NO_COLUMN' })
    await assert.rejects(importCustomers(ctx, { ...FROM_STDIN, file: '/none/c.csv' }), {
      code: 'FILE_NOT_FOUND',
    })
    await assert.rejects(importCustomers(ctx, { ...FROM_STDIN, file: undefined }), { code: 'CHOOSE_IMPORT' })
    await assert.rejects(importCustomers(ctx, { ...FROM_STDIN, folders: ['/none'] }), {
      code: 'CHOOSE_IMPORT',
    })
  })
})

describe('exporting', () => {
  const HARD =
    'code,name,email,packaging,contacts\nC1,"\'=1+1, ""Uno""\nS.A.",a@x.mx,"GRAL,b@x.mx",Ana <c@x.mx>; d@x.mx (no)\n'

  test('writes a table that importing takes back without a difference', async (t) => {
    const ctx = await storeCtx(t)
    await importText(ctx, HARD)
    const { csv, file, customers } = await exportCustomers(ctx, undefined)
    assert.deepEqual([file, customers], [null, 1])
    const again = await importText(ctx, csv ?? '')
    assert.deepEqual([again.unchanged, again.rejected], [['C1'], []])
  })

  test('guards a name that a spreadsheet would calculate', async (t) => {
    const ctx = await storeCtx(t)
    await importText(ctx, HARD)
    assert.match((await exportCustomers(ctx, undefined)).csv ?? '', /"'=1\+1, ""Uno"" S\.A\."/)
  })

  test('writes a file with a byte order mark that only its owner reads', async (t) => {
    const ctx = await storeCtx(t)
    await importText(ctx, HARD)
    const out = join(tempFolder(t), 'clientes.csv')
    const result = await exportCustomers(ctx, out)
    assert.deepEqual([result.file, result.csv], [out, null])
    assert.equal(readFileSync(out, 'utf8').charCodeAt(0), 0xfeff)
    if (process.platform !== 'win32') assert.equal(statSync(out).mode & 0o777, 0o600)
    await assert.rejects(exportCustomers(ctx, join(out, 'x.csv')), { code: 'CANNOT_WRITE' })
    await assert.rejects(exportCustomers(ctx, '/none/x.csv'), { code: 'CANNOT_WRITE' })
  })
})

describe('importing from stamped documents', () => {
  const importFolder = (ctx: Ctx, folder: string, dryRun = false) =>
    importCustomers(ctx, { file: undefined, folders: [folder], update: undefined, dryRun })

  async function erpFolder(t: TestContext): Promise<string> {
    const folder = tempFolder(t)
    const receivers = [
      {
        folio: '1',
        receiverRfc: 'URE180429TM6',
        receiverName: 'UNIVERSIDAD ROBOTICA',
        issuedAt: '2024-05-01T10:00:00',
      },
      {
        folio: '2',
        receiverRfc: 'URE180429TM6',
        receiverName: 'UNIVERSIDAD NUEVA',
        issuedAt: '2024-05-02T10:00:00',
      },
      { folio: '3', receiverRfc: 'XAXX010101000', receiverName: 'Público en General' },
      { folio: '4', receiverRfc: 'XAXX010101000', receiverName: 'PUBLICO EN  GENERAL' },
      { folio: '5', receiverRfc: 'XAXX010101000', receiverName: 'JUANA PRUEBA' },
      { folio: '6', receiverRfc: 'CACX7605101P8', receiverName: 'XOCHILT CASAS CHAVEZ' },
      { folio: '7', receiverRfc: 'MISC491214B86', receiverName: 'CECILIA MIRANDA SANCHEZ', kind: 'N' },
      { folio: '8', receiverRfc: 'EKU9003173C9', receiverName: 'ESCUELA KEMPER URGATE', kind: 'T' },
      { folio: '9', receiverRfc: 'WATM640917J45', receiverName: 'MARIA WATEMBER TORRES', stamped: false },
    ] as const
    await writeErpFolder(
      folder,
      receivers.map((cfdi) => ({ cfdi, pdf: null })),
    )
    return folder
  }

  test('makes one customer of each receiver that is none yet, with the newest spelling of its name', async (t) => {
    const ctx = await storeCtx(t)
    await addCustomer(ctx, { code: 'C00005', rfc: 'CACX7605101P8', name: 'Casas', pointOfSale: false })
    const result = await importFolder(ctx, await erpFolder(t))
    assert.deepEqual(result.created, ['C00006', 'C00007', 'C00008'])
    assert.deepEqual(result.unchanged, ['C00005'])
    assert.deepEqual(
      result.needAddress.map(({ rfc, name }) => [rfc, name]),
      [
        ['URE180429TM6', 'UNIVERSIDAD NUEVA'],
        ['XAXX010101000', 'JUANA PRUEBA'],
        ['XAXX010101000', 'PUBLICO EN GENERAL'],
      ],
    )
  })

  test('makes none a second time, and none in a dry run', async (t) => {
    const ctx = await storeCtx(t)
    const folder = await erpFolder(t)
    assert.equal((await importFolder(ctx, folder, true)).created.length, 4)
    assert.equal((await importFolder(ctx, folder)).created.length, 4)
    const again = await importFolder(ctx, folder)
    assert.deepEqual([again.created, again.unchanged.length], [[], 4])
  })

  test('looks only at the documents of the folder', async (t) => {
    const ctx = await storeCtx(t)
    await importFolder(ctx, await erpFolder(t), true)
    const empty = tempFolder(t)
    writeFileSync(join(empty, 'notas.txt'), 'x')
    assert.deepEqual((await importFolder(ctx, empty)).created, [])
  })
})

describe('checking', () => {
  test('finds what will go wrong and names the customers it concerns', async (t) => {
    const ctx = await storeCtx(t)
    await savePackagingType(ctx.db, { ...GRAL, code: 'CADENA', customer: 'C9' })
    await importText(
      ctx,
      [
        'code,name,rfc,email,packaging',
        'C1,Uno,EKU9003173C9,caja@hotmial.com,GRAL',
        'C2,Dos,EKU9003173C9,b@x.mx,GRAL',
        'C3,Tres,CACX7605101P8,B@x.mx,CADENA',
        'C4,Cuatro,URE180429TM6,,GRAL',
        'C5,Público en General,XAXX010101000,c@x.mx,GRAL',
        'C6,PUBLICO EN GENERAL,XAXX010101000,d@x.mx,GRAL',
        'C7,Siete,,e@x.mx,GRAL',
      ].join('\n'),
    )
    const [first] = await allCustomers(ctx.db)
    assert.ok(first)
    const damaged = {
      ...first,
      code: 'C8',
      rfc: 'NADA',
      email: 'f@x.mx, mal',
      packaging: { type: 'BORRADO', addresses: [] },
    }
    await saveCustomers(ctx.db, [damaged], ctx.now())
    const { findings, needsPerson, customers } = await checkAllCustomers(ctx, [])
    assert.deepEqual([needsPerson, customers], [true, 8])
    assert.deepEqual(
      findings.map(({ code, problem, value, suggestion, others }) =>
        [code, problem, value, suggestion, others.join('+')].filter(Boolean).join(' '),
      ),
      [
        'C1 likely-typo caja@hotmial.com caja@hotmail.com',
        'C1 same-rfc EKU9003173C9 C2',
        'C2 shared-address b@x.mx C3',
        'C3 type-of-another-customer CADENA C9',
        'C4 no-recipient',
        'C5 same-name XAXX010101000 C6',
        'C7 no-rfc',
        'C8 bad-address mal',
        'C8 unknown-type BORRADO',
        'C8 bad-rfc NADA',
      ],
    )
    const some = await checkAllCustomers(ctx, ['c3'])
    assert.deepEqual(
      some.findings.map((finding) => `${finding.code} ${finding.problem}`),
      ['C2 shared-address', 'C3 type-of-another-customer'],
    )
  })

  test('has nothing to say of customers in order', async (t) => {
    const ctx = await storeCtx(t)
    await importText(ctx, 'code,name,rfc,email\nC1,Uno,EKU9003173C9,a@x.mx\n')
    const checked = await checkAllCustomers(ctx, [])
    assert.deepEqual(checked, { kind: 'customers-checked', needsPerson: false, customers: 1, findings: [] })
  })
})

describe('the store', () => {
  test('keeps ten thousand customers with contacts and finds them by RFC', async (t) => {
    const ctx = await storeCtx(t)
    const customers = Array.from({ length: 10_000 }, (_, i): Customer => ({
      code: `C${String(i).padStart(5, '0')}`,
      kind: 'customer',
      name: `Cliente ${i}`,
      rfc: `RFC${i}`,
      email: '',
      billingEmail: '',
      packaging: { type: 'GRAL', addresses: [] },
      contacts: [
        { name: 'Ana', email: `ana${i}@x.mx`, getsInvoices: true },
        { name: 'Luis', email: `luis${i}@x.mx`, getsInvoices: false },
      ],
    }))
    await ctx.db.transaction().execute((db) => saveCustomers(db, customers, ctx.now()))
    assert.deepEqual(await allCustomers(ctx.db), customers)
    const wanted = customers.filter((_, i) => i % 5 === 0)
    const rfcs = wanted.map((customer) => customer.rfc)
    assert.deepEqual(await customersByRfc(ctx.db, rfcs), wanted)
  })
})
