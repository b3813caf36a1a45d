import assert from 'node:assert/strict'
import { after, before, describe, test, type TestContext } from 'node:test'
import { checkBounces, type CheckBouncesRequest } from '../../src/core/flows/bounces-check.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { showOrder } from '../../src/core/flows/outbox.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { outOfOffice, type Returned, standardReport } from '../support/bounces.ts'
import { certificates } from '../support/certificates.ts'
import { packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { type Dovecot, type ImapAccount, startDovecot } from '../support/dovecot.ts'
import { program } from '../support/programs.ts'
import { rawSmtp, type Script } from '../support/raw-smtp.ts'

const { skip } = program('dovecot')
const UNO = 'uno@ure.example'

let server: Dovecot | undefined
before(async () => {
  if (skip === false) server = await startDovecot(certificates().good)
})
after(() => server?.stop())

/** An order that the server's script made sent or uncertain, and a mailbox. */
async function prepared(t: TestContext, script: Script = {}) {
  assert.ok(server)
  const mailbox = server.account()
  const { ctx } = await testCtx(t, { readStdin: async () => `${mailbox.password}\n` })
  const smtp = await rawSmtp(t, { script })
  await useProfile(ctx, smtp.port)
  const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
  await sendDue(ctx, { profile: null, limit: null })
  const { messageId } = (await showOrder(ctx, order?.id ?? '')).order
  const about: Returned = {
    ...{ messageId, envelopeId: '', recipient: UNO, action: 'failed', status: '5.1.1' },
    diagnostic: 'smtp; 550 5.1.1 <uno@ure.example>: Recipient address rejected',
  }
  return { ctx, mailbox, id: order?.id ?? '', about }
}

const NOTHING_SAID: CheckBouncesRequest = {
  ...{ profile: undefined, host: undefined, port: undefined, user: undefined, password: undefined },
  ...{ mailbox: undefined, archive: undefined, caFile: undefined, keep: 'use', limit: null },
}

function check(ctx: Ctx, { port, user }: ImapAccount, changes: Partial<CheckBouncesRequest> = {}) {
  return checkBounces(ctx, {
    ...NOTHING_SAID,
    ...{ host: 'localhost', port, user, password: 'stdin', caFile: certificates().caFile },
    ...changes,
  })
}

describe('row 96: a bounce mailbox at Dovecot', { skip }, () => {
  test('is read once and left as it was: a second check finds only what is new', async (t) => {
    const { ctx, mailbox, id, about } = await prepared(t)
    mailbox.deliver('INBOX', standardReport(about))
    mailbox.deliver('INBOX', outOfOffice(about))
    const first = await check(ctx, mailbox)
    assert.equal(first.totals.read, 2)
    assert.equal(first.totals.matched, 1)
    assert.equal((await showOrder(ctx, id)).order.state, 'bounced')
    assert.ok(mailbox.files('INBOX').every((name) => !name.includes('S')))
    assert.equal((await check(ctx, mailbox)).totals.read, 0)
    mailbox.deliver('INBOX', standardReport({ ...about, recipient: 'dos@ure.example' }))
    const third = await check(ctx, mailbox)
    assert.deepEqual(
      third.bounces.map(({ recipient, effect }) => [recipient, effect]),
      [['dos@ure.example', 'changed']],
    )
  })

  test('whose numbers change (UIDVALIDITY) is read again from the start, and nothing counts twice', async (t) => {
    const { ctx, mailbox, about } = await prepared(t)
    mailbox.deliver('INBOX', standardReport(about))
    assert.equal((await check(ctx, mailbox)).totals.matched, 1)
    mailbox.renumber('INBOX')
    const again = await check(ctx, mailbox)
    assert.equal(again.totals.read, 1)
    assert.equal(again.totals.repeated, 1)
    assert.deepEqual(again.bounces, [])
  })

  test('that is large is read in batches, each from where the last one ended', async (t) => {
    const { ctx, mailbox, about } = await prepared(t)
    for (let i = 0; i < 7; i++) mailbox.deliver('INBOX', outOfOffice(about).replace('lunes', `lunes ${i}`))
    const reads = []
    for (let i = 0; i < 3; i++) {
      const { totals, mailbox: read } = await check(ctx, mailbox, { limit: 3 })
      reads.push([totals.read, read?.more])
    }
    assert.deepEqual(reads, [
      [3, true],
      [3, true],
      [1, false],
    ])
  })

  test('gives of a huge mail the part that counts', async (t) => {
    const { ctx, mailbox, about } = await prepared(t)
    mailbox.deliver('INBOX', `${standardReport(about)}${'x'.repeat(76)}\r\n`.padEnd(3_000_000, 'y\r\n'))
    assert.equal((await check(ctx, mailbox)).totals.matched, 1)
  })
})

describe('the account of a bounce mailbox', { skip }, () => {
  test('is kept with the profile once it was read, its password sealed', async (t) => {
    const { ctx, mailbox, about } = await prepared(t)
    await check(ctx, mailbox, { keep: 'save' })
    const row = await ctx.db.selectFrom('bounce_mailbox').selectAll().executeTakeFirstOrThrow()
    assert.equal(row.profile, 'oficina')
    assert.match(row.secret, /^v1\./)
    assert.doesNotMatch(JSON.stringify(row), new RegExp(mailbox.password))
    mailbox.deliver('INBOX', standardReport(about))
    const result = await checkBounces(ctx, NOTHING_SAID)
    assert.equal(result.totals.matched, 1)
  })

  test('is not offered to another server', async (t) => {
    const { ctx, mailbox } = await prepared(t)
    await check(ctx, mailbox, { keep: 'save' })
    const elsewhere = checkBounces(ctx, { ...NOTHING_SAID, host: '127.0.0.1' })
    await assert.rejects(elsewhere, { code: 'NO_PASSWORD' })
  })

  test('with a wrong password is refused without telling it', async (t) => {
    const { ctx, mailbox } = await prepared(t)
    const wrong = { ...ctx, readStdin: async () => 'equivocada-9f3' }
    await assert.rejects(check(wrong, mailbox, { keep: 'save' }), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'MAILBOX_REFUSED')
      assert.doesNotMatch(JSON.stringify(error) + String(error.stack), /equivocada/)
      return true
    })
    assert.deepEqual(await ctx.db.selectFrom('bounce_mailbox').selectAll().execute(), [])
  })

  test('is not signed in to when the certificate is of an authority that nobody knows', async (t) => {
    const { ctx, mailbox } = await prepared(t)
    await assert.rejects(check(ctx, mailbox, { caFile: '' }), { code: 'MAILBOX_UNREACHABLE' })
    await assert.rejects(check(ctx, mailbox, { caFile: import.meta.filename }), { code: 'BAD_CA_FILE' })
    assert.equal(mailbox.log(), '')
  })

  test('names a folder that is not there, and an account that nobody gave', async (t) => {
    const { ctx, mailbox } = await prepared(t)
    await assert.rejects(check(ctx, mailbox, { mailbox: 'Nada' }), { code: 'MAILBOX_NOT_FOUND' })
    await assert.rejects(checkBounces(ctx, NOTHING_SAID), { code: 'NO_BOUNCE_MAILBOX' })
  })

  // A misspelt archive was kept without a word, or ended the run after mails had been read, whose news nobody then saw.
  test('names an archive that is not there before it reads or keeps anything', async (t) => {
    const { ctx, mailbox, about } = await prepared(t)
    mailbox.deliver('INBOX', standardReport(about))
    const wrong = check(ctx, mailbox, { archive: 'Nada', keep: 'save' })
    await assert.rejects(wrong, { code: 'MAILBOX_NOT_FOUND', params: { mailbox: 'Nada' } })
    assert.deepEqual(await ctx.db.selectFrom('bounce_mailbox').selectAll().execute(), [])
    assert.equal((await check(ctx, mailbox)).totals.matched, 1)
  })
})

