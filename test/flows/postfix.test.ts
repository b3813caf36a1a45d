/** A real Postfix: TLS, SASL, its queue and its limits, a server that nobody here wrote. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test, type TestContext } from 'node:test'
import { checkProfile } from '../../src/core/flows/check-profile.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { keyFileSecrets } from '../../src/core/secrets/key-file.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { findProfile, releaseProfile } from '../../src/core/store/profiles.ts'
import { exitCodeOf } from '../../src/ui/exit-codes.ts'
import { certificates } from '../support/certificates.ts'
import { packageDocuments, testCtx, URE, useProfile } from '../support/ctx.ts'
import { messageIdOf } from '../support/invariants.ts'
import { noPostfix, type Postfix, startPostfix } from '../support/postfix.ts'

interface Wanted {
  readonly postfix: Postfix
  readonly addresses?: readonly string[]
  readonly documents: number
  readonly connections?: number
}

/** Packaged documents and a profile that signs in at the server. */
async function ready(t: TestContext, { postfix, documents, ...wanted }: Wanted): Promise<Ctx> {
  const { ctx } = await testCtx(t, {
    secrets: keyFileSecrets({ env: { CLAVE: postfix.password }, home: '' }),
  })
  const addresses = wanted.addresses ?? ['uno@ure.example']
  await saveCustomer(ctx.db, { ...URE, packaging: { type: 'GRAL', addresses } }, ctx.now())
  await packageDocuments(
    t,
    ctx,
    Array.from({ length: documents }, (_, i) => ({ folio: String(i + 1) })),
  )
  await useProfile(ctx, postfix.port, {
    ...{ host: 'localhost', security: 'starttls', caFile: certificates().caFile },
    ...{ user: postfix.user, secret: 'env:CLAVE', connections: wanted.connections ?? 1 },
  })
  return ctx
}

const everything = { limit: null, profile: null }

const statesOf = async (ctx: Ctx) =>
  (await listOrders(ctx.db, {})).flatMap(({ deliveries }) => deliveries.map(({ state }) => state))

/** Checks that no message is there twice, that what was sent is there, and that each has the bytes of its order. */
async function assertOnce(ctx: Ctx, postfix: Postfix): Promise<void> {
  const hashes = new Map<string, string>()
  for (const { raw } of await postfix.delivered()) {
    assert.ok(!hashes.has(messageIdOf(raw)), 'a message came twice')
    hashes.set(messageIdOf(raw), createHash('sha256').update(raw).digest('hex'))
  }
  const orders = await ctx.db.selectFrom('send_order').select(['id', 'message_id', 'raw_sha256']).execute()
  const states = new Map(
    (await listOrders(ctx.db, {})).map(({ id, deliveries }) => [id, deliveries[0]?.state]),
  )
  for (const order of orders) {
    const hash = hashes.get(order.message_id)
    if (states.get(order.id) === 'sent') assert.equal(hash, order.raw_sha256)
    else assert.ok(hash === undefined || states.get(order.id) === 'unknown')
  }
}

