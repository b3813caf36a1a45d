import assert from 'node:assert/strict'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { cancelOrders } from '../../src/core/flows/steer-orders.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { takeRunLock } from '../../src/core/store/run-lock.ts'
import { type CfdiOptions, makeCfdi, makePdf } from '../support/cfdi-factory.ts'
import { testCtx, useProfile } from '../support/ctx.ts'
import { dropFolder } from '../support/order-files.ts'
import { customer } from '../support/packaging.ts'
import { refusingPort } from '../support/ports.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'
import { watching } from '../support/watching.ts'

const LIMIT = { timeout: 60_000 }

/** Writes the XML and PDF of a document under its folio, as an ERP does. */
function drop(
  folder: string,
  folio: string,
  { pdf = true, ...cfdi }: CfdiOptions & { pdf?: boolean } = {},
): void {
  writeFileSync(join(folder, `${folio}.xml`), makeCfdi({ ...cfdi, folio }))
  if (pdf) dropPdf(folder, folio)
}

function dropPdf(folder: string, folio: string): void {
  writeFileSync(join(folder, `${folio}.pdf`), makePdf(folio, 500))
}

async function quiet(t: TestContext) {
  const { ctx } = await testCtx(t)
  const watch = watching(t, ctx)
  assert.equal(await watch.nextWords(), 'started 0 queued 0 waiting 0 blocked')
  return { ctx, ...watch }
}

describe('watch packages what appears', LIMIT, () => {
  test('what was there before is packaged and told as a sum; what comes later is told one by one', async (t) => {
    const { ctx } = await testCtx(t)
    const folder = tempFolder(t)
    drop(folder, '1')
    drop(folder, '2')
    const watch = watching(t, ctx, { folder, patience: { settle: 1, wait: 120_000 } })
    // Its clock says 2024, so the files of today are as young as can be: they are looked at again.
    assert.equal(await watch.nextWords(), 'started 0 queued 2 waiting 0 blocked')
    assert.equal(await watch.nextWords(), 'packaged 1')
    assert.equal(await watch.nextWords(), 'packaged 2')
    drop(folder, '3')
    const told = await watch.next()
    assert.ok(told.kind === 'watched' && told.event === 'packaged')
    assert.deepEqual(
      told.order.recipients.map(({ address }) => address),
      ['uno@ure.example', 'dos@ure.example'],
    )
    await watch.end()
    const again = watching(t, ctx, { folder })
    assert.equal(await again.nextWords(), 'started 0 queued 0 waiting 0 blocked')
  })

  // "Empaquetando… 1,452 de 1,507 · faltan 0:01" stood on the terminal until the next document came.
  test('between two looks it says that nothing is under way', async (t) => {
    const told: string[] = []
    const { ctx } = await testCtx(t, { progress: (stage) => told.push(stage), idle: () => told.push('idle') })
    const watch = watching(t, ctx)
    await watch.next()
    drop(watch.folder, '1')
    assert.equal(await watch.nextWords(), 'packaged 1')
    assert.ok(told.lastIndexOf('idle') > told.indexOf('index'))
  })

  test('a PDF that comes after its XML, or before it, goes with it', async (t) => {
    const { folder, nextWords, ctx } = await quiet(t)
    drop(folder, '1', { pdf: false })
    dropPdf(folder, '2')
    await ctx.sleep(30_000)
    dropPdf(folder, '1')
    assert.equal(await nextWords(), 'packaged 1')
    drop(folder, '2', { pdf: false })
    assert.equal(await nextWords(), 'packaged 2')
  })

  test('a missing PDF is told once when the wait is over, and the document goes when it comes after all', async (t) => {
    const { folder, nextWords, ctx } = await quiet(t)
    const began = ctx.now().getTime()
    drop(folder, '1', { pdf: false })
    assert.equal(await nextWords(), 'not-packaged no-pdf')
    assert.ok(ctx.now().getTime() - began >= 120_000, 'it waited')
    // Several looks later something else is the next thing told.
    await ctx.sleep(600_000)
    drop(folder, '2')
    assert.equal(await nextWords(), 'packaged 2')
    dropPdf(folder, '1')
    assert.equal(await nextWords(), 'packaged 1')
  })

  test('a type that takes a PDF when there is one waits for it, and then goes without', async (t) => {
    const { folder, next, ctx } = await quiet(t)
    await savePackagingType(ctx.db, { ...GRAL, pdf: 'optional' })
    const began = ctx.now().getTime()
    drop(folder, '1', { pdf: false })
    const told = await next()
    assert.ok(told.kind === 'watched' && told.event === 'packaged')
    assert.equal(told.order.attachments.length, 1)
    assert.ok(ctx.now().getTime() - began >= 120_000, 'it waited')
  })

  test('half an XML is waited for; one that stays half is told once', async (t) => {
    const { folder, nextWords, ctx } = await quiet(t)
    const whole = makeCfdi({ folio: '1' })
    writeFileSync(join(folder, '1.xml'), whole.subarray(0, 900))
    writeFileSync(join(folder, '2.xml'), whole.subarray(0, 700))
    dropPdf(folder, '1')
    await ctx.sleep(60_000)
    writeFileSync(join(folder, '1.xml'), whole)
    assert.equal(await nextWords(), 'packaged 1')
    assert.equal(await nextWords(), 'not-packaged malformed')
    drop(folder, '3')
    assert.equal(await nextWords(), 'packaged 3')
  })

  test('a document of an unknown receiver is told, and goes by itself once the customer is there', async (t) => {
    const { folder, nextWords, ctx } = await quiet(t)
    drop(folder, '1', { receiverRfc: 'AAA010101AAA' })
    assert.equal(await nextWords(), 'not-packaged no-customer')
    await customer(ctx, { code: 'C00002', name: 'NUEVA', rfc: 'AAA010101AAA', email: 'n@nueva.example' })
    assert.equal(await nextWords(), 'packaged 1')
  })

  test('an order that a person cancelled does not come back', async (t) => {
    const { folder, next, nextWords, ctx } = await quiet(t)
    drop(folder, '1')
    const told = await next()
    assert.ok(told.kind === 'watched' && told.event === 'packaged')
    await cancelOrders(ctx, { orders: [told.order.id], reason: 'no va' })
    await ctx.sleep(120_000)
    drop(folder, '2')
    assert.equal(await nextWords(), 'packaged 2')
  })

  test('another document with the UUID of a packaged one is told, and its order held', async (t) => {
    const { folder, nextWords } = await quiet(t)
    const uuid = 'AAAAAAAA-1111-4222-8333-000000000001'
    drop(folder, '1', { uuid })
    assert.equal(await nextWords(), 'packaged 1')
    drop(folder, '2', { uuid, total: '999.00' })
    assert.equal(await nextWords(), 'not-packaged uuid-conflict')
  })

  test('documents of before the first day are left alone', async (t) => {
    const { ctx } = await testCtx(t)
    const watch = watching(t, ctx, { from: '2024-05-01' })
    await watch.next()
    drop(watch.folder, '1', { issuedAt: '2024-04-30T23:59:59' })
    drop(watch.folder, '2', { issuedAt: '2024-05-01T00:00:00' })
    assert.equal(await watch.nextWords(), 'packaged 2')
  })

  test('hundreds at once are all packaged, each told once', async (t) => {
    const { folder, nextWords } = await quiet(t)
    const folios = Array.from({ length: 200 }, (_, i) => String(i + 1))
    for (const folio of folios) drop(folder, folio)
    const told = new Set<string>()
    while (told.size < folios.length) told.add(await nextWords())
    assert.deepEqual([...told].sort(), folios.map((folio) => `packaged ${folio}`).sort())
  })
})

