import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { orderContents } from '../../src/core/flows/order-contents.ts'
import {
  addAddenda,
  checkAddendas,
  removeAddenda,
  setAddenda,
  showAddenda,
} from '../../src/core/flows/addendas.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { setCustomer, showCustomer } from '../../src/core/flows/customers.ts'
import { previewAddenda } from '../../src/core/flows/preview-addenda.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { setType } from '../../src/core/flows/types.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import type { PackagedResult } from '../../src/core/model/results/packaged.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { makeCfdi, uuidOf } from '../support/cfdi-factory.ts'
import { folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'

const SECOND = { ...INVOICE, folio: '2' } as const
/** The one datum that `generica` needs. */
const ORDER = { addendaFields: [['pedido', 'OC-77']] } as const

async function folderAndCtx(t: TestContext, documents = [{ cfdi: INVOICE }, { cfdi: SECOND }] as const) {
  const ctx = await packagingCtx(t)
  await setType(ctx, 'GRAL', { addenda: 'generica', pdf: 'optional' })
  return { ctx, folder: await folderWith(t, documents) }
}

function pack(ctx: Ctx, folder: string, changes: Partial<typeof NOTHING> = {}): Promise<PackagedResult> {
  return packageCfdis(ctx, { ...NOTHING, sources: [folder], ...changes })
}

/** The XML that is attached for a document. */
async function attached(ctx: Ctx, result: PackagedResult, uuid: string): Promise<string> {
  const order = result.orders.find(({ documents }) => documents.includes(uuid))
  const xml = order?.attachments.findIndex(({ name }) => name.endsWith('.xml')) ?? -1
  return (await orderContents(ctx, order?.id ?? ''))[xml]?.toString() ?? ''
}

function reasons(result: PackagedResult): unknown {
  return Object.fromEntries(result.documents.map(({ folio, reason }) => [folio, reason]))
}

async function refused(promise: Promise<unknown>): Promise<CfdiMailError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof CfdiMailError)
  return error
}

