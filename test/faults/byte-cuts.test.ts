/** The stream is cut after any number of bytes of a whole session, in both directions, with the store and the spool behind it. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { packageDocuments, URE, useProfile } from '../support/ctx.ts'
import { cuttingProxy, type Direction } from '../support/cutting-proxy.ts'
import { assertInvariants } from '../support/invariants.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { fileCtx } from '../support/store-file.ts'

/** A cut ends the connection; a deadline that passes on a busy machine would look like the end of the session. */
const PATIENT = { connect: 10_000, greeting: 10_000, command: 10_000, dataInit: 10_000, dot: 10_000 }

/** Primes, so that other sessions' lengths are no multiples of them. */
const STEP = { 'to-server': 149, 'to-client': 5 } as const
/** Before the message itself: its bytes are all on their way, dot and all, before the cut is noticed. */
const FIRST = { 'to-server': 49, 'to-client': 5 } as const

// As the program itself does.
process.umask(0o077)

describe('rows 2, 3 and 6: a session cut after any number of bytes', () => {
  for (const direction of ['to-server', 'to-client'] as const satisfies readonly Direction[]) {
    test(`${direction}: no copy too many, and every state agrees with the server`, async (t) => {
      const { ctx } = await fileCtx(t, { channel: smtpChannel({ deadlines: PATIENT }) })
      await saveCustomer(
        ctx.db,
        { ...URE, packaging: { type: 'GRAL', addresses: ['uno@ure.example'] } },
        ctx.now(),
      )
      const server = await smtpServer(t)
      const proxy = await cuttingProxy(t, server.port)
      const told = new Set<string>()
      let bytes = FIRST[direction] - STEP[direction]
      let isCut = true
      const drain = async () => {
        await useProfile(ctx, proxy.port)
        await sendDue(ctx, { limit: null, profile: null })
      }
      while (isCut) {
        bytes += STEP[direction]
        await packageDocuments(t, ctx, [{ folio: `${direction}${bytes}` }])
        // A new profile has no hold of the cut before.
        await useProfile(ctx, proxy.port)
        proxy.cutAfter(direction, bytes)
        const { deliveries } = await sendDue(ctx, { limit: 1, profile: null })
        const state = deliveries.at(-1)?.state ?? 'pending'
        told.add(state)
        isCut = proxy.passed()[direction] === bytes
        proxy.cutAfter(direction, Infinity)
        if (state === 'pending') await drain()
      }
      assert.ok(told.has('pending') && told.has('unknown'), [...told].join())
      const facts = await assertInvariants({ data: ctx.folders.data, taken: server.messages }, 'run')
      // Deferred is what was cut while the store was told of the dot, which then was not sent.
      const states = new Set(facts.map(({ state }) => state).filter((state) => state !== 'deferred'))
      assert.deepEqual([...states].sort(), ['sent', 'unknown'])
    })
  }
})
