import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis, type PackageRequest } from '../../src/core/flows/package-cfdis.ts'
import type { TypeFields } from '../../src/core/flows/type-fields.ts'
import { setType } from '../../src/core/flows/types.ts'
import { sha256Of } from '../../src/core/files/spool.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makeCfdi, uuidOf } from '../support/cfdi-factory.ts'
import { folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'
import { tempFolder } from '../support/temp.ts'

interface House {
  readonly ctx: Ctx
  readonly source: string
  readonly destination: string
  readonly run: (changes?: Partial<PackageRequest>) => ReturnType<typeof packageCfdis>
}

/** A store whose GRAL writes into a folder, and a source folder with two invoices of C00001. */
async function house(t: TestContext, fields: TypeFields = {}): Promise<House> {
  const ctx = await packagingCtx(t)
  const destination = join(tempFolder(t), 'destino')
  await setType(ctx, 'GRAL', { folder: destination, ...fields })
  const source = await folderWith(t, [{ cfdi: INVOICE }, { cfdi: { ...INVOICE, folio: '2' } }])
  const run = (changes: Partial<PackageRequest> = {}) =>
    packageCfdis(ctx, { ...NOTHING, sources: [source], ...changes })
  return { ctx, source, destination, run }
}

/** Files below the folder, relative, sorted. */
function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

describe('the destination folder', () => {
  test('gets XML and PDF of each document, customer by customer, beside the message', async (t) => {
    const { ctx, destination, run } = await house(t)
    const result = await run()
    assert.deepEqual([result.totals.queued, result.totals.filed], [2, 0])
    const files = tree(destination)
    assert.equal(files.length, 4)
    assert.match(files[0] ?? '', /^C00001\/2024-05\/EKU9003173C9_A1_[0-9A-F-]{36}\.pdf$/)
    const [document] = result.documents
    const [xml = '', pdf = ''] = document?.files ?? []
    assert.deepEqual(
      [xml, pdf].map((path) => path.slice(destination.length + 1)),
      [files[1], files[0]],
    )
    assert.equal(sha256Of(readFileSync(xml)), sha256Of(makeCfdi(INVOICE)))
    assert.equal((await listOrders(ctx.db, {})).length, 2)
  })

  test('of a type that does not mail is all there is: filed once, then already, and again with --again', async (t) => {
    const { ctx, destination, run } = await house(t, {
      byMail: false,
      namePattern: '{cliente}/{serie}{folio}',
    })
    const first = await run()
    assert.deepEqual(first.totals, { documents: 2, queued: 0, filed: 2, already: 0, skipped: 0, rejected: 0 })
    assert.deepEqual(tree(destination), ['C00001/A1.pdf', 'C00001/A1.xml', 'C00001/A2.pdf', 'C00001/A2.xml'])
    assert.deepEqual([await listOrders(ctx.db, {}), first.orders], [[], []])
    assert.equal((await run()).totals.already, 2)
    const before = statSync(join(destination, 'C00001/A1.xml')).mtimeMs
    assert.equal((await run({ repetition: 'again', reason: 'x' })).totals.filed, 2)
    assert.equal(tree(destination).length, 4, 'the same content is the same file')
    assert.equal(statSync(join(destination, 'C00001/A1.xml')).mtimeMs, before)
    const events = await listEvents(ctx.db, {})
    assert.equal(events.filter(({ event, uuid }) => event === 'filed' && uuid === uuidOf(INVOICE)).length, 2)
  })

  test('keeps what others have put there: the package takes a number, XML and PDF the same', async (t) => {
    const { destination, run } = await house(t, { namePattern: '{serie}{folio}' })
    writeFileSync(join(destination, 'A1.pdf'), 'de otro')
    symlinkSync('/etc/passwd', join(destination, 'A2.xml'))
    await run()
    assert.deepEqual(tree(destination), ['A1.pdf', 'A1_2.pdf', 'A1_2.xml', 'A2.xml', 'A2_2.pdf', 'A2_2.xml'])
    assert.equal(readFileSync(join(destination, 'A1.pdf'), 'utf8'), 'de otro')
  })

  test('two documents that a pattern gives one name are numbered within one run too', async (t) => {
    const { ctx, destination } = await house(t, { namePattern: '{folio}' })
    const sources = [await folderWith(t, [{ cfdi: INVOICE }, { cfdi: { ...INVOICE, series: 'B' } }])]
    await packageCfdis(ctx, { ...NOTHING, sources })
    assert.deepEqual(tree(destination), ['1.pdf', '1.xml', '1_2.pdf', '1_2.xml'])
  })

  test('is told by a dry run, which writes nothing', async (t) => {
    const { destination, run } = await house(t, { namePattern: '{cliente}/{serie}{folio}' })
    const { documents } = await run({ mode: 'dry-run' })
    assert.deepEqual(documents[0]?.files, [`${destination}/C00001/A1.xml`, `${destination}/C00001/A1.pdf`])
    assert.deepEqual(tree(destination), [])
  })

  test('that is gone stops its own documents only, loses nothing, and is not made anew', async (t) => {
    const { ctx, destination, run } = await house(t)
    rmSync(destination, { recursive: true })
    const { totals, documents } = await run()
    assert.deepEqual([totals.queued, totals.skipped, documents[0]?.reason], [0, 2, 'no-folder'])
    assert.ok(!existsSync(destination))
    assert.deepEqual(await listOrders(ctx.db, {}), [], 'what is not filed is not mailed')
    mkdirSync(destination)
    assert.equal((await run()).totals.queued, 2)
  })

  test('that may not be written to says so', async (t) => {
    if (process.getuid?.() === 0) {
      t.skip('root may write everywhere')
      return
    }
    const { destination, run } = await house(t)
    chmodSync(destination, 0o500)
    t.after(() => chmodSync(destination, 0o700))
    const { documents } = await run()
    assert.deepEqual(
      documents.map(({ reason }) => reason),
      ['folder-denied', 'folder-denied'],
    )
  })

  test('is never left through a link', async (t) => {
    const { destination, run } = await house(t)
    const outside = tempFolder(t)
    symlinkSync(outside, join(destination, 'C00001'))
    const { documents } = await run()
    assert.equal(documents[0]?.reason, 'bad-folder')
    assert.deepEqual(tree(outside), [])
  })

  test('is neither in a source folder nor around one', async (t) => {
    const { ctx, source, run } = await house(t)
    for (const folder of [source, join(source, 'destino'), join(source, '..')]) {
      await setType(ctx, 'GRAL', { folder })
      const { documents } = await run()
      assert.deepEqual(
        documents.map(({ reason }) => reason),
        ['folder-in-sources', 'folder-in-sources'],
        folder,
      )
    }
    assert.equal(readdirSync(source).filter((name) => name.endsWith('.xml')).length, 2)
  })

  test('named for one run gets what was mailed before too, without a second mail', async (t) => {
    const { ctx, run } = await house(t, { folder: '' })
    await run()
    const folder = join(tempFolder(t), 'contador')
    const { totals } = await run({ folder })
    assert.deepEqual([totals.queued, totals.filed], [0, 2])
    assert.equal(tree(folder).length, 4)
    assert.equal((await listOrders(ctx.db, {})).length, 2)
  })

  test('a disk that fills up leaves no half file, and nothing is queued for it', async (t) => {
    const { ctx, source, destination } = await house(t)
    let writes = 0
    const full: Ctx = {
      ...ctx,
      fault: (point) => {
        if (point === 'folder-write' && ++writes === 2)
          throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      },
    }
    const { documents } = await packageCfdis(full, { ...NOTHING, sources: [source] })
    assert.deepEqual(
      documents.map(({ result, reason }) => [result, reason]),
      [
        ['skipped', 'folder-full'],
        ['queued', null],
      ],
    )
    assert.equal(tree(destination).length, 2, 'no temporary file and no XML without its PDF')
  })
})
