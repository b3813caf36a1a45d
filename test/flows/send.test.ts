import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import type { Customer } from '../../src/core/model/customer.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { markCancelled } from '../../src/core/store/cancelled-documents.ts'
import { claimOrders } from '../../src/core/store/claims.ts'
import { markDotted } from '../../src/core/store/settle.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { findProfile, saveProfile } from '../../src/core/store/profiles.ts'
import { makeCfdi, makePdf, uuidOf, writeErpFolder } from '../support/cfdi-factory.ts'
import { smtpProfile } from '../support/profiles.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { smtpServer, type SmtpServerOptions } from '../support/smtp-server.ts'
import { storeCtx } from '../support/store-ctx.ts'
import { tempFolder } from '../support/temp.ts'

const SEND = { limit: null, profile: null }
const START = new Date('2024-06-01T12:00:00Z')
const INVOICE = {
  series: 'A',
  folio: '1',
  issuedAt: '2024-05-20T09:00:00',
  receiverRfc: 'URE180429TM6',
} as const
const CUSTOMER: Customer = {
  code: 'C00001',
  name: 'UNIVERSIDAD ROBOTICA ESPAÑOLA',
  rfc: 'URE180429TM6',
  email: '',
  billingEmail: '',
  packaging: { type: 'GRAL', addresses: ['uno@ure.example', 'dos@ure.example'] },
  contacts: [],
}

interface House {
  readonly ctx: Ctx
  /** Minutes since the start; the flows' clock. */
  readonly clock: { minutes: number }
  package(folios?: readonly string[]): Promise<void>
}

async function house(t: TestContext, customer: Customer = CUSTOMER): Promise<House> {
  const data = tempFolder(t)
  const clock = { minutes: 0 }
  const ctx = await storeCtx(t, {
    folders: {
      data,
      store: ':memory:',
      spool: join(data, 'spool'),
      lock: join(data, 'lock'),
      settings: join(data, 's.yaml'),
    },
    channel: smtpChannel(),
    secrets: { seal: (_place, clear) => clear, reveal: (_place, stored) => Promise.resolve(stored) },
    now: () => new Date(START.getTime() + clock.minutes * 60_000),
  })
  await saveCustomer(ctx.db, customer, ctx.now())
  return {
    ctx,
    clock,
    async package(folios = ['1']) {
      const folder = tempFolder(t)
      await writeErpFolder(
        folder,
        folios.map((folio) => ({ cfdi: { ...INVOICE, folio }, pdf: makePdf(folio, 4000) })),
      )
      const request = {
        clients: [],
        period: ALWAYS,
        kinds: null,
        type: null,
        grouping: null,
        packing: null,
        reason: null,
      }
      await packageCfdis(ctx, {
        ...request,
        sources: [folder],
        scope: 'all',
        repetition: 'once',
        mode: 'write',
      })
    },
  }
}

async function withServer(t: TestContext, house: House, options: SmtpServerOptions = {}) {
  const server = await smtpServer(t, options)
  await useProfile(house.ctx, server.port)
  return server
}

async function useProfile(ctx: Ctx, port: number, connections = 1): Promise<void> {
  await saveProfile(
    ctx.db,
    { ...smtpProfile({ name: 'oficina', port, connections }), hold: null, testedAt: null },
    ctx.now().toISOString(),
  )
}

async function statesOf(ctx: Ctx): Promise<string[]> {
  return (await listOrders(ctx.db, {})).flatMap(({ deliveries }) =>
    deliveries.map(({ recipient, state }) => `${recipient} ${state}`),
  )
}

