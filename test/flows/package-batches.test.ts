/** A run of any size is chosen and packed batch by batch; what belongs together stays together, and the outcome is that of one batch. */
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { type ChoiceRules, openChooser } from '../../src/core/flows/choose-among.ts'
import { chooseInBatches } from '../../src/core/flows/choose-in-batches.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis, packageManyCfdis } from '../../src/core/flows/package-cfdis.ts'
import type { Outcomes } from '../../src/core/flows/packaged-outcomes.ts'
import { type Left, nothing } from '../../src/core/flows/parcel.ts'
import { writeBatch } from '../../src/core/flows/write-batch.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import type { NewRow } from '../../src/core/store/schema.ts'
import { customer, folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'

const BATCH = 100
const RULES = { ...NOTHING, named: null, sources: ['/docs'], mode: 'dry-run' } as const
const FILTER = { sources: ['/docs'], period: ALWAYS, receiverRfcs: null }

/** Rows as the index has them: choosing reads no file. */
async function index(ctx: Ctx, rows: readonly Partial<NewRow<'document'>>[]): Promise<void> {
  const usual = {
    ...{ size: 3000, mtime_us: 1, ctime_us: 1, reason: null, detail: '', kind: 'I', series: 'A' },
    ...{ issued_at: '2024-05-20T09:00:00', issuer_rfc: 'EKU9003173C9', receiver_rfc: INVOICE.receiverRfc },
    ...{ receiver_name: 'X', total: '1.00', currency: 'MXN', payroll: null, pdf: null, extras: '[]' },
  }
  for (const [i, row] of rows.entries()) {
    const own = { path: `/docs/${i}.xml`, uuid: `U${i}`, folio: String(i), seal_mark: `S${i}` }
    await ctx.db
      .insertInto('document')
      .values({ ...usual, ...own, ...row })
      .execute()
  }
}

async function batchesOf(ctx: Ctx, rules: Partial<ChoiceRules> = {}, views: 'whole' | 'counted' = 'whole') {
  const chooser = await openChooser(ctx, { ...RULES, ...rules })
  const batches = []
  for await (const batch of chooseInBatches(ctx, chooser, { filter: FILTER, views })) batches.push(batch)
  return batches
}

async function twoCustomers(t: TestContext): Promise<Ctx> {
  const ctx = await packagingCtx(t)
  await ctx.db.updateTable('packaging_type').set({ pdf: 'optional' }).execute()
  await customer(ctx, { code: 'C00002', name: 'OTRA', rfc: 'ZZZ010101AAA', email: 'otra@zzz.example' })
  return ctx
}

describe('batches', () => {
  test('hold so many documents and no more, however many a customer has', async (t) => {
    const ctx = await twoCustomers(t)
    await index(
      ctx,
      Array.from({ length: 3 * BATCH }, () => ({})),
    )
    assert.deepEqual(
      (await batchesOf(ctx)).map((batch) => batch.length),
      [BATCH, BATCH, BATCH],
    )
  })

  test('are four times as long where archives are made', async (t) => {
    const ctx = await twoCustomers(t)
    await index(
      ctx,
      Array.from({ length: 5 * BATCH }, () => ({})),
    )
    const batches = await batchesOf(ctx, { packing: 'zip' })
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [4 * BATCH, BATCH],
    )
  })

  test('are as long as a customer whose documents travel together, and end with it', async (t) => {
    const ctx = await twoCustomers(t)
    const of = (receiver_rfc: string) => Array.from({ length: BATCH + 50 }, () => ({ receiver_rfc }))
    await index(ctx, [...of(INVOICE.receiverRfc), ...of('ZZZ010101AAA')])
    const batches = await batchesOf(ctx, { grouping: 'customer' })
    assert.deepEqual(
      batches.map((batch) => [batch.length, new Set(batch.map(({ customer: to }) => to?.code)).size]),
      [BATCH + 50, BATCH + 50].map((length) => [length, 1]),
    )
  })

  test('come by receiver, date and path, with what has no date first, each file once', async (t) => {
    const ctx = await twoCustomers(t)
    const unread = { receiver_rfc: '', issued_at: null, uuid: null, kind: null, reason: 'malformed' }
    const rows = Array.from({ length: 2 * BATCH + 30 }, (_, i) => {
      if (i % 40 === 0) return unread
      // Many of one moment: the page ends among them.
      return { issued_at: `2024-05-0${i % 3}T09:00:00`, receiver_rfc: i % 5 === 0 ? '' : INVOICE.receiverRfc }
    })
    await index(ctx, rows)
    const found = (await batchesOf(ctx)).flat().map(({ file }) => file)
    const keys = found.map(({ receiverRfc, issuedAt, path }) => `${receiverRfc} ${issuedAt ?? ''} ${path}`)
    assert.deepEqual(keys, [...new Set(keys)].sort())
    assert.equal(keys.length, rows.length)
  })

  test('hold the same documents in whatever order where they are only counted, unless some travel together', async (t) => {
    const ctx = await twoCustomers(t)
    const unread = { receiver_rfc: '', issued_at: null, uuid: null, kind: null, reason: 'malformed' }
    const rows = Array.from({ length: 2 * BATCH + 30 }, (_, i) =>
      i % 40 === 0 ? unread : { receiver_rfc: i % 2 === 0 ? 'ZZZ010101AAA' : INVOICE.receiverRfc },
    )
    await index(ctx, rows)
    const pathsOf = async (...[grouping, views]: ['customer' | null, 'whole' | 'counted']) =>
      (await batchesOf(ctx, { grouping }, views)).flat().map(({ file }) => file.path)
    const [whole, counted] = [await pathsOf(null, 'whole'), await pathsOf(null, 'counted')]
    assert.notDeepEqual(counted, whole)
    assert.deepEqual(counted, [...whole].sort())
    assert.deepEqual(await pathsOf('customer', 'counted'), await pathsOf('customer', 'whole'))
  })

  test('know each other’s copies: the one with a PDF is taken, the other stays, whichever comes first', async (t) => {
    const ctx = await twoCustomers(t)
    const copy = { uuid: 'COPY', seal_mark: 'COPY' }
    const between = Array.from({ length: 2 * BATCH }, () => ({}))
    await index(ctx, [copy, ...between, { ...copy, issued_at: '2024-05-21T09:00:00', pdf: '/docs/x.pdf' }])
    const chosen = (await batchesOf(ctx)).flat().filter(({ file }) => file.uuid === 'COPY')
    assert.deepEqual(
      chosen.map((choice) => [choice.file.pdf, choice.result === 'take' ? 'take' : choice.reason]),
      [
        [null, 'duplicate'],
        ['/docs/x.pdf', 'take'],
      ],
    )
  })
})

