import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { cli } from '../support/cli.ts'
import { tempFolder } from '../support/temp.ts'

/** Node keeps compiled code itself from 22 on, in files of its own. */
const NODE_KEEPS = Number(process.versions.node.split('.')[0]) >= 22
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