describe('a packaging type with an addenda', () => {
  test('the attached XML has it, and the file on disk is as it was', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    await setCustomer(ctx, 'C00001', ORDER)
    const result = await pack(ctx, folder)
    const xml = await attached(ctx, result, uuidOf(INVOICE))
    assert.match(xml, /<cfdi:Addenda><pedidoCliente version="1\.0" numero="OC-77">/)
    assert.match(xml, /<factura serie="A" folio="1" fecha="2024-05-20" total="116\.00" moneda="MXN"\/>/)
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('_1.xml'))
    assert.deepEqual(readFileSync(join(folder, file)), makeCfdi(INVOICE))
    assert.equal(xml.replace(/<cfdi:Addenda>[\s\S]*<\/cfdi:Addenda>/, ''), makeCfdi(INVOICE).toString())
  })

  test('a byte order mark goes before it all', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    await setType(ctx, 'GRAL', { withBom: true })
    await setCustomer(ctx, 'C00001', ORDER)
    assert.match(
      await attached(ctx, await pack(ctx, folder), uuidOf(INVOICE)),
      /^\ufeff<\?xml[\s\S]*<cfdi:Addenda>/,
    )
  })

  test('who lacks a datum is skipped, the reason names it and its places, and the others go', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    writeFileSync(join(folder, 'addenda.csv'), 'Serie;Folio;No. de pedido;Pedido\nA;2;x;OC-2\n')
    for (const mode of ['dry-run', 'write'] as const) {
      const result = await pack(ctx, folder, { mode })
      assert.deepEqual(reasons(result), { 1: 'addenda-data', 2: null })
      assert.match(
        result.documents.find(({ folio }) => folio === '1')?.detail ?? '',
        /^pedido ← customers set C00001 --addenda-field pedido=… \| \S+_1\.addenda\.json \| addenda\.csv \| --addenda-data$/,
      )
    }
  })

  // Soriana's Codigo was written empty when neither the data nor the line had an article's code.
  test('an element that the chain wants is never written empty: the document is skipped and the datum named', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    await addAddenda(
      ctx,
      'mia',
      '<a>{{#each conceptos}}<c>{{required (default dato.codigo "") "codigo"}}</c>{{/each}}</a>',
    )
    await setType(ctx, 'GRAL', { addenda: 'mia' })
    const result = await pack(ctx, folder)
    assert.deepEqual(reasons(result), { 1: 'addenda-data', 2: 'addenda-data' })
    assert.match(
      result.documents[0]?.detail ?? '',
      /^codigo \(conceptos\) ← customers set C00001 --addenda-field codigo=…/,
    )
    await setCustomer(ctx, 'C00001', { addendaFields: [['codigo', '750']] })
    assert.match(await attached(ctx, await pack(ctx, folder), uuidOf(INVOICE)), /<c>750<\/c>/)
  })

  test('of several places the nearest to the document decides, each datum on its own', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    const [one = ''] = readdirSync(folder).filter((name) => name.endsWith('_1.xml'))
    await setCustomer(ctx, 'C00001', {
      addendaFields: [
        ['pedido', 'of the customer'],
        ['sucursal', 'of the customer'],
      ],
    })
    const common = { pedido: 'of the folder', 'A-1': { proveedor: 'of the folder' } }
    writeFileSync(join(folder, 'addenda.json'), JSON.stringify(common))
    const own = { pedido: 'of its own', conceptos: [{ codigo: '750' }] }
    writeFileSync(join(folder, one.replace('.xml', '.addenda.json')), JSON.stringify(own))
    const result = await pack(ctx, folder)
    const first = await attached(ctx, result, uuidOf(INVOICE))
    assert.match(
      first,
      /numero="of its own"[\s\S]*proveedor numero="of the folder"[\s\S]*sucursal="of the customer"/,
    )
    assert.match(first, /codigo="750"/)
    assert.match(await attached(ctx, result, uuidOf(SECOND)), /numero="of the folder"/)
  })

  test('a file named for the run speaks loudest, by UUID too', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    await setCustomer(ctx, 'C00001', ORDER)
    const dataFile = join(await folderWith(t, []), 'datos.csv')
    writeFileSync(dataFile, `uuid,pedido\n${uuidOf(SECOND).toLowerCase()},OC-99\n`)
    const result = await pack(ctx, folder, { addenda: { template: null, existing: null, dataFile } })
    assert.match(await attached(ctx, result, uuidOf(INVOICE)), /numero="OC-77"/)
    assert.match(await attached(ctx, result, uuidOf(SECOND)), /numero="OC-99"/)
  })

  test('a table that contradicts itself, or cannot be read, stops its documents and says which', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    await setCustomer(ctx, 'C00001', ORDER)
    writeFileSync(join(folder, 'addenda.csv'), 'serie,folio,pedido\nA,2,x\nA,2,y\n')
    const contradiction = await pack(ctx, folder, { mode: 'dry-run' })
    assert.deepEqual(reasons(contradiction), { 1: null, 2: 'bad-addenda' })
    assert.match(
      contradiction.documents.find(({ folio }) => folio === '2')?.detail ?? '',
      /addenda\.csv: pedido$/,
    )
    writeFileSync(join(folder, 'addenda.csv'), 'pedido\nx\n')
    const keyless = await pack(ctx, folder, { mode: 'dry-run' })
    assert.deepEqual(reasons(keyless), { 1: 'bad-addenda', 2: 'bad-addenda' })
  })

  // Each of them went to the chain: the datum of a line that is not there was lost, 4500012345 had become 4.50001E+09.
  test('a line that the document does not have, or a number that a spreadsheet shortened, stops it too', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    await setCustomer(ctx, 'C00001', ORDER)
    writeFileSync(join(folder, 'addenda.csv'), 'serie,folio,linea,codigo\nA,2,9,7501\n')
    const beyond = await pack(ctx, folder, { mode: 'dry-run' })
    assert.deepEqual(reasons(beyond), { 1: null, 2: 'bad-addenda' })
    assert.match(
      beyond.documents.find(({ folio }) => folio === '2')?.detail ?? '',
      /^linea 9 > \d+ \(conceptos\)$/,
    )
    // What is said for every document need not fit each of them.
    writeFileSync(join(folder, 'addenda.csv'), 'uuid,pedido\nX,x\n')
    writeFileSync(
      join(folder, 'addenda.json'),
      JSON.stringify({ conceptos: [{ a: '1' }, { a: '2' }, { a: '3' }] }),
    )
    assert.deepEqual(reasons(await pack(ctx, folder, { mode: 'dry-run' })), { 1: null, 2: null })
    writeFileSync(join(folder, 'addenda.csv'), 'serie,folio,pedido\nA,2,4.50001E+09\n')
    const shortened = await pack(ctx, folder, { mode: 'dry-run' })
    assert.match(shortened.documents[0]?.detail ?? '', /addenda\.csv: line 2: '4\.50001E\+09'$/)
    const context = makeViewContext({ language: 'es', width: undefined, color: 'off', verbosity: 'normal' })
    assert.match(viewOf(shortened, context), /abrevió un número \(4\.5E\+09\), dele formato de texto/)
  })
})