describe('a document that turns out to be another than the index says', () => {
  for (const mode of ['dry-run', 'write'] as const) {
    test(`is ${mode === 'write' ? 'forgotten' : 'left in the index'} by a ${mode}`, async (t) => {
      const ctx = await twoCustomers(t)
      await index(ctx, [{}])
      const [choice] = (await batchesOf(ctx)).flat()
      assert.ok(choice?.result === 'take')
      const left: Left = { ...choice, result: 'leave', reason: 'changed', detail: 'U9' }
      const outcomes: Outcomes = new Map()
      await writeBatch(ctx, { batch: [nothing([left])], packing: { ...NOTHING, mode }, outcomes })
      assert.equal(outcomes.get(choice.file.path)?.reason, 'changed')
      const rows = await ctx.db.selectFrom('document').select('path').execute()
      assert.equal(rows.length, mode === 'write' ? 0 : 1)
    })
  }
})

describe('what a run of many documents tells', () => {
  const documents = Array.from({ length: 3 }, (_, i) => ({ cfdi: { ...INVOICE, folio: String(i) } }))

  test('is what a run that holds all of it tells, and can be gone through twice', async (t) => {
    const ctx = await twoCustomers(t)
    const request = { ...NOTHING, sources: [await folderWith(t, documents)], mode: 'dry-run' } as const
    const held = await packageCfdis(ctx, request)
    const packed = await packageManyCfdis(ctx, request)
    for (let time = 0; time < 2; time++) {
      assert.deepEqual({ ...packed, documents: [...packed.documents], orders: [...packed.orders] }, held)
    }
    assert.deepEqual([packed.documents.length, packed.orders.length, packed.needsPerson], [3, 3, false])
  })

  test('is only its sums where nobody hears of it, and all of it when somebody is needed', async (t) => {
    const ctx = { ...(await twoCustomers(t)), reader: 'nobody' as const }
    const sources = [await folderWith(t, documents)]
    const request = { ...NOTHING, sources, mode: 'dry-run' } as const
    const counted = await packageManyCfdis(ctx, request)
    assert.deepEqual([counted.totals.queued, counted.needsPerson, counted.documents.length], [3, false, 0])
    await customer(ctx, { code: 'C00001', name: 'X', rfc: INVOICE.receiverRfc, email: '' })
    const told = await packageManyCfdis(ctx, request)
    assert.deepEqual(
      [told.totals.queued, told.needsPerson, [...told.orders].map(({ state }) => state)],
      [3, true, ['held', 'held', 'held']],
    )
  })
})
