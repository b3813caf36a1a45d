/** What `npm pack` gives: it has all that runs, and nothing else. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { type PackedFacts, unpackFacts } from '../../src/core/cfdi/file-facts.ts'
import type { ComparingAnswer, ComparingTask } from '../../src/core/flows/comparing-thread.ts'
import { makeCfdi } from '../support/cfdi-factory.ts'
import { packed } from '../support/packed.ts'
import { tempFolder } from '../support/temp.ts'

test('the packed program runs in an empty folder, with its words, its threads, its demonstration and its licences', async (t) => {
  const { folder, files, version } = packed(t)
  const place = tempFolder(t)
  const run = (...words: readonly string[]) =>
    spawnSync(process.execPath, [join(folder, 'bin/cfdi-mail'), ...words], {
      cwd: place,
      env: { PATH: process.env['PATH'] ?? '', HOME: place, CFDI_MAIL_DATA: join(place, 'data'), LANG: 'C' },
      encoding: 'utf8',
    })

  const strange = files.filter(
    (path) => !/^(bin\/|dist\/|docs\/|fixtures\/|README|LICENSE|package\.json)/.test(path),
  )
  assert.deepEqual(strange, [], 'no sources, tests or tools')

  // Both READMEs and many a hint name pages that only a clone of the sources had.
  for (const readme of ['README.md', 'README.es.md']) {
    const links = [...readFileSync(join(folder, readme), 'utf8').matchAll(/\]\((docs\/[^)#]*)/g)]
    assert.ok(links.length > 10, readme)
    for (const [, page = ''] of links) assert.ok(existsSync(join(folder, page)), `${readme}: ${page}`)
  }

  assert.equal(run('--version').stdout, `${version}\n`)
  // yargs' own Spanish, which a bundle loses unless it is carried along.
  assert.match(run('package', '--help', '--lang', 'es').stdout, /\[selección: "es", "en"\]/)
  const demo = run('demo', '--json')
  assert.equal(demo.status, 0, demo.stderr)
  assert.equal((JSON.parse(demo.stdout) as { kind: string }).kind, 'demo')
  // A trace names the source, not the bundle.
  assert.match(run('status', '--verbose').stderr, /src\/core\/store\/open\.ts:\d+/)

  assert.equal(await folioReadBy(new Worker(join(folder, 'dist/reading-thread.cjs')), place), '77')
  assert.equal(run('init', '--source', place, '--quiet').status, 0)
  const data = { store: join(place, 'data/store.db'), folder: place }
  const comparing = new Worker(join(folder, 'dist/comparing-thread.cjs'), { workerData: data })
  assert.equal(await newBeside(comparing), join(place, 'd.xml'))

  const licences = readFileSync(join(folder, 'dist/THIRD-PARTY-LICENCES.txt'), 'utf8')
  for (const name of ['handlebars', 'kysely', 'nodemailer', 'yargs']) {
    assert.match(licences, new RegExp(`^${name} \\d`, 'm'), `the licence of ${name}`)
  }
})

/** What the thread that reads documents says of one. */
async function folioReadBy(thread: Worker, place: string): Promise<string | undefined> {
  const document = join(place, 'd.xml')
  writeFileSync(document, makeCfdi({ folio: '77' }))
  thread.postMessage({ paths: [document], maxBytes: 1_000_000 })
  const [answer] = (await once(thread, 'message')) as [PackedFacts]
  await thread.terminate()
  return unpackFacts(answer)[0]?.facts.folio
}

/** The first file that the thread that compares a folder with the index has to tell of. */
async function newBeside(thread: Worker): Promise<string | undefined> {
  thread.postMessage('more' satisfies ComparingTask)
  const [answer] = (await once(thread, 'message')) as [Exclude<ComparingAnswer, 'over'>]
  await thread.terminate()
  return answer.differences.map((one) => (one.kind === 'to-read' ? one.path : one.kind))[0]
}
