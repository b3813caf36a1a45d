/** Postfix's smtp-sink, made to disconnect, refuse and wait at every command. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { packageDocuments, testCtx, URE, useProfile } from '../support/ctx.ts'
import { TINY } from '../support/delivery.ts'
import { program } from '../support/programs.ts'
import { smtpSink } from '../support/smtp-sink.ts'

const COMMANDS = ['CONNECT', 'EHLO', 'MAIL', 'RCPT', 'DATA', '.'] as const

/** Options by what they make the server do, and the states that may follow before the dot and at it. */
const MATRIX: Readonly<
  Record<string, { readonly before: readonly string[]; readonly dot: readonly string[] }>
> = {
  '-q': { before: ['pending'], dot: ['unknown'] },
  '-Q': { before: ['pending', 'deferred'], dot: ['deferred', 'unknown'] },
  '-r': { before: ['pending', 'deferred'], dot: ['deferred'] },
  '-f': { before: ['pending', 'failed'], dot: ['failed'] },
  '-W': { before: ['pending'], dot: ['unknown'] },
}

const { skip } = program('smtp-sink')

describe('rows 2, 4, 6, 7, 23 and 24: smtp-sink', { skip }, () => {
  for (const [option, states] of Object.entries(MATRIX)) {
    for (const command of COMMANDS) {
      // The manual gives no reply of its own to a delayed connection.
      const value = option === '-W' ? `${command}:2` : command
      test(`${option} ${value}`, async (t) => {
        const { ctx } = await testCtx(t, { channel: smtpChannel({ deadlines: TINY }) })
        await saveCustomer(
          ctx.db,
          { ...URE, packaging: { type: 'GRAL', addresses: ['uno@ure.example'] } },
          ctx.now(),
        )
        await packageDocuments(t, ctx, [{ folio: '1' }])
        const sink = await smtpSink(t, [option, value])
        await useProfile(ctx, sink.port)
        await sendDue(ctx, { limit: null, profile: null })
        const state = (await listOrders(ctx.db, {}))[0]!.deliveries[0]!.state
        // Refused EHLO is answered with HELO, which old servers know.
        const hasHelo = command === 'EHLO' && (option === '-r' || option === '-f')
        const expected = command === '.' ? states.dot : hasHelo ? ['sent'] : states.before
        assert.ok(expected.includes(state), `${state}, and not ${expected.join(' or ')}`)
        if (state === 'sent') assert.equal(sink.messages().length, 1)
      })
    }
  }

  for (const delay of ['0', '1']) {
    test(`row 6: -A ${delay}: refused after 354 whether or not the dot was read, and the connection with it`, async (t) => {
      const { ctx } = await testCtx(t, { channel: smtpChannel({ deadlines: { ...TINY, dot: 3_000 } }) })
      await saveCustomer(
        ctx.db,
        { ...URE, packaging: { type: 'GRAL', addresses: ['uno@ure.example'] } },
        ctx.now(),
      )
      await packageDocuments(t, ctx, [{ folio: '1' }])
      const sink = await smtpSink(t, ['-A', delay])
      await useProfile(ctx, sink.port)
      await sendDue(ctx, { limit: null, profile: null })
      const { state } = (await listOrders(ctx.db, {}))[0]!.deliveries[0]!
      // At once, its refusal may be lost with the connection: then the message is due again.
      assert.ok(state === 'failed' || (state === 'pending' && delay === '0'), state)
    })
  }

  test('an ordinary one has each message once, under its Message-ID', async (t) => {
    const { ctx } = await testCtx(t)
    await saveCustomer(
      ctx.db,
      { ...URE, packaging: { type: 'GRAL', addresses: ['uno@ure.example'] } },
      ctx.now(),
    )
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    const sink = await smtpSink(t, [])
    await useProfile(ctx, sink.port)
    await sendDue(ctx, { limit: null, profile: null })
    const orders = await listOrders(ctx.db, {})
    assert.deepEqual(
      orders.map(({ deliveries }) => deliveries[0]!.state),
      ['sent', 'sent'],
    )
    for (const { messageId } of orders) {
      assert.equal(sink.messages().filter((text) => text.includes(messageId)).length, 1)
    }
  })
})