describe('sending', () => {
  test('the message arrives with the very bytes of the XML and the PDF, for exactly the recipients of the order', async (t) => {
    const house_ = await house(t)
    const server = await withServer(t, house_)
    await house_.package()
    const result = await sendDue(house_.ctx, SEND)
    assert.deepEqual(result.totals, { sent: 2, deferred: 0, failed: 0, unknown: 0, held: 0 })
    const [received] = server.messages
    assert.deepEqual(received?.recipients, ['uno@ure.example', 'dos@ure.example'])
    const mail: ParsedMail = await simpleParser(received?.raw ?? '')
    assert.deepEqual(mail.attachments[0]?.content, makeCfdi(INVOICE))
    assert.deepEqual(mail.attachments[1]?.content, makePdf('1', 4000))
    assert.equal((await sendDue(house_.ctx, SEND)).deliveries.length, 0)
  })

  test('an order packaged before there was any profile is sent once there is one', async (t) => {
    const house_ = await house(t)
    await house_.package()
    await assert.rejects(sendDue(house_.ctx, SEND), { code: 'NO_PROFILE' })
    const server = await withServer(t, house_)
    await sendDue(house_.ctx, SEND)
    const mail = await simpleParser(server.messages[0]?.raw ?? '')
    assert.equal(mail.from?.value[0]?.address, 'ventas@emisor.example')
    assert.equal(mail.attachments.length, 2)
  })

  test('row 98: an order of a customer without address goes by itself once the customer has one', async (t) => {
    const house_ = await house(t, { ...CUSTOMER, packaging: { type: 'GRAL', addresses: [] } })
    const server = await withServer(t, house_)
    await house_.package()
    assert.equal((await sendDue(house_.ctx, SEND)).totals.held, 1)
    await saveCustomer(house_.ctx.db, CUSTOMER, house_.ctx.now())
    assert.equal((await sendDue(house_.ctx, SEND)).totals.sent, 2)
    const mail = await simpleParser(server.messages[0]?.raw ?? '')
    assert.match(
      mail.headers.get('to') === undefined ? '' : JSON.stringify(mail.to),
      /uno@ure\.example.*dos@ure\.example/,
    )
  })

  test('row 11: one recipient refused for good and one for now: three outcomes, and the retry goes only to the one still owed', async (t) => {
    const house_ = await house(t)
    const replies = new Map([['dos@ure.example', '450 4.2.0 Greylisted']])
    const server = await withServer(t, house_, { onRecipient: (address) => replies.get(address) })
    await house_.package()
    await sendDue(house_.ctx, SEND)
    assert.deepEqual(await statesOf(house_.ctx), ['uno@ure.example sent', 'dos@ure.example deferred'])
    replies.clear()
    house_.clock.minutes = 0.5
    assert.equal((await sendDue(house_.ctx, SEND)).deliveries.length, 0, 'not before its time')
    house_.clock.minutes = 2
    await sendDue(house_.ctx, SEND)
    assert.deepEqual(
      server.messages.map(({ recipients }) => recipients),
      [['uno@ure.example'], ['dos@ure.example']],
    )
    assert.deepEqual(server.messages[0]?.raw, server.messages[1]?.raw, 'every try is the same message')
  })

  test('row 10: a 550 for one address fails that address alone', async (t) => {
    const house_ = await house(t)
    await withServer(t, house_, {
      onRecipient: (address) => (address.startsWith('dos') ? '550 5.1.1 No such user' : undefined),
    })
    await house_.package()
    const { totals } = await sendDue(house_.ctx, SEND)
    assert.deepEqual([totals.sent, totals.failed], [1, 1])
  })

  test('row 99: an address that a header cannot write is told apart from the others, and they get their mail', async (t) => {
    const house_ = await house(t, {
      ...CUSTOMER,
      packaging: { type: 'GRAL', addresses: ['uno@ure.example', 'peña@ure.example'] },
    })
    const server = await withServer(t, house_)
    await house_.package()
    const { totals } = await sendDue(house_.ctx, SEND)
    assert.deepEqual(server.messages[0]?.recipients.slice(0, 1), ['uno@ure.example'])
    assert.equal(totals.sent + totals.failed, 2)
  })

  test('--limit counts messages, the rest stays due', async (t) => {
    const house_ = await house(t)
    const server = await withServer(t, house_)
    await house_.package(['1', '2', '3'])
    const result = await sendDue(house_.ctx, { limit: 2, profile: null })
    assert.deepEqual([server.messages.length, result.waiting], [2, 2])
  })

  test('row 75: a document cancelled after packaging never leaves', async (t) => {
    const house_ = await house(t)
    const server = await withServer(t, house_)
    await house_.package()
    await markCancelled(house_.ctx.db, { uuids: [uuidOf(INVOICE)], reason: 'error', at: START.toISOString() })
    await sendDue(house_.ctx, SEND)
    assert.equal(server.messages.length, 0)
    assert.deepEqual(await statesOf(house_.ctx), ['uno@ure.example cancelled', 'dos@ure.example cancelled'])
  })

  test('row 60: a snapshot that is gone holds the order for review, and the others go', async (t) => {
    const house_ = await house(t)
    const server = await withServer(t, house_)
    await house_.package(['1', '2'])
    const [order] = await listOrders(house_.ctx.db, {})
    const sha256 = order?.attachments[0]?.sha256 ?? ''
    rmSync(join(house_.ctx.folders.spool, sha256.slice(0, 2), sha256.slice(2)))
    const { totals } = await sendDue(house_.ctx, SEND)
    assert.deepEqual([server.messages.length, totals.sent, totals.held], [1, 2, 2])
  })
})

