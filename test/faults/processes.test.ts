/** Processes that die, stop, and work on one store at once. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { recoverAbandoned } from '../../src/core/store/recovery.ts'
import { openStore } from '../../src/core/store/open.ts'
import { finished } from '../support/cli.ts'
import { faultHouse } from '../support/fault-house.ts'
import { assertInvariants } from '../support/invariants.ts'
import { smtpServer } from '../support/smtp-server.ts'

// As the program itself does.
process.umask(0o077)

const KILLS = 200
const STOPS = 50

test(`row 1: ${KILLS} times kill -9 at random moments`, async (t) => {
  const server = await smtpServer(t)
  const profile = { connections: 2 }
  const house = await faultHouse(t, { port: server.port, documents: 1500, pdfBytes: 500, profile })
  let interrupted = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const before = server.messages.length
    const child = house.program.start(['send', '--quiet', '--limit', '20'])
    const ended = finished(child)
    // Into the sending: from the first message on, some milliseconds more.
    while (server.messages.length === before && child.exitCode === null) await sleep(2)
    await sleep(Math.random() * 40)
    child.kill('SIGKILL')
    if ((await ended).signal === 'SIGKILL') interrupted++
  }
  await house.run(['send'])
  const facts = await assertInvariants({ data: house.data, taken: server.messages }, 'run')
  const count = (state: string) => facts.filter((fact) => fact.state === state).length
  t.diagnostic(`${interrupted} interrupted, ${count('unknown')} unknown, ${count('sent')} sent`)
  assert.equal(count('sent') + count('unknown'), 1500)
  assert.ok(count('unknown') <= interrupted * 2)
})

test(`row 37: ${STOPS} times stopped while somebody else takes up its orders`, async (t) => {
  const server = await smtpServer(t)
  const house = await faultHouse(t, { port: server.port, documents: 400, pdfBytes: 500 })
  const db = await openStore(join(house.data, 'store.db'), 'existing')
  t.after(() => db.destroy())
  for (let stop = 0; stop < STOPS; stop++) {
    const before = server.messages.length
    const child = house.program.start(['send', '--quiet', '--limit', '6'])
    const ended = finished(child)
    while (server.messages.length === before && child.exitCode === null) await sleep(2)
    await sleep(Math.random() * 15)
    child.kill('SIGSTOP')
    await sleep(5)
    await recoverAbandoned(db, new Date()).catch(() => undefined)
    child.kill('SIGCONT')
    await ended
  }
  await house.run(['send'])
  const facts = await assertInvariants({ data: house.data, taken: server.messages }, 'run')
  const count = (state: string) => facts.filter((fact) => fact.state === state).length
  t.diagnostic(`${count('unknown')} unknown, ${count('sent')} sent`)
  assert.equal(count('sent') + count('unknown'), 400)
})

test('row 36: three senders with locks of their own send nothing twice', async (t) => {
  const server = await smtpServer(t)
  const house = await faultHouse(t, { port: server.port, documents: 300, pdfBytes: 500 })
  const script = fileURLToPath(new URL('../support/sender-process.ts', import.meta.url))
  const runs = ['a', 'b', 'c'].map(async (lock) => {
    const words = ['--import', 'tsx', script, house.data, `${lock}.lock`]
    return await finished(spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] }))
  })
  const codes = (await Promise.all(runs)).map(({ code, stderr }) => `${code ?? ''}${stderr}`)
  assert.deepEqual(codes, ['0', '0', '0'])
  await house.run(['send'])
  const facts = await assertInvariants({ data: house.data, taken: server.messages }, 'run')
  const states = new Set(facts.map(({ state }) => state))
  assert.deepEqual(
    [...states].filter((state) => state !== 'sent' && state !== 'unknown'),
    [],
  )
})
