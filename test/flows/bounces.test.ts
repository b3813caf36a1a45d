import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { importBounces } from '../../src/core/flows/bounces-import.ts'
import { showBounces } from '../../src/core/flows/bounces-list.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { showOrder } from '../../src/core/flows/outbox.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { DELIVERY_STATES, type DeliveryState, FOLLOWS } from '../../src/core/model/delivery.ts'
import {
  exchangeReport,
  mbox,
  outOfOffice,
  personalReply,
  qmailBounce,
  type Returned,
  spanishExchangeBounce,
  standardReport,
} from '../support/bounces.ts'
import { packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { rawSmtp, type Script } from '../support/raw-smtp.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const UNO = 'uno@ure.example'
const WHOLE: Returned = {
  ...{ messageId: '', envelopeId: '', recipient: UNO, action: 'failed', status: '5.1.1' },
  diagnostic: 'smtp; 550 5.1.1 <uno@ure.example>: Recipient address rejected',
}

/** One order to uno@ and dos@ that the server took. */
async function sent(t: TestContext) {
  const { ctx, clock } = await testCtx(t)
  const server = await smtpServer(t)
  await useProfile(ctx, server.port)
  const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
  await sendDue(ctx, { profile: null, limit: null })
  const id = order?.id ?? ''
  const { messageId } = (await showOrder(ctx, id)).order
  return { ctx, clock, id, server, about: { ...WHOLE, messageId } }
}

/** The same order, of which nobody knows whether the server took it. */
async function uncertain(t: TestContext, script: Script = { dot: 'DROP' }) {
  const { ctx, clock } = await testCtx(t)
  const server = await rawSmtp(t, { script })
  await useProfile(ctx, server.port)
  const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
  await sendDue(ctx, { profile: null, limit: null })
  const id = order?.id ?? ''
  const { messageId } = (await showOrder(ctx, id)).order
  return { ctx, clock, id, about: { ...WHOLE, messageId } }
}

/** Imports mails, each from a file of its own. */
async function arrive(t: TestContext, ctx: Ctx, ...mails: readonly string[]) {
  const folder = tempFolder(t)
  mails.forEach((mail, i) => writeFileSync(join(folder, `${i}.eml`), mail))
  return importBounces(ctx, [folder])
}

async function statesOf(ctx: Ctx, id: string): Promise<Record<string, DeliveryState>> {
  const { order } = await showOrder(ctx, id)
  return Object.fromEntries(order.deliveries.map(({ recipient, state }) => [recipient, state]))
}

describe('row 90: a failed notification', () => {
  test('bounces the recipient it names, with status and diagnostic, and no other', async (t) => {
    const { ctx, id, about } = await sent(t)
    const result = await arrive(t, ctx, standardReport(about))
    assert.equal(result.needsPerson, true)
    assert.deepEqual(result.totals, {
      ...{ read: 1, matched: 1, repeated: 0, unmatched: 0, autoReplies: 0, others: 0 },
    })
    const { order, events } = await showOrder(ctx, id)
    const [uno, dos] = order.deliveries
    assert.equal(uno?.state, 'bounced')
    assert.equal(uno?.code, 550)
    assert.match(uno?.reply ?? '', /5\.1\.1 <uno@ure\.example>: Recipient/)
    assert.equal(dos?.state, 'sent')
    assert.equal(order.state, 'bounced')
    assert.match(events.find(({ event }) => event === 'bounced')?.detail ?? '', /message-id; 5\.1\.1/)
  })

  test('is found by the envelope id alone, in any case', async (t) => {
    const { ctx, id } = await sent(t)
    const result = await arrive(t, ctx, standardReport({ ...WHOLE, envelopeId: id.toLowerCase() }))
    assert.deepEqual(
      result.bounces.map(({ proof, verdict, effect }) => [proof, verdict, effect]),
      [['envelope-id', 'bounced', 'changed']],
    )
    assert.equal((await statesOf(ctx, id))[UNO], 'bounced')
  })

  test('of Exchange, with HTML words, does the same', async (t) => {
    const { ctx, id, about } = await sent(t)
    await arrive(t, ctx, exchangeReport(about))
    assert.equal((await statesOf(ctx, id))[UNO], 'bounced')
  })

  test('takes back a delivery that a notification had said was delivered', async (t) => {
    const { ctx, id, about } = await sent(t)
    await arrive(t, ctx, standardReport({ ...about, action: 'delivered', status: '2.0.0' }))
    assert.equal((await statesOf(ctx, id))[UNO], 'delivered')
    await arrive(t, ctx, standardReport(about))
    assert.equal((await statesOf(ctx, id))[UNO], 'bounced')
  })

  test('about an address behind ours (a forward) is noted and bounces nobody', async (t) => {
    const { ctx, id, about } = await sent(t)
    const { bounces } = await arrive(t, ctx, standardReport({ ...about, recipient: 'otro@lejos.example' }))
    assert.deepEqual(
      bounces.map(({ recipient, verdict, effect }) => [recipient, verdict, effect]),
      [['', 'soft', 'noted']],
    )
    assert.deepEqual(Object.values(await statesOf(ctx, id)), ['sent', 'sent'])
  })
})

describe('evidence and states', () => {
  test('changes a state only as the state machine allows, whatever the state', async (t) => {
    const { ctx, id, about } = await sent(t)
    const actions = { failed: '5.4.7', delivered: '2.0.0', relayed: '2.0.0', delayed: '4.4.1' } as const
    let mails = 0
    for (const state of DELIVERY_STATES) {
      for (const [action, status] of Object.entries(actions)) {
        await ctx.db.updateTable('delivery').set({ state }).where('recipient', '=', UNO).execute()
        const report = {
          ...about,
          action: action as Returned['action'],
          status,
          diagnostic: `smtp; ${mails++}`,
        }
        await arrive(t, ctx, standardReport(report))
        const after = (await statesOf(ctx, id))[UNO] ?? 'held'
        if (after !== state) assert.ok(FOLLOWS[state].includes(after), `${state} → ${after} by ${action}`)
        if (action === 'delayed') assert.equal(after, state)
        if (['pending', 'leased', 'dotted', 'deferred', 'cancelled', 'failed'].includes(state))
          assert.equal(after, state, `${state} by ${action}`)
      }
    }
  })

  test('row 25: a notification settles an uncertain delivery: delivered, bounced, or taken by the server', async (t) => {
    const cases = { delivered: 'delivered', failed: 'bounced', relayed: 'sent', delayed: 'unknown' } as const
    for (const [action, state] of Object.entries(cases)) {
      const { ctx, id, about } = await uncertain(t)
      assert.equal((await statesOf(ctx, id))[UNO], 'unknown')
      const report = { ...about, action: action as Returned['action'], status: '5.4.7' }
      await arrive(t, ctx, standardReport(report))
      assert.deepEqual(await statesOf(ctx, id), { [UNO]: state, 'dos@ure.example': 'unknown' })
    }
  })

  test('waits while the sender has the delivery in hand, and is applied by the next import', async (t) => {
    const { ctx, id, about } = await uncertain(t)
    await ctx.db.updateTable('delivery').set({ state: 'dotted' }).execute()
    const { bounces } = await arrive(t, ctx, standardReport(about))
    assert.deepEqual(
      bounces.map(({ effect }) => effect),
      ['waits'],
    )
    assert.equal((await statesOf(ctx, id))[UNO], 'dotted')
    await ctx.db.updateTable('delivery').set({ state: 'unknown' }).execute()
    await arrive(t, ctx)
    assert.equal((await statesOf(ctx, id))[UNO], 'bounced')
  })

  test('row 91: a delay is noted in the log and changes nothing', async (t) => {
    const { ctx, id, about } = await sent(t)
    const result = await arrive(t, ctx, standardReport({ ...about, action: 'delayed', status: '4.4.1' }))
    assert.equal(result.needsPerson, false)
    const { order, events } = await showOrder(ctx, id)
    assert.equal(order.state, 'sent')
    assert.equal(events.filter(({ event }) => event === 'delayed').length, 1)
  })
})

describe('row 92: mail that anybody could have written', () => {
  test('without a matching envelope id or Message-ID is counted and changes nothing', async (t) => {
    const { ctx, id } = await sent(t)
    const forged = [
      standardReport(WHOLE),
      standardReport({
        ...WHOLE,
        messageId: '<guess@emisor.example>',
        envelopeId: '01HZZZZZZZZZZZZZZZZZZZZZZZ',
      }),
      qmailBounce({ ...WHOLE, messageId: '<other@emisor.example>' }),
    ]
    const result = await arrive(t, ctx, ...forged)
    assert.equal(result.totals.unmatched, 3)
    assert.deepEqual(result.bounces, [])
    assert.deepEqual(result.quarantined, [])
    assert.deepEqual(Object.values(await statesOf(ctx, id)), ['sent', 'sent'])
  })

  test('with proofs of two different orders proves nothing', async (t) => {
    const { ctx, id, about } = await sent(t)
    const [other] = await packageDocuments(t, ctx, [{ folio: '2' }])
    const result = await arrive(t, ctx, standardReport({ ...about, envelopeId: other?.id ?? '' }))
    assert.equal(result.totals.unmatched, 1)
    assert.equal((await statesOf(ctx, id))[UNO], 'sent')
  })
})

describe('row 93: a bounce in words', () => {
  for (const [name, shape] of Object.entries({ qmail: qmailBounce, Exchange: spanishExchangeBounce })) {
    test(`of ${name} is soft: it is shown for a person, and neither state nor address suffer`, async (t) => {
      const { ctx, id, about } = await sent(t)
      const result = await arrive(t, ctx, shape(about))
      assert.equal(result.needsPerson, true)
      assert.deepEqual(
        result.bounces.map(({ recipient, verdict, effect }) => [recipient, verdict, effect]),
        [[UNO, 'soft', 'noted']],
      )
      assert.deepEqual(result.quarantined, [])
      assert.equal((await statesOf(ctx, id))[UNO], 'sent')
    })
  }
})

test('row 94: automatic and personal answers are counted and left alone', async (t) => {
  const { ctx, id, about } = await sent(t)
  const { totals, needsPerson } = await arrive(t, ctx, outOfOffice(about), personalReply(about))
  assert.equal(totals.autoReplies, 1)
  assert.equal(totals.others, 1)
  assert.equal(needsPerson, false)
  assert.equal((await showOrder(ctx, id)).order.state, 'sent')
})

describe('row 96: the same mail again', () => {
  test('as a file, in an mbox and in a Maildir counts once', async (t) => {
    const { ctx, id, about } = await sent(t)
    const text = standardReport(about)
    const folder = tempFolder(t)
    const file = join(folder, 'b.eml')
    writeFileSync(file, text)
    const box = join(folder, 'box.mbox')
    writeFileSync(box, mbox([outOfOffice(about), text, personalReply(about)]))
    const maildir = join(folder, 'Maildir')
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part), { recursive: true })
    writeFileSync(join(maildir, 'cur', '1717243200.M1.mx:2,S'), text)
    writeFileSync(join(maildir, 'tmp', '1717243201.M2.mx'), standardReport({ ...about, status: '5.1.2' }))
    const { totals } = await importBounces(ctx, [file, box, maildir])
    assert.deepEqual(totals, { read: 5, matched: 1, repeated: 2, unmatched: 0, autoReplies: 1, others: 1 })
    const again = await importBounces(ctx, [file, box, maildir])
    assert.equal(again.totals.repeated, 3)
    assert.deepEqual(again.bounces, [])
    const { events } = await showOrder(ctx, id)
    assert.equal(events.filter(({ event }) => event === 'bounced').length, 1)
    assert.equal((await showBounces(ctx, { clients: [], limit: null })).bounces.length, 1)
    // A mistyped code looked like a customer to whom everything had got through.
    await assert.rejects(showBounces(ctx, { clients: ['C99999'], limit: null }), {
      code: 'CUSTOMER_NOT_FOUND',
    })
  })

  test('a path that is not there is an error, and what was read before it stays', async (t) => {
    const { ctx, id, about } = await sent(t)
    const file = join(tempFolder(t), 'b.eml')
    writeFileSync(file, standardReport(about))
    await assert.rejects(importBounces(ctx, [file, `${file}.none`]), { code: 'FILE_NOT_FOUND' })
    assert.equal((await statesOf(ctx, id))[UNO], 'bounced')
  })

  test('an mbox gives each message whole, quoted From lines and long messages included', async (t) => {
    const { ctx, about } = await sent(t)
    const large = `${standardReport(about)}${'x'.repeat(900_000)}\r\n\r\nFrom here it is body`
    const box = join(tempFolder(t), 'large.mbox')
    writeFileSync(box, mbox([large, personalReply(about), large.replace('5.1.1', '5.1.2')]))
    const { totals } = await importBounces(ctx, [box])
    assert.equal(totals.read, 3)
    assert.equal(totals.matched, 2)
  })
})
