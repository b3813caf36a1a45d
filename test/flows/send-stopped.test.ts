/** A run that is asked to end while the server has a message in hand. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { findProfile } from '../../src/core/store/profiles.ts'
import { packageDocuments, testCtx, URE, useProfile } from '../support/ctx.ts'
import { type Point, rawSmtp, type Script } from '../support/raw-smtp.ts'

const GRACE = { talk: 100, message: 600 }

/** Two orders; the run is asked to end when the server's script has come to the point. */
async function stoppedAt(t: TestContext, point: Point, script: Script) {
  const asked = new AbortController()
  const channel = smtpChannel({ signal: asked.signal, grace: GRACE })
  const { ctx } = await testCtx(t, { channel, signal: asked.signal })
  await saveCustomer(
    ctx.db,
    { ...URE, packaging: { type: 'GRAL', addresses: ['uno@ure.example'] } },
    ctx.now(),
  )
  await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
  const server = await rawSmtp(t, { script })
  await useProfile(ctx, server.port)
  const running = sendDue(ctx, { limit: null, profile: null })
  await server.reached(point)
  asked.abort()
  const { deliveries } = await running
  const orders = await listOrders(ctx.db, {})
  const profile = await findProfile(ctx.db, 'oficina')
  assert.equal(profile?.hold, null, 'the server is not to blame')
  return { deliveries, states: orders.map((order) => order.deliveries[0]?.state).sort() }
}

describe('row 50: a run that is asked to end', () => {
  test('row 50: waits a bounded time for the answer to the dot; without it the delivery is unknown', async (t) => {
    const { deliveries, states } = await stoppedAt(t, 'dot', { dot: 'HANG' })
    assert.deepEqual(states, ['pending', 'unknown'])
    assert.match(deliveries[0]?.reply ?? '', /before the program had to end/)
  })

  test('row 50: takes the answer that comes in that time, though a talk would have been over', async (t) => {
    const late = { send: '250 2.0.0 ok: queued as RAW1\r\n', afterMs: 300 }
    const { states } = await stoppedAt(t, 'dot', { dot: [late, '250 2.0.0 ok'] })
    assert.deepEqual(states, ['pending', 'sent'])
  })

  test('row 50: puts back what the server has not begun to take, with no try counted', async (t) => {
    const { deliveries, states } = await stoppedAt(t, 'RCPT', { RCPT: 'HANG' })
    assert.deepEqual([deliveries, states], [[], ['pending', 'pending']])
  })
})