describe('Postfix with TLS and passwords', { skip: noPostfix(), concurrency: 2 }, () => {
  test('smtp-test goes through all steps, has its mail taken, and saves the profile', async (t) => {
    const postfix = await startPostfix(t)
    const { ctx } = await testCtx(t, { readStdin: async () => postfix.password })
    const result = await checkProfile(ctx, {
      ...{ host: 'localhost', port: postfix.port, security: 'starttls', user: postfix.user },
      ...{ from: postfix.user, caFile: certificates().caFile, password: 'stdin' },
      ...{ to: 'prueba@ure.example', save: 'postfix', makeDefault: true },
    })
    assert.deepEqual(
      result.steps.map(({ step, ok }) => (ok ? step : `${step}!`)),
      ['dns', 'connect', 'greeting', 'tls', 'auth', 'mail-from', 'rcpt-to', 'message'],
    )
    assert.deepEqual([result.saved, exitCodeOf(result)], ['postfix', 0])
    assert.deepEqual(
      (await postfix.delivered()).map(({ recipient }) => recipient),
      ['prueba@ure.example'],
    )
    assert.match(postfix.log(), /sasl_username=ventas@emisor\.example/)
  })

  test('row 18: a wrong password ends with 77 and holds the profile; the order stays pending', async (t) => {
    const postfix = await startPostfix(t)
    const ctx = await ready(t, { postfix: { ...postfix, password: 'otra' }, documents: 2 })
    const checked = await checkProfile(ctx, {})
    assert.deepEqual([checked.ok, checked.cause, exitCodeOf(checked)], [false, 'bad-password', 77])
    await sendDue(ctx, everything)
    assert.equal((await findProfile(ctx.db, 'oficina'))?.hold?.until, null)
    assert.deepEqual(await statesOf(ctx), ['pending', 'pending'])
    // One try for the test and one for the run, whatever waits.
    assert.equal(postfix.log().match(/SASL PLAIN authentication failed/g)?.length, 2)
  })

  test('50 documents over three connections arrive once each, with the bytes that were packaged', async (t) => {
    const postfix = await startPostfix(t)
    const ctx = await ready(t, { postfix, documents: 50, connections: 3 })
    await sendDue(ctx, everything)
    assert.deepEqual([...new Set(await statesOf(ctx))], ['sent'])
    assert.equal((await postfix.delivered()).length, 50)
    await assertOnce(ctx, postfix)
  })

  test('rows 2 and 6: a restart in mid-run loses nothing and sends nothing twice', async (t) => {
    const postfix = await startPostfix(t)
    const ctx = await ready(t, { postfix, documents: 60, connections: 2 })
    const running = sendDue(ctx, everything)
    while (postfix.count() < 10) await new Promise((resolve) => setTimeout(resolve, 5))
    await postfix.restart()
    await running
    // What the broken connections held back is due again when the host's hold is over.
    for (let run = 0; run < 5 && (await statesOf(ctx)).some((state) => state === 'pending'); run++) {
      await releaseProfile(ctx.db, 'oficina', ctx.now().toISOString())
      await sendDue(ctx, everything)
    }
    const states = await statesOf(ctx)
    const count = (wanted: string) => states.filter((state) => state === wanted).length
    // A connection has one message in hand.
    assert.ok(count('unknown') <= 2, states.join())
    assert.equal(count('sent') + count('unknown'), 60, states.join())
    await assertOnce(ctx, postfix)
  })

  test('row 12: a message over message_size_limit is refused before it is sent', async (t) => {
    const postfix = await startPostfix(t, ['message_size_limit = 4000'])
    const ctx = await ready(t, { postfix, documents: 1 })
    const { deliveries } = await sendDue(ctx, everything)
    assert.deepEqual(
      deliveries.map(({ state, enhanced }) => [state, enhanced]),
      [['failed', '5.3.4']],
    )
    assert.match(deliveries[0]?.reply ?? '', /the server takes 4000$/)
    assert.doesNotMatch(postfix.log(), /from=<ventas/)
  })

  test('row 10: a refused recipient has its own answer and does not keep the mail from the other', async (t) => {
    const postfix = await startPostfix(t, [
      'smtpd_recipient_restrictions = check_recipient_access inline:{{baja@ure.example=550 5.1.1 ya no trabaja aqui}}',
    ])
    const ctx = await ready(t, { postfix, documents: 1, addresses: ['baja@ure.example', 'uno@ure.example'] })
    const { deliveries } = await sendDue(ctx, everything)
    assert.deepEqual(
      deliveries.map(({ recipient, state, enhanced }) => [recipient, state, enhanced]),
      [
        ['baja@ure.example', 'failed', '5.1.1'],
        ['uno@ure.example', 'sent', '2.0.0'],
      ],
    )
    assert.match(deliveries[0]?.reply ?? '', /ya no trabaja aqui/)
    const there = await postfix.delivered()
    assert.deepEqual(
      there.map(({ recipient }) => recipient),
      ['uno@ure.example'],
    )
  })
})
