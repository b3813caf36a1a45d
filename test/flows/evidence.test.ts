import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { CompiledQuery } from 'kysely'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { setCustomer } from '../../src/core/flows/customers.ts'
import { setType } from '../../src/core/flows/types.ts'
import { collectEvidence } from '../../src/core/flows/evidence.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import type { Evidence, OrderEvidence } from '../../src/core/model/results/evidence.ts'
import { verifyChain } from '../../src/core/store/event-chain.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { saveProfile } from '../../src/core/store/profiles.ts'
import { steerDeliveries } from '../../src/core/store/steer.ts'
import { certificates, noCertificates } from '../support/certificates.ts'
import { type CfdiOptions, makeCfdi, makePdf, uuidOf, writeErpFolder } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { smtpProfile } from '../support/profiles.ts'
import { smtpServer, type SmtpServerOptions } from '../support/smtp-server.ts'
import { damageSnapshot } from '../support/snapshots.ts'
import { tempFolder } from '../support/temp.ts'

const SEND = { limit: null, profile: null }
const INVOICE: CfdiOptions = {
  series: 'A',
  folio: '1',
  issuedAt: '2024-05-20T09:00:00',
  receiverRfc: 'URE180429TM6',
}
const UUID = uuidOf(INVOICE)

/** Packages the invoice from a folder that stays, with one of the two recipients' answers as given. */
async function packaged(
  t: TestContext,
  wishes: { readonly zip?: true; readonly addenda?: true; readonly folios?: readonly string[] } = {},
) {
  const { ctx } = await testCtx(t)
  if (wishes.addenda) {
    await setType(ctx, 'GRAL', { addenda: 'generica', withBom: true })
    await setCustomer(ctx, 'C00001', { addendaFields: [['pedido', 'OC-77']] })
  }
  const folder = tempFolder(t)
  const folios = wishes.folios ?? ['1']
  await writeErpFolder(
    folder,
    folios.map((folio) => ({ cfdi: { ...INVOICE, folio }, pdf: makePdf(folio, 4000) })),
  )
  const request = { clients: [], period: ALWAYS, kinds: null, type: null, reason: null }
  const grouping = folios.length > 1 ? 'customer' : null
  const packing = wishes.zip === undefined ? null : 'zip'
  const how = { grouping, packing, scope: 'all', repetition: 'once', mode: 'write' } as const
  await packageCfdis(ctx, { ...request, ...how, sources: [folder] })
  return { ctx, folder }
}

async function send(t: TestContext, ctx: Ctx, options: SmtpServerOptions = {}) {
  const server = await smtpServer(t, options)
  const profile = { ...smtpProfile({ name: 'oficina', port: server.port }), hold: null, testedAt: null }
  const secured =
    options.tls === undefined ? {} : { security: 'starttls' as const, caFile: certificates().caFile }
  await saveProfile(ctx.db, { ...profile, ...secured }, ctx.now().toISOString())
  await sendDue(ctx, SEND)
  return server
}

async function collect(t: TestContext, ctx: Ctx) {
  const out = join(tempFolder(t), 'constancia')
  const result = await collectEvidence(ctx, { uuid: UUID, order: null, out })
  const [first] = result.orders
  assert.ok(first)
  const read = (name: string) => readFileSync(join(out, name))
  const json = (name: string) =>
    JSON.parse(read(`${first.order.id}/${name}`).toString()) as OrderEvidence & Pick<Evidence, 'chain'>
  return { out, result, first, read, json, page: read('index.html').toString() }
}