describe('watch --once', LIMIT, () => {
  test('does one turn, telling each document and the sum, and leaves what is not ripe to the next', async (t) => {
    const server = await smtpServer(t)
    const { ctx } = await testCtx(t, { now: () => new Date(Date.now() + 60_000) })
    await useProfile(ctx, server.port)
    const folder = tempFolder(t)
    drop(folder, '1')
    drop(folder, '2', { pdf: false })
    drop(folder, '3', { receiverRfc: 'AAA010101AAA' })
    const watch = watching(t, ctx, { folder, stay: 'once', sendEvery: 300_000 })
    assert.equal(await watch.nextWords(), 'packaged 1')
    assert.equal(await watch.nextWords(), 'not-packaged no-customer')
    assert.equal(await watch.nextWords(), 'looked 1 queued 1 waiting 1 blocked')
    assert.equal(await watch.nextWords(), 'sent sent sent')
    await assert.rejects(watch.nextWords(), /over/)
  })

  test('what stands in its way is an error, because nobody waits for a next turn', async (t) => {
    const { ctx } = await testCtx(t)
    const full = { ...ctx, settings: { ...ctx.settings, minFreeBytes: Number.MAX_SAFE_INTEGER } }
    await assert.rejects(watching(t, full, { stay: 'once' }).next(), { code: 'DISK_LOW' })
  })
})

