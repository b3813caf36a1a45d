import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { BIN, finished } from '../support/cli.ts'
import { faultHouse } from '../support/fault-house.ts'
import { assertInvariants } from '../support/invariants.ts'
import { program } from '../support/programs.ts'
import { type Act, type Point, rawSmtp, type RawSmtp } from '../support/raw-smtp.ts'
import { tempFolder } from '../support/temp.ts'

const script = program('script')
const AT_TERMINAL = { skip: script.skip, timeout: 60_000 }

/** Replies that come late enough for a signal to arrive before them. */
const SLOW: Partial<Record<Point, string>> = {
  greeting: '220 raw.test ESMTP\r\n',
  EHLO: '250-raw.test\r\n250 8BITMIME\r\n',
  MAIL: '250 2.1.0 ok\r\n',
  RCPT: '250 2.1.5 ok\r\n',
  DATA: '354 go\r\n',
  dot: '250 2.0.0 ok: queued as RAW1\r\n',
  QUIT: '221 2.0.0 bye\r\n',
}

const takenBy = (server: RawSmtp) =>
  server.bodies.map((body) => ({ raw: Buffer.from(body, 'latin1'), recipients: ['uno@ure.example'] }))

async function signalled(t: TestContext, point: Point, signal: NodeJS.Signals) {
  const late: Act = { send: SLOW[point] ?? '', afterMs: 400 }
  // Without pipelining each phase is a phase of its own. Only the first passage is slow.
  const rest = point === 'EHLO' ? '250-raw.test\r\n250 8BITMIME' : (SLOW[point] ?? '').trimEnd()
  const server = await rawSmtp(t, { script: { [point]: [late, rest] }, extensions: ['8BITMIME'] })
  const house = await faultHouse(t, { port: server.port, documents: 3 })
  const child = house.program.start(['send'])
  const ended = finished(child)
  await server.reached(point)
  child.kill(signal)
  if (signal === 'SIGHUP') setTimeout(() => child.kill(signal), 100)
  const { code, stderr, signal: by } = await ended
  const facts = await assertInvariants({ data: house.data, taken: takenBy(server) }, 'run')
  return { code, by, stderr, states: facts.map(({ state }) => state).sort() }
}

describe('row 50: a signal finishes the message in hand and begins none', { concurrency: 2 }, () => {
  const phases: readonly Point[] = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'dot']
  for (const point of phases) {
    test(`row 50: SIGTERM while the server thinks about ${point}`, async (t) => {
      const { code, states } = await signalled(t, point, 'SIGTERM')
      assert.deepEqual([code, ...states], [143, 'pending', 'pending', 'sent'])
    })
  }

  for (const point of ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA'] as const) {
    test(`row 50: one SIGTERM while the server hangs at ${point} ends it, nothing tried`, async (t) => {
      const server = await rawSmtp(t, { script: { [point]: 'HANG' }, extensions: ['8BITMIME'] })
      const house = await faultHouse(t, { port: server.port, documents: 2 })
      const child = house.program.start(['send'])
      const ended = finished(child)
      await server.reached(point)
      const asked = performance.now()
      child.kill('SIGTERM')
      const { code } = await ended
      const ms = performance.now() - asked
      // The phase itself would wait a minute; how soon it is on a busy machine is no matter of this test.
      assert.ok(ms < 30_000, `${ms} ms`)
      const facts = await assertInvariants({ data: house.data, taken: takenBy(server) }, 'run')
      assert.deepEqual([code, ...facts.map(({ state }) => state)], [143, 'pending', 'pending'])
      const { profiles } = await house.program.json<{ profiles: { hold: unknown }[] }>(['profiles', 'list'])
      assert.deepEqual(
        profiles.map(({ hold }) => hold),
        [null],
      )
    })
  }

  test('row 50: SIGTERM at the goodbye, when all are sent', async (t) => {
    const { code, states } = await signalled(t, 'QUIT', 'SIGTERM')
    assert.deepEqual(states, ['sent', 'sent', 'sent'])
    // Nobody waits for the answer to QUIT: the run may be over, and well, before the signal is.
    assert.ok(code === 143 || code === 0, `ended with ${code}`)
  })

  test('row 50: SIGINT does the same, ends with 130 and says that something is left', async (t) => {
    const { code, states, stderr } = await signalled(t, 'RCPT', 'SIGINT')
    assert.deepEqual([code, ...states], [130, 'pending', 'pending', 'sent'])
    assert.match(stderr, /^Interrumpido: .* El mismo comando sigue donde se quedó\.\n$/)
  })

  // A window that was closed, or a connection to the machine that broke, left the message in hand uncertain: SIGHUP ended all at once.
  test('row 50: SIGHUP does the same, also when it comes twice, as it does when a terminal goes away', async (t) => {
    const { by, states } = await signalled(t, 'dot', 'SIGHUP')
    assert.deepEqual([by, ...states], ['SIGHUP', 'pending', 'pending', 'sent'])
  })

  for (const [point, state] of [
    ['RCPT', 'sent'],
    ['dot', 'unknown'],
  ] as const) {
    test(`row 50: a second signal at ${point} ends at once, and the next run finds it ${state}`, async (t) => {
      const server = await rawSmtp(t, { script: { [point]: ['HANG', (SLOW[point] ?? '').trimEnd()] } })
      const house = await faultHouse(t, { port: server.port, documents: 1 })
      const child = house.program.start(['send'])
      const ended = finished(child)
      await server.reached(point)
      child.kill('SIGTERM')
      // Two signals that are pending at once are one.
      const again = setInterval(() => child.kill('SIGTERM'), 100)
      const { code, stderr } = await ended
      clearInterval(again)
      assert.equal(code, 143)
      assert.match(stderr, /^Terminado sin esperar\. El mismo comando sigue donde se quedó;.*\n$/)
      await house.run(['send'])
      const scene = { data: house.data, taken: takenBy(server) }
      const facts = await assertInvariants(scene, 'run')
      assert.deepEqual(
        facts.map((fact) => fact.state),
        [state],
      )
    })
  }
})