describe('evidence of a document', () => {
  test('message.eml is byte for byte what the server received', async (t) => {
    const { ctx } = await packaged(t)
    const server = await send(t, ctx)
    const { first, read, result } = await collect(t, ctx)
    assert.equal(server.messages.length, 1)
    assert.deepEqual(read(`${first.order.id}/message.eml`), server.messages[0]?.raw)
    assert.equal(result.needsPerson, false)
  })

  test('every file is listed with its hash, and only the owner can read them', async (t) => {
    const { ctx } = await packaged(t)
    await send(t, ctx)
    const { out, result, read } = await collect(t, ctx)
    const lines = read('SHA256SUMS').toString().trimEnd().split('\n')
    for (const line of lines) {
      const [sha256, name = ''] = line.split('  ')
      assert.equal(createHash('sha256').update(read(name)).digest('hex'), sha256, name)
      if (process.platform !== 'win32') assert.equal(statSync(join(out, name)).mode & 0o077, 0, name)
    }
    const names = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    assert.equal(lines.length, names.length - 1, 'all but the list itself')
    assert.equal(result.files.length, names.length)
  })

  test('the recipients, the rule that chose them and what the server said to each', async (t) => {
    const { ctx } = await packaged(t)
    await send(t, ctx, {
      onRecipient: (address) => (address.startsWith('dos') ? '550 5.1.1 no such user' : undefined),
    })
    const { json, page } = await collect(t, ctx)
    const { deliveries } = json('deliveries.json')
    const facts = deliveries.map(({ recipient, rule, state, code, attemptList }) => ({
      ...{ recipient, rule, state, code },
      outcomes: attemptList.map(({ outcome }) => outcome),
    }))
    const rule = 'packaging-entry'
    assert.deepEqual(facts, [
      { recipient: 'uno@ure.example', rule, state: 'sent', code: 250, outcomes: ['accepted'] },
      { recipient: 'dos@ure.example', rule, state: 'failed', code: 550, outcomes: ['rejected'] },
    ])
    assert.match(deliveries[1]?.reply ?? '', /no such user/)
    assert.match(page, /no such user/)
    assert.ok(deliveries[0]?.dottedAt !== null && deliveries[1]?.dottedAt === null)
  })

  test(
    'the connection is told: version, cipher and certificate, or that it was in clear text',
    { skip: noCertificates() },
    async (t) => {
      const { ctx } = await packaged(t)
      await send(t, ctx, { tls: certificates().good })
      const { first } = await collect(t, ctx)
      const [tls = ''] = first.deliveries.flatMap(({ attemptList }) => attemptList.map((each) => each.tls))
      assert.match(
        tls,
        /^TLSv1\.[23] TLS_\w+, certificate CN=.+, issuer Test CA, until \d{4}-\d\d-\d\d, SHA-256 [0-9a-f]{64}$/,
      )
      const clear = await packaged(t)
      await send(t, clear.ctx)
      const told = (await collect(t, clear.ctx)).first.deliveries.flatMap(({ attemptList }) => attemptList)
      assert.deepEqual(
        told.map((attempt) => attempt.tls),
        ['', ''],
      )
    },
  )

  test("the order's events stand with their hashes, and the chain's head with them", async (t) => {
    const { ctx } = await packaged(t)
    await send(t, ctx)
    const { json, first } = await collect(t, ctx)
    const { chain, events } = json('events.json')
    assert.deepEqual(
      events.map(({ event }) => event),
      ['packaged', 'sent', 'sent'],
    )
    for (const { prevHash, hash, ...event } of events)
      assert.equal(
        createHash('sha256')
          .update(`${prevHash}\n${JSON.stringify(event)}`)
          .digest('hex'),
        hash,
      )
    assert.equal(chain.head.hash, (await verifyChain(ctx.db, null)).head.hash)
    assert.equal(first.events.length, 3)
  })

  test('a source that changed or went after packaging is told, and what was sent is still proved', async (t) => {
    const { ctx, folder } = await packaged(t)
    const server = await send(t, ctx)
    const states = async () => (await collect(t, ctx)).first.attachments.map(({ source }) => source)
    assert.deepEqual(await states(), ['same', 'same'])
    const [xml = '', pdf = ''] = ['.xml', '.pdf'].map((end) =>
      join(folder, readdirSync(folder).find((name) => name.endsWith(end)) ?? ''),
    )
    writeFileSync(pdf, makePdf('otro', 4000))
    rmSync(xml)
    assert.deepEqual(await states(), ['gone', 'changed'])
    const { first, read } = await collect(t, ctx)
    assert.deepEqual(read(`${first.order.id}/message.eml`), server.messages[0]?.raw)
  })

  // A copy with an addenda was told as "changed after it was packaged": its hash is not that of the file.
  test('a copy with addenda and byte order mark has the same source, whose hash is told, alone and in a ZIP', async (t) => {
    for (const wishes of [{}, { zip: true }] as const) {
      const { ctx } = await packaged(t, { ...wishes, addenda: true })
      await send(t, ctx)
      const { first, page } = await collect(t, ctx)
      const facts = first.attachments.flatMap((each) => [each, ...each.entries])
      const xml = facts.find(({ name }) => name.endsWith('.xml'))
      assert.equal(xml?.source, 'same')
      const onDisk = createHash('sha256').update(makeCfdi(INVOICE)).digest('hex')
      assert.equal(xml.sourceSha256, onDisk)
      assert.notEqual(xml.sha256, onDisk)
      assert.match(page, new RegExp(`copia con BOM o addenda. SHA-256 del origen: ${onDisk}`))
    }
  })

  test('what is inside a ZIP is compared with its sources one by one', async (t) => {
    const { ctx } = await packaged(t, { zip: true, folios: ['1', '2'] })
    await send(t, ctx)
    const { first, page } = await collect(t, ctx)
    assert.equal(first.attachments.length, 1)
    assert.equal(first.attachments[0]?.source, 'same')
    assert.equal(first.attachments[0].entries.length, 4)
    assert.match(page, /lleva también: I A-2/)
  })

  test('a snapshot that is gone or altered: no message.eml, and a person is called', async (t) => {
    const { ctx } = await packaged(t)
    await send(t, ctx)
    const [order] = await listOrders(ctx.db, {})
    await damageSnapshot(ctx, order?.id ?? '')
    const { result, first, out } = await collect(t, ctx)
    assert.equal(first.message.problem, 'snapshot-missing')
    assert.equal(first.attachments[0]?.kept, false)
    assert.equal(result.needsPerson, true)
    assert.equal(existsSync(join(out, first.order.id, 'message.eml')), false)
  })

  test('every order that carries the document has its own folder', async (t) => {
    const { ctx } = await packaged(t)
    const server = await send(t, ctx)
    const { first: order } = await collect(t, ctx)
    const all = { clients: [], period: ALWAYS, states: null, to: [] }
    const how = { keep: 'once', confirmed: 'no', reason: 'lo pidió el cliente' } as const
    await resendOrders(ctx, { orders: [order.order.id], ...all, ...how })
    await sendDue(ctx, SEND)
    const { result, read, page } = await collect(t, ctx)
    assert.equal(result.orders.length, 2)
    result.orders.forEach(({ order: { id } }, i) => {
      assert.deepEqual(read(`${id}/message.eml`), server.messages[i]?.raw)
    })
    assert.match(page, /lo pidió el cliente/)
  })

  test('an order that never had a sender is told as such and calls nobody', async (t) => {
    const { ctx } = await packaged(t)
    const { result, first } = await collect(t, ctx)
    assert.equal(first.message.problem, 'not-sealed')
    assert.equal(result.needsPerson, false)
  })

  test('a folder with something in it, an unknown document and a word that is none are refused', async (t) => {
    const { ctx } = await packaged(t)
    const out = tempFolder(t)
    writeFileSync(join(out, 'nota.txt'), 'x')
    await assert.rejects(collectEvidence(ctx, { uuid: UUID, order: null, out }), { code: 'FOLDER_NOT_EMPTY' })
    assert.deepEqual(readdirSync(out), ['nota.txt'])
    const other = '00000000-0000-4000-8000-000000000000'
    await assert.rejects(collectEvidence(ctx, { uuid: other, order: null, out }), { code: 'NO_EVIDENCE' })
    await assert.rejects(collectEvidence(ctx, { uuid: 'A-1', order: null, out }), { code: 'BAD_UUID' })
  })

  test('row 132: where the event log was edited the page says so, and a person is called', async (t) => {
    const { ctx } = await packaged(t)
    await send(t, ctx)
    await ctx.db.executeQuery(CompiledQuery.raw('drop trigger event_no_update'))
    await ctx.db.updateTable('event').set({ detail: '550 no' }).where('event', '=', 'sent').execute()
    const { page, result } = await collect(t, ctx)
    assert.match(page, /ATENCIÓN: la bitácora no está completa/)
    assert.equal(result.needsPerson, true)
  })

  test('a delivery that a person settled as sent is not said to be accepted by a server', async (t) => {
    const { ctx } = await packaged(t)
    await send(t, ctx, { onMessage: () => '451 4.7.1 later' })
    const moved = { from: ['deferred'], to: 'sent', recipients: null, at: ctx.now() } as const
    const [order] = await listOrders(ctx.db, {})
    await ctx.db.transaction().execute(async (db) => {
      const words = { event: 'resolved', detail: 'lo confirmó el cliente' } as const
      await steerDeliveries(db, { orders: [order?.id ?? ''], ...moved, ...words })
    })
    const { page } = await collect(t, ctx)
    assert.doesNotMatch(page, /aceptó el mensaje y se hizo cargo/)
    assert.match(page, /se dio por enviado después/)
    assert.match(page, /lo confirmó el cliente/)
  })

  test('what a server says runs nothing on the page', async (t) => {
    const { ctx } = await packaged(t)
    await send(t, ctx, { onMessage: () => '554 5.7.1 <script>alert(1)</script> & "x"' })
    const { page } = await collect(t, ctx)
    assert.doesNotMatch(page, /<script/)
    assert.match(page, /&lt;script&gt;alert\(1\)/)
  })

  // Squeezed to a phone's width, titles and dates were once broken by the letter.
  test('every table with columns rolls sideways on a narrow screen', async (t) => {
    const { ctx } = await packaged(t)
    await send(t, ctx)
    const { page } = await collect(t, ctx)
    const tables = page.match(/<table>/g) ?? []
    assert.ok(tables.length >= 4)
    assert.equal(page.match(/<div class="wide">\s*<table>/g)?.length, tables.length)
    assert.match(page, /@media screen and \(max-width[^{]*\{[^@]*\.wide \{ overflow-x: auto \}/)
  })
})