describe('watch survives', LIMIT, () => {
  test('a source folder that goes away and comes back', async (t) => {
    const { folder, nextWords } = await quiet(t)
    drop(folder, '1')
    assert.equal(await nextWords(), 'packaged 1')
    renameSync(folder, `${folder}-gone`)
    assert.equal(await nextWords(), 'source-lost')
    renameSync(`${folder}-gone`, folder)
    assert.equal(await nextWords(), 'source-back')
    drop(folder, '2')
    assert.equal(await nextWords(), 'packaged 2')
  })

  test('a disk that is full for a while: told once, and again when it goes on', async (t) => {
    const { ctx } = await testCtx(t)
    const disk = { minFreeBytes: 0 }
    const settings = { ...ctx.settings }
    Object.defineProperty(settings, 'minFreeBytes', { get: () => disk.minFreeBytes })
    const watch = watching(t, { ...ctx, settings })
    await watch.next()
    disk.minFreeBytes = Number.MAX_SAFE_INTEGER
    drop(watch.folder, '1')
    assert.equal(await watch.nextWords(), 'paused package DISK_LOW')
    await ctx.sleep(180_000)
    disk.minFreeBytes = 0
    assert.equal(await watch.nextWords(), 'resumed')
    assert.equal(await watch.nextWords(), 'packaged 1')
  })

  test('a folder of the settings that is not there yet is waited for; a typed one has to be there', async (t) => {
    const { ctx } = await testCtx(t)
    const folder = join(tempFolder(t), 'later')
    const configured = { ...ctx, settings: { ...ctx.settings, sources: [folder] } }
    const watch = watching(t, configured, { sources: [] })
    assert.equal(await watch.nextWords(), 'source-lost')
    await watch.end()
    const typed = watching(t, ctx, { sources: [folder] })
    await assert.rejects(typed.next(), { code: 'SOURCE_NOT_FOUND' })
  })

  test('only one at a time: the second leaves at once', async (t) => {
    const { ctx } = await quiet(t)
    await assert.rejects(watching(t, ctx).next(), { code: 'WATCH_RUNNING' })
  })
})

describe('watch --send', LIMIT, () => {
  const SENDING = { sendEvery: 300_000 }

  test('sends soon after packaging, and while another send runs in a later turn', async (t) => {
    const server = await smtpServer(t)
    const { ctx } = await testCtx(t)
    await useProfile(ctx, server.port)
    const watch = watching(t, ctx, SENDING)
    await watch.next()
    const packagedAt = ctx.now().getTime()
    drop(watch.folder, '1')
    assert.equal(await watch.nextWords(), 'packaged 1')
    assert.equal(await watch.nextWords(), 'sent sent sent')
    assert.ok(ctx.now().getTime() - packagedAt < 60_000, 'it did not wait for its turn')
    const lock = takeRunLock(ctx.folders.lock)
    drop(watch.folder, '2')
    assert.equal(await watch.nextWords(), 'packaged 2')
    drop(watch.folder, '3')
    // That nothing could be sent is not told: the other one is at it.
    assert.equal(await watch.nextWords(), 'packaged 3')
    lock.release()
    assert.equal(await watch.nextWords(), 'sent sent sent sent sent')
    assert.equal(server.messages.length, 3)
  })

  test('takes the order files of the settings, with or without source folders, and sends them', async (t) => {
    const server = await smtpServer(t)
    const { ctx } = await testCtx(t)
    await useProfile(ctx, server.port)
    const dropped = dropFolder(t)
    const configured = { ...ctx, settings: { ...ctx.settings, mailerDir: dropped.folder } }
    const watch = watching(t, configured, { ...SENDING, sources: [] })
    dropped.order('7', { to: ['uno@ure.example'] })
    assert.equal(await watch.nextWords(), 'imported 1 refused 0')
    assert.equal(await watch.nextWords(), 'sent sent')
    assert.equal(server.messages.length, 1)
  })

  test('without a mail profile it tells so once and goes on packaging', async (t) => {
    const { ctx } = await testCtx(t)
    const watch = watching(t, ctx, SENDING)
    await watch.next()
    drop(watch.folder, '1')
    assert.equal(await watch.nextWords(), 'packaged 1')
    assert.equal(await watch.nextWords(), 'paused send NO_PROFILE')
    rmSync(join(watch.folder, '1.pdf'))
    drop(watch.folder, '2')
    assert.equal(await watch.nextWords(), 'packaged 2')
  })

  // The watch fell silent: nobody was told that nothing went out, neither by a line nor by the exit code of `--once`.
  test('a mail server that is away is told once, and what goes when it is back', async (t) => {
    const { ctx } = await testCtx(t)
    await useProfile(ctx, await refusingPort(t))
    const watch = watching(t, ctx, SENDING)
    await watch.next()
    drop(watch.folder, '1')
    assert.equal(await watch.nextWords(), 'packaged 1')
    const told = await watch.next()
    assert.ok(told.kind === 'sent')
    assert.deepEqual(
      told.profiles.map(({ name, cause, waiting }) => [name, cause, waiting]),
      [['oficina', 'refused', 2]],
    )
    await ctx.sleep(1_800_000)
    drop(watch.folder, '2')
    assert.equal(await watch.nextWords(), 'packaged 2')
    const back = await smtpServer(t)
    await useProfile(ctx, back.port)
    assert.equal(await watch.nextWords(), 'sent sent sent sent sent')
  })
})
