import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import Module from 'node:module'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import type { PackagedResult } from '../../src/core/model/results/packaged.ts'
import type { SentResult } from '../../src/core/model/results/outbox.ts'
import { cli } from '../support/cli.ts'
import { faultHouse } from '../support/fault-house.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { tempFolder } from '../support/temp.ts'

/** Node keeps compiled code itself from 22 on, in files of its own. */
const NODE_KEEPS = Number(process.versions.node.split('.')[0]) >= 22
const BUILT = fileURLToPath(new URL('../../dist', import.meta.url))
const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url))
const BY_NODE = NODE_KEEPS ? { skip: 'this Node keeps compiled code itself' } : {}

function cacheOf(t: TestContext) {
  const home = tempFolder(t)
  const folder = join(home, 'cfdi-mail')
  return { folder, program: cli(t, { XDG_CACHE_HOME: home }), files: () => readdirSync(folder) }
}

void test('what a run compiled is kept for its user alone', async (t) => {
  const { folder, program, files } = cacheOf(t)
  const first = await program.run(['--help'])
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  assert.ok(files().length > 0)
  assert.deepEqual(await program.run(['--help']), first)
})

void test(
  'what is kept fits the flags that Node starts with: under others Node would compile its own modules anew, in every run',
  BY_NODE,
  async (t) => {
    const { folder, program, files } = cacheOf(t)
    await program.run(['status'])
    const [name = ''] = files()
    const rejected = entriesOf(readFileSync(join(folder, name))).filter(({ part, code }) => {
      const source = Module.wrap(readFileSync(join(BUILT, part), 'utf8'))
      return new Script(source, { filename: join(BUILT, part), cachedData: code }).cachedDataRejected
    })
    assert.deepEqual(
      rejected.map(({ part }) => part),
      [],
    )
  },
)

void test(
  'a run that does what one before it did writes nothing down, whatever it says to V8 meanwhile',
  BY_NODE,
  async (t) => {
    const { folder, program } = cacheOf(t)
    await program.run(['init', '--source', join(FIXTURES, 'erp')])
    await program.run(['customers', 'import', join(FIXTURES, 'customers.csv')])
    const kept: Buffer[] = []
    for (let again = 0; again < 3; again++) {
      const ran = await program.json<PackagedResult>(['package', '--all', '--again', '--reason', 'otra vez'])
      assert.ok(ran.totals.queued > 0)
      kept.push(packageFile(folder))
    }
    assert.ok(kept[1]?.equals(kept[2] ?? Buffer.alloc(0)))
  },
)

function packageFile(folder: string): Buffer {
  const name = readdirSync(folder).find((file) => file.startsWith('package-')) ?? ''
  return readFileSync(join(folder, name))
}

/** A part of the program, and what V8 made of it. */
function entriesOf(bytes: Buffer): { readonly part: string; readonly code: Buffer }[] {
  const body = bytes.subarray(bytes.indexOf('\n') + 1)
  const { ends } = JSON.parse(bytes.toString('utf8', 0, bytes.length - body.length)) as {
    readonly ends: Readonly<Record<string, number>>
  }
  let start = 0
  return Object.entries(ends).map(([part, end]) => ({ part, code: body.subarray(start, (start = end)) }))
}

void test('kept code that was damaged is not run, and is replaced', BY_NODE, async (t) => {
  const { folder, program, files } = cacheOf(t)
  const first = await program.run(['types', 'list', '--help'])
  const [name = ''] = files()
  const whole = readFileSync(join(folder, name))
  const damaged = whole.map((byte, i) => (i > 5000 && i % 97 === 0 ? byte ^ 255 : byte))
  writeFileSync(join(folder, name), damaged)
  assert.deepEqual(await program.run(['types', 'list', '--help']), first)
  assert.deepEqual(files(), [name])
  assert.notDeepEqual(readFileSync(join(folder, name)), Buffer.from(damaged))
})

void test('a folder that others may write to is not used: what lies there would be run', async (t) => {
  const { folder, program, files } = cacheOf(t)
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  assert.equal((await program.run(['--help'])).code, 0)
  assert.deepEqual(files(), [])
})

void test('where nothing can be kept, the program runs as well', async (t) => {
  const home = join(tempFolder(t), 'file')
  writeFileSync(home, '')
  const ran = await cli(t, { XDG_CACHE_HOME: home }).run(['--help'])
  assert.deepEqual({ code: ran.code, stderr: ran.stderr }, { code: 0, stderr: '' })
})

void test('a mistyped command leaves nothing behind', BY_NODE, async (t) => {
  const { program, files } = cacheOf(t)
  assert.equal((await program.run(['snde'])).code, 64)
  assert.deepEqual(files(), [])
})

// What was kept had lost its way to ES modules: the recycle bin worked once, and never again until the next version.
void test(
  'what a package leaves goes to the recycle bin in a run whose code was kept as in the first one, and Node has nothing to say',
  { skip: process.platform === 'linux' ? false : 'where the bin is differs' },
  async (t) => {
    const server = await rawSmtp(t)
    const share = tempFolder(t)
    const environment = { XDG_CACHE_HOME: tempFolder(t), XDG_DATA_HOME: share }
    const house = await faultHouse(t, { port: server.port, documents: 1, packaged: false, environment })
    await house.run(['types', 'set', 'GRAL', '--folder', tempFolder(t), '--after-send', 'trash'])
    for (const run of [1, 2]) {
      await house.run(['package', '--all', '--source', house.source, '--again', '--reason', `vez ${run}`])
      const { stdout, stderr } = await house.run(['send', '--json'])
      const { files } = JSON.parse(stdout) as SentResult
      assert.ok(files.trashed > 0, `run ${run}: ${JSON.stringify(files)}`)
      assert.deepEqual([files.kept, stderr], [0, ''])
    }
    assert.ok(readdirSync(join(share, 'Trash', 'files')).length >= 2)
  },
)

// With XDG_CACHE_HOME below /proc every command tried for ever to make its folder.
void test(
  'where no folder can be made the run goes without',
  { ...BY_NODE, ...(process.platform === 'linux' ? {} : { skip: 'no /proc' }) },
  async (t) => {
    const { stdout, code } = await cli(t, { XDG_CACHE_HOME: '/proc/none' }).run(['--help'])
    assert.deepEqual([stdout.includes('cfdi-mail'), code], [true, 0])
  },
)
