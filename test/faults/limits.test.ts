import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { listOrders } from '../../src/core/store/orders.ts'
import { openStore } from '../../src/core/store/open.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { saveProfile } from '../../src/core/store/profiles.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { finished } from '../support/cli.ts'
import { packageDocuments, testCtx, URE } from '../support/ctx.ts'
import { smtpProfile } from '../support/profiles.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

function script(name: string, words: readonly string[]) {
  const file = fileURLToPath(new URL(`../support/${name}`, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...words])
  return { child, ended: finished(child) }
}

const PER_MINUTE = 5
const MESSAGES = 24
/** A minute of the senders' clock. */
const WINDOW_MS = 1000

/** The most that any window of that length holds. */
function fullest(times: readonly number[]): number {
  return Math.max(...times.map((at) => times.filter((one) => one >= at && one < at + WINDOW_MS).length))
}

test('row 28: two processes, one of them killed and started again, never bring the server more than the limit in any window', async (t) => {
  const data = tempFolder(t)
  const db = await openStore(join(data, 'store.db'), 'create')
  t.after(() => db.destroy())
  const { ctx } = await testCtx(t, { db })
  await savePackagingType(db, GRAL)
  await saveCustomer(db, { ...URE, packaging: { type: 'GRAL', addresses: ['uno@ure.example'] } }, ctx.now())
  const begun: number[] = []
  const arrived: number[] = []
  const server = await smtpServer(t, {
    onSender: () => {
      begun.push(Date.now())
      return undefined
    },
    onMessage: () => {
      arrived.push(Date.now())
      return undefined
    },
  })
  const profile = smtpProfile({ name: 'oficina', port: server.port, perMinute: PER_MINUTE, connections: 2 })
  await saveProfile(db, { ...profile, hold: null, testedAt: null }, ctx.now().toISOString())
  const documents = Array.from({ length: MESSAGES }, (_, i) => ({
    ...{ series: 'A', folio: String(i + 1), issuedAt: '2024-05-20T09:00:00', receiverRfc: URE.rfc },
  }))
  await packageDocuments(t, { ...ctx, folders: { ...ctx.folders, spool: join(data, 'spool') } }, documents)

  const words = [data, String(Date.now()), '3']
  const [one, two] = [script('fast-sender.ts', words), script('fast-sender.ts', words)]
  while (arrived.length < 7 && one.child.exitCode === null) await sleep(20)
  one.child.kill('SIGKILL')
  const again = script('fast-sender.ts', words)
  for (const ran of await Promise.all([two.ended, again.ended])) assert.equal(ran.code, 0, ran.stderr)

  assert.ok(fullest(begun) <= PER_MINUTE, `${fullest(begun)} begun in a window`)
  assert.ok(fullest(arrived) <= PER_MINUTE, `${fullest(arrived)} arrived in a window`)
  const states = (await listOrders(db, {})).flatMap(({ deliveries }) => deliveries.map(({ state }) => state))
  // The process that was killed may have left what it had on its way.
  assert.ok(
    states.every((state) => state === 'sent' || state === 'unknown'),
    states.join(' '),
  )
  assert.ok(states.filter((state) => state === 'unknown').length <= 2, states.join(' '))
  assert.ok(arrived.length <= MESSAGES, `${arrived.length} arrived`)
})

test('row 28: processes that reserve at the same moment get no more places than there are', async (t) => {
  const file = join(tempFolder(t), 'store.db')
  await (await openStore(file, 'create')).destroy()
  const reservers = [1, 2, 3].map(() => script('reserver.ts', [file, '60']))
  const ran = await Promise.all(reservers.map(({ ended }) => ended))
  assert.deepEqual(
    ran.map(({ code }) => code),
    [0, 0, 0],
    ran.map(({ stderr }) => stderr).join('\n'),
  )
  assert.equal(
    ran.reduce((sum, { stdout }) => sum + Number(stdout), 0),
    60,
  )
})