// Nothing moved on the screen while a slow server was waited for, and a second Ctrl-C left the shell's prompt behind the bar.
test('row 50: who presses Ctrl-C at a terminal is told at once what it does', AT_TERMINAL, async (t) => {
  const server = await rawSmtp(t, { script: { RCPT: { send: SLOW.RCPT ?? '', afterMs: 1500 } } })
  const house = await faultHouse(t, { port: server.port, documents: 1 })
  const command = `${process.execPath} ${BIN} enviar`
  const terminal = spawn(script.path, ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...house.program.environment, TERM: 'xterm' },
  })
  t.after(() => terminal.kill('SIGKILL'))
  const ended = finished(terminal)
  await server.reached('RCPT')
  terminal.stdin.write('\u0003')
  const { code, stdout } = await ended
  assert.equal(code, 130)
  assert.match(stdout, /Terminando lo que está en mano… Ctrl-C otra vez: [\s\S]*Interrumpido: /)
})

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** A program that asks for a password at a terminal, once it has asked. Its exit code comes into the file. */
async function asking(t: TestContext) {
  const house = await faultHouse(t, { port: 9, documents: 0 })
  const file = join(tempFolder(t), 'code')
  const words =
    'probar-smtp --servidor 127.0.0.1 --puerto 9 --usuario x@emisor.example --remitente x@emisor.example'
  const command = `trap '' HUP; ${process.execPath} ${BIN} ${words}; echo $? > ${file}`
  const terminal = spawn(script.path, ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...house.program.environment, TERM: 'xterm', SHELL: '/bin/sh' },
  })
  t.after(() => terminal.kill('SIGKILL'))
  let shown = ''
  terminal.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
  await until(() => shown.includes('Contraseña'))
  return {
    terminal,
    shown: () => shown,
    code: async () => {
      await until(() => existsSync(file) && readFileSync(file, 'utf8') !== '')
      return Number(readFileSync(file, 'utf8'))
    },
  }
}

describe('a question at a terminal', AT_TERMINAL, () => {
  // "Error inesperado: Aborted with Ctrl+D. Es un defecto del programa."
  test('is left with Ctrl-D as with Ctrl-C', async (t) => {
    const { terminal, code, shown } = await asking(t)
    terminal.stdin.write('\u0004')
    assert.equal(await code(), 130)
    assert.doesNotMatch(shown(), /inesperado/)
  })

  test('ends the program when its terminal goes away', async (t) => {
    const { terminal, code } = await asking(t)
    terminal.kill('SIGKILL')
    assert.equal(await code(), 129)
  })
})

// A stop went unheard until the other program had said all that it had to say, and then its words were still acted upon.
test('SIGTERM ends a program that waits for its standard input at once', { timeout: 60_000 }, async (t) => {
  const house = await faultHouse(t, { port: 9, documents: 0 })
  const child = house.program.start(['customers', 'import', '-'])
  const ended = finished(child)
  child.stdin?.write('code,name,rfc,email\nC00009,NUEVO,AAA010101AAA,n@nuevo.example\n')
  await until(() => existsSync(join(house.data, 'store.db-wal')))
  child.kill('SIGTERM')
  const { code } = await ended
  assert.equal(code, 143)
})

test('row 51: a reader that goes away stops nothing half way, and the exit code says so', async (t) => {
  const server = await rawSmtp(t)
  const house = await faultHouse(t, { port: server.port, documents: 2 })
  const child = house.program.start(['send'])
  child.stdout?.destroy()
  const { code, stderr } = await finished(child)
  assert.deepEqual([code, stderr], [141, ''])
  const facts = await assertInvariants({ data: house.data, taken: takenBy(server) }, 'run')
  assert.deepEqual(
    facts.map(({ state }) => state),
    ['sent', 'sent'],
  )
})
