/** Every fault point, every action, every passage, under each command that comes by it. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { Sqlite } from '../../src/core/store/sqlite.ts'
import { join } from 'node:path'
import { FAULT_ACTIONS, type FaultAction, type FaultPoint } from '../../src/core/model/fault.ts'
import { type FaultHouse, faultHouse } from '../support/fault-house.ts'
import { assertInvariants } from '../support/invariants.ts'
import { smtpServer } from '../support/smtp-server.ts'

const EXIT = { kill: null, throw: 70, enospc: 75 } as const

interface Walk {
  readonly points: readonly FaultPoint[]
  /** What the house has before the fault; gives the command line to strike. */
  readonly prepare: (house: FaultHouse) => Promise<readonly string[]>
  readonly packaged: boolean
  /** Deliveries there are at the end, when the struck command was repeated and all was sent. */
  readonly deliveries: number
}

const WALKS: Readonly<Record<string, Walk>> = {
  send: {
    points: [
      'claim',
      'before-connect',
      'after-354',
      'before-dot',
      'after-dot',
      'before-sent-commit',
      'after-sent-commit',
    ],
    packaged: true,
    prepare: async () => ['send'],
    deliveries: 3,
  },
  package: {
    points: ['spool-write', 'spool-rename', 'snapshot'],
    packaged: false,
    prepare: async (house) => ['package', '--all', '--source', house.source],
    deliveries: 3,
  },
  resend: {
    points: ['snapshot'],
    packaged: true,
    async prepare(house) {
      await house.run(['send'])
      return ['resend', '--client', 'C00001', '--reason', 'prueba']
    },
    deliveries: 6,
  },
}

/** @returns whether the fault struck */
async function strike(
  t: TestContext,
  { prepare, packaged, deliveries }: Walk,
  { fault, action }: { readonly fault: string; readonly action: FaultAction },
): Promise<boolean> {
  const server = await smtpServer(t)
  const house = await faultHouse(t, { port: server.port, documents: 3, packaged, pdfBytes: 500 })
  const words = await prepare(house)
  const struck = await house.strike(`${fault}:${action}`, words)
  if (struck.code === 0) return false
  assert.equal(struck.code, EXIT[action], struck.stderr)
  const scene = { data: house.data, taken: server.messages, outputs: house.outputs }
  await assertInvariants(scene, 'fault')
  if (words[0] !== 'send') await house.run(words)
  await house.run(['send'])
  const facts = await assertInvariants(scene, 'run')
  assert.equal(facts.length, deliveries)
  const states = facts.map(({ state }) => state)
  assert.ok(states.filter((state) => state === 'unknown').length <= 1, states.join())
  assert.ok(
    states.every((state) => state === 'sent' || state === 'unknown'),
    states.join(),
  )
  return true
}

for (const [command, walk] of Object.entries(WALKS)) {
  describe(
    `rows 1, 42, 43 and 60: ${command} is struck at every passage of every point`,
    { concurrency: 2 },
    () => {
      for (const point of walk.points) {
        for (const action of FAULT_ACTIONS) {
          test(`${command}, ${point}, ${action}`, async (t) => {
            let passage = 1
            while (await strike(t, walk, { fault: `${point}:${passage}`, action })) passage++
            assert.ok(passage > 1, 'the point is never passed')
          })
        }
      }
    },
  )
}

describe('row 49: a migration is struck at every step', { concurrency: 2 }, () => {
  for (const action of FAULT_ACTIONS) {
    test(`row 49: ${action}: the store is of one version or the next, and the next command goes on`, async (t) => {
      const server = await smtpServer(t)
      const house = await faultHouse(t, { port: server.port, documents: 1 })
      const fresh = { CFDI_MAIL_DATA: join(house.data, 'fresh') }
      let applied = 0
      for (let step = 1; ; step++) {
        const child = house.program.start(['init', '--yes'], {
          ...fresh,
          CFDI_FAULT: `migrate:${step}:${action}`,
        })
        child.stdin?.end()
        const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
        const database = new Sqlite(join(fresh.CFDI_MAIL_DATA, 'store.db'))
        assert.equal(database.pragma('integrity_check', { simple: true }), 'ok')
        const steps = database.prepare('select count(*) from migration').pluck().get() as number
        database.close()
        if (code === 0) break
        assert.equal(code, EXIT[action])
        assert.ok(steps >= applied, 'a step was lost')
        applied = steps
      }
    })
  }
})
