import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { loadSettings } from '../../src/core/config/load.ts'
import { contentsOfBytes, zipFiles } from '../../src/core/files/archive.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { makeCfdi, makePdf } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { tempFolder } from '../support/temp.ts'

const ROOT = new URL('../../', import.meta.url)

async function packaged(ctx: Ctx, folder: string) {
  const result = await packageCfdis(ctx, {
    ...{ clients: [], period: ALWAYS, kinds: null, type: null, grouping: null, packing: null, reason: null },
    ...({ sources: [folder], scope: 'all', repetition: 'once', mode: 'write' } as const),
  })
  return result.documents.map(({ result: what, reason }) => `${what} ${reason ?? ''}`.trim())
}

function folderWith(t: TestContext, xml: Buffer, pdf: Buffer = makePdf('1', 2000)): string {
  const folder = tempFolder(t)
  writeFileSync(join(folder, 'F1.xml'), xml)
  writeFileSync(join(folder, 'F1.pdf'), pdf)
  return folder
}

describe('row 62: files that are still being written', () => {
  test('row 62: a half-written XML waits, and goes in the run after it is whole', async (t) => {
    const { ctx } = await testCtx(t)
    const xml = makeCfdi({ folio: '1' })
    const folder = folderWith(t, xml.subarray(0, xml.length - 20))
    assert.match((await packaged(ctx, folder)).join(), /^rejected /)
    writeFileSync(join(folder, 'F1.xml'), xml)
    assert.deepEqual(await packaged(ctx, folder), ['queued'])
  })

  test('row 62: a half-written PDF keeps its document back, and goes in the run after it is whole', async (t) => {
    const { ctx } = await testCtx(t)
    const pdf = makePdf('1', 4000)
    const folder = folderWith(t, makeCfdi({ folio: '1' }), pdf.subarray(0, 2000))
    assert.deepEqual(await packaged(ctx, folder), ['rejected bad-pdf'])
    writeFileSync(join(folder, 'F1.pdf'), pdf)
    assert.deepEqual(await packaged(ctx, folder), ['queued'])
  })
})

describe('row 63: what is no readable file', () => {
  const cases: Readonly<Record<string, readonly [make: (path: string) => void, reason: string]>> = {
    'an empty file': [(path) => writeFileSync(path, ''), 'rejected empty'],
    'a FIFO, which a plain open would wait for': [
      (path) => execFileSync('mkfifo', [path]),
      'rejected unreadable',
    ],
    'a link to nowhere': [(path) => execFileSync('ln', ['-s', '/no/hay', path]), 'rejected unreadable'],
    'a link to a device': [(path) => execFileSync('ln', ['-s', '/dev/zero', path]), 'rejected unreadable'],
  }
  for (const [what, [make, expected]] of Object.entries(cases)) {
    test(`row 63: ${what} is named, and makes no message`, async (t) => {
      const { ctx } = await testCtx(t)
      const folder = tempFolder(t)
      make(join(folder, 'F1.xml'))
      assert.deepEqual(await packaged(ctx, folder), [expected])
    })
  }

  test('row 63: a folder that is named like a document is a folder', async (t) => {
    const { ctx } = await testCtx(t)
    const folder = tempFolder(t)
    mkdirSync(join(folder, 'F1.xml'))
    assert.deepEqual(await packaged(ctx, folder), [])
  })

  test('row 63: a file without permission is named', async (t) => {
    const { ctx } = await testCtx(t)
    const folder = folderWith(t, makeCfdi({ folio: '1' }))
    chmodSync(folder, 0o755)
    chmodSync(join(folder, 'F1.xml'), 0)
    assert.deepEqual(await withoutRoot(() => packaged(ctx, folder)), ['rejected unreadable'])
  })
})

/** Root may read everything: the work is done as nobody, as long as it takes. */
async function withoutRoot<Value>(work: () => Promise<Value>): Promise<Value> {
  if (process.getuid?.() !== 0) return await work()
  process.seteuid?.('nobody')
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}

test('row 68: 200 MB of XML are refused by their size, unread', async (t) => {
  const { ctx } = await testCtx(t)
  const folder = folderWith(t, makeCfdi({ folio: '1' }))
  truncateSync(join(folder, 'F1.xml'), 200 * 1024 * 1024)
  const before = process.memoryUsage().rss
  assert.deepEqual(await packaged(ctx, folder), ['rejected too-large'])
  assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024)
})

describe('rows 81 and 82: an archive', () => {
  test('row 81: reads back as what went in', async () => {
    const files = ['a.xml', 'b.pdf', 'ñ.xml'].map((name) => ({
      name,
      content: Buffer.from(name.repeat(500)),
    }))
    const found = await contentsOfBytes(await zipFiles(files, new Date('2024-06-01T00:00:00Z')))
    assert.deepEqual([...found.keys()].sort(), files.map(({ name }) => name).sort())
  })

  test('row 82: with one name twice is refused, for whoever opens it would find one of them', async () => {
    const twice = ['x', 'y'].map((text) => ({ name: 'a.xml', content: Buffer.from(text) }))
    await assert.rejects(zipFiles(twice, new Date('2024-06-01T00:00:00Z')), { code: 'BAD_ARCHIVE' })
  })
})

describe('what is read as settings, and what may run at installation', () => {
  test('row 133: a script that lies where settings might be is not run', (t) => {
    const folder = tempFolder(t)
    const script = `require('fs').writeFileSync(${JSON.stringify(join(folder, 'ran'))}, '')`
    for (const name of ['.cfdi-mailrc.js', 'cfdi-mail.config.js', '.cfdi-mailrc.cjs', 'cfdi-mail.yaml'])
      writeFileSync(join(folder, name), script)
    assert.throws(() => loadSettings([join(folder, 'cfdi-mail.yaml')], {}), { code: 'BAD_SETTINGS' })
    assert.deepEqual(loadSettings([join(folder, 'none.yaml')], {}).settings.sources, [])
    assert.throws(() => readFileSync(join(folder, 'ran')), { code: 'ENOENT' })
  })

  test('row 134: of the locked packages only those that package.json names have an install script', () => {
    const read = (name: string) => JSON.parse(readFileSync(new URL(name, ROOT), 'utf8')) as never
    const lock: {
      packages: Record<string, { hasInstallScript?: boolean; integrity?: string; optional?: boolean }>
    } = read('package-lock.json')
    const { allowScripts }: { allowScripts: Record<string, boolean> } = read('package.json')
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
    const withScript = packages
      .filter(([, { hasInstallScript, optional }]) => hasInstallScript === true && optional !== true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''))
    assert.deepEqual(
      withScript.filter((name) => !(name in allowScripts)),
      [],
    )
    assert.deepEqual(
      Object.keys(allowScripts).filter((name) => allowScripts[name]),
      ['better-sqlite3'],
    )
    assert.deepEqual(
      packages.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path),
      [],
    )
  })
})
