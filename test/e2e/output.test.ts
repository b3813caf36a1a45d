/** Where what a command tells cannot be written, or not all of it. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { BIN, type Cli, finished } from '../support/cli.ts'
import { faultHouse } from '../support/fault-house.ts'
import { assertInvariants } from '../support/invariants.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { tempFolder } from '../support/temp.ts'

const FULL = '/dev/full'
const noFull = process.platform === 'linux' ? false : 'only Linux has /dev/full'
const notRoot = process.getuid?.() === 0 ? false : 'only root can mount a small disk'

interface Where {
  readonly stdout?: string
  readonly stderr?: string
}

/** Runs the program with its outputs sent to files. */
async function into({ environment }: Cli, words: readonly string[], where: Where) {
  const files = [where.stdout, where.stderr].map((path) =>
    path === undefined ? 'pipe' : openSync(path, 'a'),
  )
  const stdio = ['ignore', ...files] as const
  const child = spawn(process.execPath, [BIN, ...words], { env: environment, stdio: [...stdio] })
  for (const file of files) if (typeof file === 'number') closeSync(file)
  return await finished(child)
}

function smallDisk(t: TestContext): string {
  const folder = tempFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'tmpfs', folder])
  t.after(() => execFileSync('umount', ['-l', folder]))
  return folder
}

// A trace of the program's own file was printed, and a send that had begun was cut off by it.
describe('row 51: output on a full disk', { skip: noFull }, () => {
  test('stops nothing half way; a line says so, and the exit code', async (t) => {
    const server = await rawSmtp(t)
    const house = await faultHouse(t, { port: server.port, documents: 2 })
    const { code, stderr } = await into(house.program, ['send', '--json'], { stdout: FULL })
    assert.equal(code, 74)
    assert.equal(
      stderr,
      'Error: La salida quedó incompleta: no hay espacio en el disco donde se escribe.\n' +
        'Sugerencia: Lo que estaba en mano se terminó y quedó anotado. Vea cfdi-mail estado\n',
    )
    const taken = server.bodies.map((body) => ({
      raw: Buffer.from(body, 'latin1'),
      recipients: ['uno@ure.example'],
    }))
    const facts = await assertInvariants({ data: house.data, taken }, 'run')
    assert.deepEqual(
      facts.map(({ state }) => state),
      ['sent', 'sent'],
    )
  })

  test('is told of help and version too', async (t) => {
    const { program } = await faultHouse(t, { port: 9, documents: 0 })
    for (const word of ['--version', '--help']) {
      const { code, stderr } = await into(program, [word, '--lang', 'en'], { stdout: FULL })
      assert.deepEqual([code, stderr.split('\n').length], [74, 3], word)
    }
  })

  test('where only errors go leaves the exit code as it is', async (t) => {
    const { program } = await faultHouse(t, { port: 9, documents: 0 })
    const { code } = await into(program, ['log', '--client', 'NADIE'], { stderr: FULL })
    assert.equal(code, 65)
  })
})

// Node writes once and takes what fits for all: half a JSON document, and exit code 0.
test(
  'a file that cannot take all of a JSON document makes the command fail',
  { skip: notRoot },
  async (t) => {
    const house = await faultHouse(t, { port: 9, documents: 1 })
    const file = join(smallDisk(t), 'settings.json')
    writeFileSync(file, Buffer.alloc(64 * 1024 - 100))
    const { code } = await into(house.program, ['doctor', '--json'], { stdout: file })
    assert.equal(code, 74)
    assert.equal(readFileSync(file).length, 64 * 1024)
  },
)