describe('an addenda that is there already', () => {
  const WITH = { ...INVOICE, addenda: '<vieja/>' } as const

  test('is an error until somebody says replace or keep, for the type or for one run', async (t) => {
    const { ctx, folder } = await folderAndCtx(t, [{ cfdi: WITH }, { cfdi: SECOND }])
    await setCustomer(ctx, 'C00001', ORDER)
    assert.deepEqual(reasons(await pack(ctx, folder)), { 1: 'addenda-exists', 2: null })
    const wish = { template: null, existing: 'replace', dataFile: null } as const
    const replaced = await attached(ctx, await pack(ctx, folder, { addenda: wish }), uuidOf(WITH))
    assert.match(replaced, /<cfdi:Addenda><pedidoCliente/)
    assert.doesNotMatch(replaced, /vieja/)
    const events = await listEvents(ctx.db, {})
    assert.deepEqual(
      events.filter(({ event }) => event === 'addenda-added').map(({ uuid, detail }) => [uuid, detail]),
      [
        [uuidOf(SECOND), 'generica: inserted'],
        [uuidOf(WITH), 'generica: replaced'],
      ],
    )
  })

  test('is kept whole, and needs no data', async (t) => {
    const { ctx, folder } = await folderAndCtx(t, [{ cfdi: WITH }, { cfdi: SECOND }])
    await setType(ctx, 'GRAL', { existingAddenda: 'keep' })
    const result = await pack(ctx, folder)
    assert.deepEqual(reasons(result), { 1: null, 2: 'addenda-data' })
    assert.equal(await attached(ctx, result, uuidOf(WITH)), makeCfdi(WITH).toString())
  })
})

describe('an addenda for what was packaged before', () => {
  test('package --again sends it with its addenda, with a reason', async (t) => {
    const { ctx, folder } = await folderAndCtx(t)
    await setType(ctx, 'GRAL', { addenda: 'none' })
    assert.doesNotMatch(await attached(ctx, await pack(ctx, folder), uuidOf(INVOICE)), /Addenda/)
    await setCustomer(ctx, 'C00001', ORDER)
    const addenda = { template: 'generica', existing: null, dataFile: null } as const
    const again = await pack(ctx, folder, { addenda, repetition: 'again', reason: 'pidió addenda' })
    assert.match(await attached(ctx, again, uuidOf(INVOICE)), /<cfdi:Addenda><pedidoCliente/)
  })
})