describe('row 25: a copy in the archive mailbox', { skip }, () => {
  const copyOf = ({ messageId }: Returned) =>
    `Message-ID: ${messageId}\r\nSubject: Factura\r\n\r\nAdjuntamos su factura.\r\n`

  test('settles an uncertain order: the server took it', async (t) => {
    const { ctx, mailbox, id, about } = await prepared(t, { dot: 'DROP' })
    mailbox.deliver('Sent', copyOf({ ...about, messageId: '<other@emisor.example>' }))
    await check(ctx, mailbox, { archive: 'Sent' })
    assert.equal((await showOrder(ctx, id)).order.state, 'unknown')
    mailbox.deliver('Sent', copyOf(about))
    const { bounces } = await check(ctx, mailbox, { archive: 'Sent' })
    assert.deepEqual(
      bounces.map(({ verdict, proof, effect }) => [verdict, proof, effect]),
      Array.from({ length: 2 }, () => ['archived', 'archive', 'changed']),
    )
    const { order, events } = await showOrder(ctx, id)
    assert.deepEqual(
      order.deliveries.map(({ state }) => state),
      ['sent', 'sent'],
    )
    assert.equal(events.filter(({ event }) => event === 'resolved').length, 2)
  })

  test('says nothing about a recipient who was in doubt in another transaction', async (t) => {
    const { ctx, mailbox, id, about } = await prepared(t, { dot: 'DROP' })
    await ctx.db
      .updateTable('delivery')
      .set({ state: 'sent', dotted_at: '2024-06-01T09:00:00.000Z' })
      .where('recipient', '=', 'dos@ure.example')
      .execute()
    mailbox.deliver('Sent', copyOf(about))
    await check(ctx, mailbox, { archive: 'Sent' })
    assert.equal((await showOrder(ctx, id)).order.state, 'unknown')
  })
})