describe('faults of the profile', () => {
  test('row 18: a wrong password is tried once, holds the profile and burns no delivery', async (t) => {
    const house_ = await house(t)
    const server = await smtpServer(t, { login: { user: 'u', password: 'buena' } })
    const profile = smtpProfile({ name: 'oficina', port: server.port, user: 'u', secret: 'mala' })
    await saveProfile(house_.ctx.db, { ...profile, hold: null, testedAt: null }, START.toISOString())
    await house_.package(['1', '2', '3'])
    const first = await sendDue(house_.ctx, SEND)
    assert.deepEqual([first.totals.failed, first.waiting, first.profiles[0]?.cause], [0, 6, 'bad-password'])
    await sendDue(house_.ctx, SEND)
    assert.equal(server.logins.length, 1)
    assert.equal((await findProfile(house_.ctx.db, 'oficina'))?.hold?.until, null)
  })

  test('row 22: a dead server holds the profile for a minute, then longer, and charges no try', async (t) => {
    const house_ = await house(t)
    await useProfile(house_.ctx, 1)
    await house_.package()
    const first = await sendDue(house_.ctx, SEND)
    assert.equal(first.profiles[0]?.cause, 'refused')
    house_.clock.minutes = 2
    await sendDue(house_.ctx, SEND)
    const hold = (await findProfile(house_.ctx.db, 'oficina'))?.hold
    assert.deepEqual([hold?.strikes, hold?.until], [2, '2024-06-01T12:07:00.000Z'])
    const [order] = await listOrders(house_.ctx.db, {})
    assert.deepEqual(
      order?.deliveries.map(({ state, attempts }) => [state, attempts]),
      [
        ['pending', 0],
        ['pending', 0],
      ],
    )
  })
})

describe('the moment nobody can know', () => {
  test('row 2: a connection that dies after the dot leaves the deliveries unknown, and no later run sends them', async (t) => {
    const house_ = await house(t)
    const server = await rawSmtp(t, { script: { dot: { send: '', then: 'drop' } } })
    await useProfile(house_.ctx, server.port)
    await house_.package()
    const { totals } = await sendDue(house_.ctx, SEND)
    assert.equal(totals.unknown, 2)
    house_.clock.minutes = 600
    assert.equal((await sendDue(house_.ctx, SEND)).deliveries.length, 0)
  })

  test('row 1: what a dead process left: leased is sent, dotted becomes unknown', async (t) => {
    const house_ = await house(t)
    const server = await withServer(t, house_)
    await house_.package(['1', '2'])
    const [first, second] = await claimOrders(house_.ctx.db, {
      profile: null,
      now: START,
      token: 'dead',
      limit: 2,
    })
    await markDotted(house_.ctx.db, {
      token: 'dead',
      deliveries: first?.deliveries.map(({ id }) => id) ?? [],
      at: START,
    })
    const { totals } = await sendDue(house_.ctx, SEND)
    assert.deepEqual([totals.unknown, totals.sent], [2, 2])
    assert.equal(server.messages.length, 1)
    assert.match(server.messages[0]?.raw.toString('latin1') ?? '', new RegExp(second?.messageId ?? '-'))
  })

  test('row 36: a second sender leaves at once', async (t) => {
    const house_ = await house(t)
    let inner: unknown
    await withServer(t, house_)
    await house_.package()
    const ctx: Ctx = {
      ...house_.ctx,
      progress: () => {
        inner ??= sendDue(house_.ctx, SEND).catch((error: unknown) => error)
      },
    }
    await sendDue(ctx, SEND)
    assert.equal(((await inner) as { code: string }).code, 'SEND_RUNNING')
  })

  test('several connections share the work and send each message once', async (t) => {
    const house_ = await house(t)
    const server = await smtpServer(t)
    await useProfile(house_.ctx, server.port, 4)
    const folios = Array.from({ length: 30 }, (_, i) => String(i + 1))
    await house_.package(folios)
    const { totals } = await sendDue(house_.ctx, SEND)
    assert.deepEqual([totals.sent, server.messages.length], [60, 30])
    const ids = new Set(
      server.messages.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString('latin1'))?.[1]),
    )
    assert.equal(ids.size, 30)
  })
})
