/** Disks that fill, files that may not grow, and how often the disk is told to keep what was written. */
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { finished } from '../support/cli.ts'
import { faultHouse } from '../support/fault-house.ts'
import { assertInvariants } from '../support/invariants.ts'
import { program } from '../support/programs.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const BIN = fileURLToPath(new URL('../../bin/cfdi-mail', import.meta.url))
const ANY_ROOM = { CFDI_MAIL_MIN_FREE_BYTES: '0' }
const notRoot = process.getuid?.() === 0 ? false : 'only root can mount a small disk'

/** A disk of that size that is gone with the test. */
function smallDisk(t: TestContext, size: string): string {
  const folder = tempFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', folder])
  t.after(() => execFileSync('umount', ['-l', folder]))
  return folder
}

describe('rows 41, 42 and 43: a disk that is full', { skip: notRoot }, () => {
  for (const kilobytes of [0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192]) {
    test(`row 42: with ${kilobytes} KiB left, send stops at the first that it cannot write down`, async (t) => {
      // Without the ballast there is room for the log of the whole second run.
      const disk = smallDisk(t, '6m')
      const server = await smtpServer(t)
      const data = join(disk, 'data')
      const house = await faultHouse(t, {
        port: server.port,
        documents: 40,
        pdfBytes: 500,
        environment: ANY_ROOM,
        data,
      })
      const ballast = join(disk, 'ballast')
      const { bavail, bsize } = statfsSync(disk)
      writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - kilobytes * 1024)))
      const ran = await house.run(['send'])
      assert.ok(ran.code === 0 || ran.code === 75, ran.stderr)
      const atFault = server.messages.length
      t.diagnostic(`${atFault} sent, exit ${ran.code}`)
      rmSync(ballast)
      const scene = { data, taken: server.messages, outputs: house.outputs }
      const left = (await assertInvariants(scene, 'fault')).filter(({ state }) => state === 'dotted')
      assert.ok(left.length <= 1, `${left.length} were on their way when it stopped`)
      const again = await house.run(['send'])
      const states = (await assertInvariants(scene, 'run')).map(({ state }) => state)
      assert.ok(states.filter((state) => state === 'unknown').length <= 1)
      const rest = states.filter((state) => state !== 'sent' && state !== 'unknown')
      assert.deepEqual(rest, [], `${again.code}: ${again.stderr}${again.stdout}`)
    })
  }

  test('row 41: package on a full disk queues nothing by half, and the next run queues all', async (t) => {
    const disk = smallDisk(t, '4m')
    const server = await smtpServer(t)
    const data = join(disk, 'data')
    const options = {
      port: server.port,
      documents: 20,
      pdfBytes: 20_000,
      packaged: false,
      environment: ANY_ROOM,
      data,
    }
    const house = await faultHouse(t, options)
    const ballast = join(disk, 'ballast')
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 300 * 1024))
    const ran = await house.run(['package', '--all', '--source', house.source])
    assert.equal(ran.code, 75, ran.stderr)
    rmSync(ballast)
    const scene = { data, taken: server.messages, outputs: house.outputs }
    assert.deepEqual(await assertInvariants(scene, 'fault'), [])
    assert.equal((await house.run(['package', '--all', '--source', house.source])).code, 0)
    const sent = await house.run(['send'])
    assert.equal(sent.code, 0, `${sent.stdout}${sent.stderr}`)
    const states = (await assertInvariants(scene, 'run')).map(({ state }) => state)
    assert.deepEqual([states.length, new Set(states).size, states[0]], [20, 1, 'sent'])
  })
})

test('row 42: with a limit on file sizes (ulimit -f) it stops in the same way', async (t) => {
  const server = await smtpServer(t)
  const house = await faultHouse(t, { port: server.port, documents: 40, pdfBytes: 500 })
  const script = 'ulimit -f "$0"; exec "$@"'
  // In blocks of 512 bytes.
  const child = spawn('sh', ['-c', script, '200', process.execPath, BIN, 'send'], {
    env: house.program.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ran = await finished(child)
  assert.ok(ran.code === 75 || ran.code === 0, `${ran.code ?? ran.signal ?? ''} ${ran.stderr}`)
  const scene = { data: house.data, taken: server.messages, outputs: house.outputs }
  await assertInvariants(scene, 'fault')
  await house.run(['send'])
  const states = (await assertInvariants(scene, 'run')).map(({ state }) => state)
  assert.ok(states.filter((state) => state === 'unknown').length <= 1)
})

const strace = program('strace')
test(
  'row 44: every commit is synced, and what it names before it: the pack, its name, its folder',
  { skip: strace.skip },
  async (t) => {
    const server = await smtpServer(t)
    const house = await faultHouse(t, { port: server.port, documents: 10, pdfBytes: 500, packaged: false })
    const traced = async (words: readonly string[]) => {
      const report = join(tempFolder(t), 'report')
      const options = ['-f', '-y', '-e', 'trace=fsync,fdatasync,rename,write', '-o', report]
      const child = spawn(strace.path, [...options, process.execPath, BIN, ...words], {
        env: house.program.environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const ran = await finished(child)
      assert.equal(ran.code, 0, ran.stderr)
      return readFileSync(report, 'utf8')
    }
    const calls = completed(await traced(['package', '--all', '--source', house.source]))
    const steps = [
      /^fsync\(\d+<[^>]*\/packs\/\w+\.[\w-]+\.tmp>\) += 0/,
      /^rename\("[^"]*\.tmp", "[^"]*\/packs\/\w+"\) += 0/,
      /^fsync\(\d+<[^>]*\/packs>\) += 0/,
      /^f(?:data)?sync\(\d+<[^>]*store\.db-wal>\) += 0/,
    ]
    let last = -1
    for (const step of steps) {
      const next = calls.findIndex((call, i) => i > last && step.test(call))
      assert.ok(next > last, `${step.source} is missing or too early`)
      last = next
    }
    const syncs = (report: string) =>
      completed(report).filter((call) => /^f(?:data)?sync\(.*= 0/.test(call)).length
    // Between two dots of a connection the answer to one message goes to the disk, and then that the next dot is next.
    const [first = '', ...others] = (await traced(['send'])).split(/write\(\d+<[^>]*>, "\.\\r\\n"/)
    assert.equal(others.length, 10)
    assert.ok(syncs(first) >= 3)
    for (const [i, between] of others.slice(0, -1).entries()) {
      assert.ok(syncs(between) >= 2, `${syncs(between)} syncs after message ${i + 1}`)
    }
    assert.ok(syncs(others.at(-1) ?? '') >= 1)
    assert.equal(server.messages.length, 10)
  },
)

/** The calls of all threads, in the order in which they ended. */
function completed(report: string): readonly string[] {
  const begun = new Map<string, string>()
  return report.split('\n').flatMap((line) => {
    const [, thread = '', call = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
    const [, rest] = /^<\.\.\. \w+ resumed>(.*)$/.exec(call) ?? []
    if (rest !== undefined) return [`${begun.get(thread) ?? ''}${rest}`]
    if (!call.endsWith('<unfinished ...>')) return [call]
    begun.set(thread, call.replace(/ ?<unfinished \.\.\.>$/, ''))
    return []
  })
}
