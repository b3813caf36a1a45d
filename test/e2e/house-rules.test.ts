/** What holds of the process and its files: who may run, with which environment, and who may read what it leaves. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { finished } from '../support/cli.ts'
import { faultHouse } from '../support/fault-house.ts'
import { assertInvariants, assertPrivate } from '../support/invariants.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const BIN = fileURLToPath(new URL('../../bin/cfdi-mail', import.meta.url))

/** A delayed reply, so that there is a sender in the middle of its work. */
const SLOW = { dot: [{ send: '250 2.0.0 ok\r\n', afterMs: 300 }, '250 2.0.0 ok'] }

describe('one sender at a time', () => {
  test('rows 36 and 38: a second run leaves with 75 while the first works, even while that one is stopped', async (t) => {
    const server = await rawSmtp(t, { script: SLOW })
    const house = await faultHouse(t, { port: server.port, documents: 2 })
    const first = house.program.start(['send'])
    const ended = finished(first)
    await server.reached('dot')
    // Stopped, it cannot be through before the second comes, however slow the machine is.
    first.kill('SIGSTOP')
    const second = await house.run(['send', '--json'])
    first.kill('SIGCONT')
    assert.equal(second.code, 75)
    assert.match(second.stdout, /"SEND_RUNNING"/)
    assert.equal((await ended).code, 0)
    const taken = server.bodies.map((body) => ({ raw: Buffer.from(body), recipients: ['uno@ure.example'] }))
    const facts = await assertInvariants({ data: house.data, taken }, 'run')
    assert.deepEqual(
      facts.map(({ state }) => state),
      ['sent', 'sent'],
    )
  })

  test('row 38: a lock file that a dead process left locks nothing', async (t) => {
    const server = await rawSmtp(t, { script: { dot: ['HANG', '250 2.0.0 ok'] } })
    const house = await faultHouse(t, { port: server.port, documents: 2 })
    const first = house.program.start(['send'])
    const ended = finished(first)
    await server.reached('dot')
    first.kill('SIGKILL')
    await ended
    assert.ok(existsSync(join(house.data, 'send.lock')))
    const next = await house.run(['send'])
    assert.equal(next.code, 1, next.stderr)
    const taken = server.bodies.map((body) => ({ raw: Buffer.from(body), recipients: ['uno@ure.example'] }))
    const facts = await assertInvariants({ data: house.data, taken }, 'run')
    assert.deepEqual(facts.map(({ state }) => state).sort(), ['sent', 'unknown'])
  })
})

test('row 57: with an umask that lets everybody read, no file or folder is open to others after any command', async (t) => {
  const server = await smtpServer(t)
  const home = tempFolder(t)
  const data = join(home, 'data')
  const house = await faultHouse(t, { port: server.port, documents: 2, packaged: false })
  const environment = { ...house.program.environment, CFDI_MAIL_DATA: data }
  const commands: readonly (readonly string[])[] = [
    ['init', '--yes', '--source', house.source],
    ['customers', 'add', 'C1', '--name', 'URE', '--rfc', 'URE180429TM6', '--email', 'a@ure.example'],
    [
      'smtp-test',
      '--host',
      '127.0.0.1',
      '--port',
      String(server.port),
      '--security',
      'none',
      '--save',
      'uno',
    ].concat('--from', 'f@example.com'),
    ['package', '--all'],
    ['send'],
  ]
  for (const words of commands) {
    const script = 'umask 022; exec "$@"'
    const child = spawn('sh', ['-c', script, 'sh', process.execPath, BIN, ...words], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const { code, stderr } = await finished(child)
    assert.equal(code, 0, `${words[0] ?? ''}: ${stderr}`)
    assertPrivate(data)
  }
  assert.equal(server.messages.length, 2)
})

describe('row 58: in the environment that cron gives', () => {
  const bare = async (words: readonly string[]) => {
    const child = spawn(process.execPath, [BIN, ...words], {
      env: {},
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return await finished(child)
  }

  test('row 58: with --data it works', async (t) => {
    const server = await smtpServer(t)
    const house = await faultHouse(t, { port: server.port, documents: 1 })
    const { code, stderr } = await bare(['send', '--data', house.data])
    assert.deepEqual([code, server.messages.length], [0, 1], stderr)
  })

  test('row 58: without a store the error names the path that was tried', async (t) => {
    const nowhere = join(tempFolder(t), 'none')
    const { code, stderr } = await bare(['send', '--data', nowhere])
    assert.equal(code, 78)
    assert.ok(stderr.includes(join(nowhere, 'store.db')), stderr)
  })
})

test('a misspelt fault is an error and not a run without one', async (t) => {
  const server = await smtpServer(t)
  const house = await faultHouse(t, { port: server.port, documents: 1 })
  const ran = await house.strike('befor-dot:1:kill', ['send', '--json'])
  assert.deepEqual([ran.code, server.messages.length], [78, 0])
  assert.match(ran.stdout, /BAD_SETTINGS/)
})
