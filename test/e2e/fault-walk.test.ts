/** A short walk over the fault points: each is struck once. `npm run test:faults` walks every passage. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import type { FaultPoint } from '../../src/core/model/fault.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { faultHouse } from '../support/fault-house.ts'
import { armed } from '../support/in-process-faults.ts'
import { assertInvariants } from '../support/invariants.ts'
import { smtpServer } from '../support/smtp-server.ts'

/** What becomes of the two messages when the process dies at the first passage, and the next run has gone. */
const KILLED: Readonly<Record<string, readonly string[]>> = {
  claim: ['sent', 'sent'],
  'before-connect': ['sent', 'sent'],
  'after-354': ['sent', 'sent'],
  'before-dot': ['sent', 'unknown'],
  'after-dot': ['sent', 'unknown'],
  'before-sent-commit': ['sent', 'unknown'],
  'after-sent-commit': ['sent', 'sent'],
}

async function killed(t: TestContext, point: string): Promise<string[]> {
  const server = await smtpServer(t)
  const house = await faultHouse(t, { port: server.port, documents: 2 })
  const died = await house.strike(`${point}:1:kill`, ['send'])
  assert.equal(died.signal, 'SIGKILL', died.stderr)
  const scene = { data: house.data, taken: server.messages, outputs: house.outputs }
  await assertInvariants(scene, 'fault')
  const ran = await house.run(['send'])
  const states = (await assertInvariants(scene, 'run')).map(({ state }) => state).sort()
  assert.equal(ran.code, states.includes('unknown') ? 1 : 0, ran.stderr)
  return states
}

describe('row 1: killed while sending, at each point', { concurrency: 2 }, () => {
  for (const [point, states] of Object.entries(KILLED)) {
    test(`row 1: ${point}: then ${states.join(' and ')}`, async (t) => {
      assert.deepEqual(await killed(t, point), states)
    })
  }
})

describe('row 60: killed while packaging, at each point', { concurrency: 2 }, () => {
  for (const point of ['spool-write', 'spool-rename', 'snapshot']) {
    test(`row 60: ${point}: nothing is queued by half, and the next run queues all`, async (t) => {
      const server = await smtpServer(t)
      const house = await faultHouse(t, { port: server.port, documents: 2, packaged: false })
      const died = await house.strike(`${point}:1:kill`, ['package', '--all', '--source', house.source])
      assert.equal(died.signal, 'SIGKILL', died.stderr)
      const scene = { data: house.data, taken: server.messages, outputs: house.outputs }
      assert.deepEqual(await assertInvariants(scene, 'fault'), [])
      await house.run(['package', '--all', '--source', house.source])
      await house.run(['send'])
      const states = (await assertInvariants(scene, 'run')).map(({ state }) => state)
      assert.deepEqual(states, ['sent', 'sent'])
    })
  }
})

interface Struck {
  readonly states: readonly string[]
  /** Messages at the server right after the fault. */
  readonly first: number
  readonly thrown: unknown
}

/** One connection, two messages, a fault at the first passage; then an ordinary run. */
async function struck(t: TestContext, point: FaultPoint, action: 'throw' | 'enospc'): Promise<Struck> {
  const { fault, disarm } = armed(`${point}:1:${action}`)
  const server = await smtpServer(t)
  const { ctx } = await testCtx(t, { fault, channel: smtpChannel({ fault }) })
  await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
  await useProfile(ctx, server.port)
  const request = { limit: null, profile: null }
  const thrown: unknown = await sendDue(ctx, request).then(
    () => null,
    (error: unknown) => error,
  )
  const first = server.messages.length
  disarm()
  await sendDue(ctx, request)
  const orders = await listOrders(ctx.db, {})
  const states = orders.flatMap(({ deliveries }) => deliveries.map(({ state }) => state)).sort()
  const ids = server.messages.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString())?.[1])
  assert.equal(new Set(ids).size, ids.length, 'a message arrived twice')
  return { states, first, thrown }
}

describe('rows 42 and 43: an error or a full disk while sending stops the run at once', () => {
  const cases: readonly (readonly [point: FaultPoint, states: readonly string[], first: number])[] = [
    ['claim', ['sent', 'sent'], 0],
    ['before-connect', ['sent', 'sent'], 0],
    ['after-354', ['sent', 'sent'], 0],
    ['before-dot', ['sent', 'unknown'], 0],
    ['before-sent-commit', ['sent', 'sent'], 1],
    ['after-sent-commit', ['sent', 'sent'], 1],
  ]
  for (const [point, states, first] of cases) {
    for (const action of ['throw', 'enospc'] as const) {
      test(`row 42: ${action} at ${point}: ${states.join(' and ')} after the next run`, async (t) => {
        const result = await struck(t, point, action)
        const both = states.flatMap((state) => [state, state])
        assert.deepEqual([result.states, result.first], [both.sort(), first])
        assert.ok(result.thrown instanceof Error)
        if (action === 'enospc') {
          assert.ok(result.thrown instanceof CfdiMailError)
          assert.equal(result.thrown.code, 'DISK_FULL')
        }
      })
    }
  }

  test('row 42: without room even for the side journal the outcome is unknown, and nothing more is sent', async (t) => {
    const { fault, disarm } = armed('before-sent-commit:1:enospc')
    const server = await smtpServer(t)
    const { ctx } = await testCtx(t, { fault, channel: smtpChannel({ fault }) })
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    await useProfile(ctx, server.port)
    // A folder of that name is what no journal can be written into.
    mkdirSync(join(ctx.folders.data, 'outcomes.journal'))
    await assert.rejects(sendDue(ctx, { limit: null, profile: null }), { code: 'DISK_FULL' })
    assert.equal(server.messages.length, 1)
    disarm()
    await sendDue(ctx, { limit: null, profile: null })
    const states = (await listOrders(ctx.db, {})).map(({ deliveries }) => deliveries[0]?.state)
    assert.deepEqual(states.sort(), ['sent', 'unknown'])
  })
})