describe('what a customer has for its addendas', () => {
  test('names that compare alike are one field, an empty value takes it away', async (t) => {
    const ctx = await packagingCtx(t)
    await setCustomer(ctx, 'C00001', {
      addendaFields: [
        ['noProveedor', '1'],
        ['tienda', '255'],
      ],
    })
    await setCustomer(ctx, 'C00001', {
      addendaFields: [
        ['No. proveedor', '2'],
        ['tienda', ''],
      ],
    })
    assert.deepEqual((await showCustomer(ctx, 'C00001')).addendaFields, { 'No. proveedor': '2' })
  })
})

describe('addendas of one’s own', () => {
  const bad: Readonly<Record<string, readonly [body: string, code: string, line: number]>> = {
    'a tag that does not close': ['<a>\n  <b>{{dato.x}}\n</a>', 'malformed', 3],
    'a value without quotes': ['<a>\n<b c={{dato.x}}/></a>', 'malformed', 2],
    'a value in a comment': ['<a><!-- {{dato.x}} --></a>', 'malformed', 0],
    'a field that is none': ['<a>\n{{cfdi.Folo}}</a>', 'unknown-field-nearest', 2],
    'a helper that is none': ['<a>{{fechas cfdi.Fecha}}</a>', 'unknown-helper-nearest', 1],
    'a helper without its argument': ['<a>{{cut cfdi.Folio}}</a>', 'bad-call', 1],
    'three braces': ['<a>{{{cfdi.Folio}}}</a>', 'raw-output', 1],
    'a field in a CDATA section': ['<a><![CDATA[{{cfdi.Folio}}]]></a>', 'not-supported', 1],
    'half a tag of Handlebars': ['<a>\n{{#if dato.x}}</a>', 'syntax', 2],
    'the Addenda element itself': ['<cfdi:Addenda><a/></cfdi:Addenda>', 'wrapper', 1],
    'a prefix that is not declared': ['<a>\n\n<xsi:b/></a>', 'malformed', 3],
    nothing: [' ', 'empty', 0],
  }
  for (const [what, [body, code, line]] of Object.entries(bad)) {
    test(`${what} is refused with its line, and nothing is saved`, async (t) => {
      const ctx = await packagingCtx(t)
      const error = await refused(addAddenda(ctx, 'mia', body))
      assert.equal(error.code, 'BAD_ADDENDA')
      assert.deepEqual(
        error.problems.map((problem) => [problem.code, problem.params['line']]),
        [[code, line]],
      )
      assert.equal((await refused(showAddenda(ctx, 'mia'))).code, 'ADDENDA_NOT_FOUND')
    })
  }

  test('the built-in ones are fine; a changed one comes back as it was; one in use stays', async (t) => {
    const ctx = await packagingCtx(t)
    assert.equal((await checkAddendas(ctx, undefined)).needsPerson, false)
    const before = await showAddenda(ctx, 'soriana')
    assert.equal((await setAddenda(ctx, 'soriana', '<x/>')).origin, 'changed')
    assert.equal((await removeAddenda(ctx, 'soriana')).action, 'restored')
    assert.deepEqual(await showAddenda(ctx, 'soriana'), before)
    await addAddenda(ctx, 'mia', '<x y="{{dato.z}}"/>')
    await setType(ctx, 'GRAL', { addenda: 'mia' })
    assert.equal((await refused(removeAddenda(ctx, 'mia'))).code, 'ADDENDA_IN_USE')
    await setType(ctx, 'GRAL', { addenda: 'none' })
    assert.equal((await removeAddenda(ctx, 'mia')).action, 'removed')
  })
})

// The error named the places in English, as commands among the names of the data, whatever the reader's language.
test('a preview that lacks data names them; where they are given is left to the hint', async (t) => {
  const { ctx, folder } = await folderAndCtx(t)
  await pack(ctx, folder)
  const wanted = { name: 'generica', uuid: uuidOf(INVOICE), customer: undefined }
  const preview = previewAddenda(ctx, { ...wanted, dataFile: undefined, existing: undefined, out: undefined })
  await assert.rejects(preview, (error: CfdiMailError) => error.params['detail'] === 'pedido')
})
