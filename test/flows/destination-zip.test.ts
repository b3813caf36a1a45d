// The accountant's month: one ZIP a customer and range, with an index that a spreadsheet opens.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer as bufferOf } from 'node:stream/consumers'
import { describe, test, type TestContext } from 'node:test'
import { openPromise } from 'yauzl'
import { contentsOfBytes } from '../../src/core/files/archive.ts'
import { readCsv } from '../../src/core/files/csv.ts'
import { writeArchive } from '../../src/core/files/archive-file.ts'
import { Refusal } from '../../src/core/files/destination-place.ts'
import { sha256Of } from '../../src/core/files/spool.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis, type PackageRequest } from '../../src/core/flows/package-cfdis.ts'
import { period } from '../../src/core/model/period.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makeCfdi, uuidOf } from '../support/cfdi-factory.ts'
import { customer, folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'
import { tempFolder } from '../support/temp.ts'

const MAY = period('2024-05-01', '2024-05-31')

async function house(t: TestContext) {
  const ctx = await packagingCtx(t)
  await customer(ctx, { code: 'C00002', name: 'OTRO', rfc: 'XIA190128J61', email: 'otro@x.example' })
  const source = await folderWith(t, [
    { cfdi: INVOICE },
    { cfdi: { ...INVOICE, folio: '=2+2' } },
    { cfdi: { ...INVOICE, folio: '3', receiverRfc: 'XIA190128J61' } },
  ])
  const folder = tempFolder(t)
  const run = (changes: Partial<PackageRequest> = {}, by: Ctx = ctx) =>
    packageCfdis(by, {
      ...{ ...NOTHING, sources: [source], period: MAY, packing: 'zip', folder, mailing: 'none' },
      ...changes,
    })
  return { ctx, source, folder, run }
}

describe('a zipped destination folder', () => {
  test('gets one ZIP a customer and range, with XML, PDF and an index', async (t) => {
    const { folder, run } = await house(t)
    const { totals, documents } = await run()
    assert.deepEqual([totals.filed, totals.queued], [3, 0])
    const one = join(folder, 'C00001/C00001_2024-05-01_2024-05-31.zip')
    const two = join(folder, 'C00002/C00002_2024-05-01_2024-05-31.zip')
    assert.deepEqual([...new Set(documents.flatMap(({ files }) => files))].sort(), [one, two])
    const found = await contentsOfBytes(readFileSync(one))
    assert.equal(found.size, 5)
    assert.ok([...found.values()].includes(sha256Of(makeCfdi(INVOICE))))
    assert.deepEqual(readdirSync(join(folder, 'C00001')), ['C00001_2024-05-01_2024-05-31.zip'])
  })

  test('has an index that Excel reads, of which no cell is a formula', async (t) => {
    const { folder, run } = await house(t)
    await run()
    const zip = join(folder, 'C00001/C00001_2024-05-01_2024-05-31.zip')
    const text = await entryOf(zip, 'index.csv')
    assert.ok(text.startsWith('\ufeff"UUID","TipoDeComprobante","Serie","Folio"'))
    assert.ok(text.includes('"\'=2+2"'))
    const { rows } = readCsv(Buffer.from(text))
    const row = rows.find(({ cells }) => cells.get('uuid') === uuidOf(INVOICE))
    assert.deepEqual(
      ['folio', 'fecha', 'rfcreceptor', 'xmlsha256'].map((name) => row?.cells.get(name)),
      ['1', INVOICE.issuedAt, INVOICE.receiverRfc, sha256Of(makeCfdi(INVOICE))],
    )
  })

  test('keeps the ZIP that is there when nothing changed, and numbers one that differs', async (t) => {
    const { folder, run } = await house(t)
    await run()
    await run()
    assert.equal(readdirSync(join(folder, 'C00001')).length, 1)
    writeFileSync(join(folder, 'C00001/C00001_2024-05-01_2024-05-31.zip'), 'de otro')
    await run()
    assert.equal(readdirSync(join(folder, 'C00001')).length, 2)
  })

  test('holds what was mailed before too, and mails nothing again', async (t) => {
    const { ctx, folder, run } = await house(t)
    await run({ packing: null, folder: null, mailing: 'as-type' })
    const { totals } = await run({ mailing: 'as-type' })
    assert.deepEqual([totals.queued, totals.filed], [0, 3])
    assert.equal((await listOrders(ctx.db, {})).length, 3)
    assert.equal(readdirSync(folder).length, 2)
  })

  test('is named by a dry run, which writes nothing', async (t) => {
    const { folder, run } = await house(t)
    const { documents } = await run({ mode: 'dry-run' })
    assert.equal(documents[0]?.files[0], `${folder}/C00001/C00001_2024-05-01_2024-05-31.zip`)
    assert.deepEqual(readdirSync(folder), [])
  })

  test('that fills the disk stops its own customer, and leaves no half ZIP', async (t) => {
    const { ctx, folder, run } = await house(t)
    let archives = 0
    const full: Ctx = {
      ...ctx,
      fault: (point) => {
        if (point === 'folder-rename' && ++archives === 1)
          throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      },
    }
    const { totals, documents } = await run({}, full)
    assert.equal(totals.filed + totals.skipped, 3)
    assert.equal(documents.filter(({ reason }) => reason === 'folder-full').length, totals.skipped)
    const left = readdirSync(folder, { recursive: true }).map(String)
    assert.deepEqual(
      left.filter((name) => name.endsWith('.tmp')),
      [],
    )
    assert.equal(left.filter((name) => name.endsWith('.zip')).length, 1)
  })

  test('takes its files one at a time: no more is asked for than is in flight', async (t) => {
    const root = tempFolder(t)
    const content = Buffer.alloc(4 * 1024 * 1024, 1)
    const pieces = function* () {
      for (let n = 0; n < 8; n++) yield { name: `${n}.pdf`, content, date: new Date(0) }
    }
    const filing = await writeArchive({ root, place: ['grande'] }, pieces())
    assert.ok(filing.ok)
    assert.equal((await contentsOfBytes(readFileSync(join(root, 'grande.zip')))).size, 8)
  })

  test('whose first file is refused leaves nothing, not even what was being opened when it was removed', async (t) => {
    const root = tempFolder(t)
    for (let time = 0; time < 20; time++) {
      const filing = await writeArchive({ root, place: ['vacio'] }, refused())
      assert.ok(!filing.ok)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.deepEqual(readdirSync(root), [])
  })
})

function* refused(): Generator<never> {
  throw new Refusal('folder-unsafe')
}

async function entryOf(path: string, name: string): Promise<string> {
  const zip = await openPromise(path)
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === name)
      return Buffer.from(await bufferOf(await zip.openReadStreamPromise(entry))).toString('utf8')
  }
  return ''
}
