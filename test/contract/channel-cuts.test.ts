import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { cuttingProxy, type Direction } from '../support/cutting-proxy.ts'
import { message, TINY } from '../support/delivery.ts'
import { smtpProfile } from '../support/profiles.ts'
import { rawSmtp } from '../support/raw-smtp.ts'

/** Messages that the server may have, by what the sender was told. */
const MAY_HAVE: Readonly<Record<string, readonly number[]>> = {
  'not-opened': [0],
  'not-tried': [0],
  deferred: [0],
  uncertain: [0, 1],
  accepted: [1],
}

/** One whole session with one message. */
async function deliverOnce(port: number): Promise<{ readonly outcome: string; readonly marks: number }> {
  const opened = await smtpChannel({ deadlines: TINY }).open(smtpProfile({ port }), '')
  if (!opened.ok) return { outcome: 'not-opened', marks: 0 }
  let marks = 0
  const { recipients } = await opened.session.deliver(message(), async () => {
    marks++
  })
  await opened.session.close()
  return { outcome: recipients[0]!.outcome, marks }
}

describe('rows 2, 3 and 6: a connection cut after any number of bytes', () => {
  for (const direction of ['to-server', 'to-client'] as const satisfies readonly Direction[]) {
    for (const extensions of [['PIPELINING'], ['8BITMIME']]) {
      test(`${direction}, ${extensions.join()}: what is told agrees with what the server has`, async (t) => {
        const server = await rawSmtp(t, { extensions })
        const proxy = await cuttingProxy(t, server.port)
        const told = new Set<string>()
        let bytes = 0
        do {
          bytes++
          proxy.cutAfter(direction, bytes)
          const before = server.accepted()
          const { outcome, marks } = await deliverOnce(proxy.port)
          const taken = server.accepted() - before
          const where = `${outcome} with ${taken} at the server and ${marks} marks after ${bytes} bytes`
          assert.ok(MAY_HAVE[outcome]?.includes(taken), where)
          assert.ok(marks === 1 || outcome.startsWith('not-'), where)
          told.add(outcome)
        } while (proxy.passed()[direction] === bytes)
        const expected = ['not-opened', 'not-tried', 'uncertain', 'accepted']
        assert.deepEqual(
          expected.filter((outcome) => !told.has(outcome)),
          [],
        )
      })
    }
  }
})
