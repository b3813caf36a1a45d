/** A person reads of a run what a script is told, though less of it is kept, and only what is being written is in memory. */
import assert from 'node:assert/strict'
import { realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { packedList } from '../../src/core/files/packed-list.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packSelected } from '../../src/core/flows/pack-selected.ts'
import { packageCfdis, packageManyCfdis } from '../../src/core/flows/package-cfdis.ts'
import { countedReport } from '../../src/core/flows/packaging-report.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import type { PackagedDocument, PackagedRun } from '../../src/core/model/results/packaged.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { corpusFolder, corpusMissing } from '../support/corpus.ts'
import { customer, folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'

const FOREIGN = { ...INVOICE, receiverRfc: 'ZZZ010101AAA' }
const contextOf = (width: number | undefined) =>
  makeViewContext({ language: 'es', width, color: 'off', verbosity: 'normal' })

/** Documents that leave, that wait for an address, that nobody receives, and one that is none. */
async function mixedFolder(t: TestContext): Promise<string> {
  const folder = await folderWith(t, [
    ...['1', '2', '3'].map((folio) => ({ cfdi: { ...INVOICE, folio } })),
    ...['4', '5'].map((folio) => ({ cfdi: { ...FOREIGN, folio } })),
    { cfdi: { ...INVOICE, folio: '6', receiverRfc: 'BBB010101BBB' } },
  ])
  writeFileSync(join(folder, 'roto.xml'), '<roto')
  return folder
}

async function mixedCtx(t: TestContext): Promise<Ctx> {
  const ctx = await packagingCtx(t)
  await ctx.db.updateTable('packaging_type').set({ pdf: 'optional' }).execute()
  await customer(ctx, { code: 'C00002', name: 'OTRA', rfc: FOREIGN.receiverRfc, email: '' })
  return ctx
}

for (const mode of ['dry-run', 'write'] as const) {
  test(`${mode}: a person reads what a script is told, and only the orders that wait are kept for it`, async (t) => {
    const sources = [await mixedFolder(t)]
    const run = async (reader: Ctx['reader']) => {
      const ctx = { ...(await mixedCtx(t)), reader }
      return await packageManyCfdis(ctx, { ...NOTHING, sources, mode })
    }
    const [script, person] = [await run('script'), await run('person')]
    assert.deepEqual(
      [...person.orders].map((order) => [order.customer, order.state]),
      [1, 2].map(() => ['C00002', 'held']),
    )
    assert.equal([...script.orders].length, 5)
    assert.deepEqual([...person.documents], [...script.documents])
    for (const width of [undefined, 80]) {
      const text = viewOf(person, contextOf(width))
      assert.equal(text, viewOf(script, contextOf(width)))
      assert.match(text.replace(/\s+/g, ' '), /Documentos: 7 \(5 .*, 0 .*, 0 .*, 1 .*, 1 .*\)/)
    }
  })
}

test(
  'what is only counted comes to the same sums as what is told, of documents of every kind',
  { skip: corpusMissing() },
  async (t) => {
    const ctx = await mixedCtx(t)
    const sources = [realpathSync(corpusFolder), realpathSync(await mixedFolder(t))]
    const request = { ...NOTHING, sources, mode: 'dry-run' } as const
    const { totals } = await packageCfdis(ctx, request)
    assert.ok(totals.queued > 3 && totals.skipped > 3 && totals.rejected > 3, JSON.stringify(totals))
    const filter = { sources, period: ALWAYS, receiverRfcs: null }
    for (const views of ['whole', 'told', 'counted'] as const) {
      const report = countedReport(request)
      const run = { filter, rules: { ...request, named: null }, packing: { ...request, views } }
      await packSelected(ctx, run, report)
      assert.deepEqual(report.result(ctx.signal).totals, totals)
    }
  },
)

function runOf(documents: readonly PackagedDocument[]): PackagedRun {
  const list = packedList<PackagedDocument>()
  list.add(documents)
  const totals = { documents: 0, queued: 0, filed: 0, already: 0, skipped: 0, rejected: 0 }
  const facts = {
    kind: 'packaged',
    dryRun: false,
    type: null,
    needsPerson: true,
    interrupted: false,
  } as const
  return { ...facts, documents: list, orders: [], totals }
}

test('a hundred thousand documents of which none may leave are told in one breath', () => {
  const documents = Array.from({ length: 100_000 }, (_, i): PackagedDocument => ({
    ...{ uuid: null, file: `/docs/${i}.xml`, documentKind: null, series: '', folio: '', issuedAt: null },
    ...{ total: '', currency: '', receiverRfc: '', files: [], customer: null, detail: '' },
    ...{ result: 'rejected', reason: 'malformed' },
  }))
  const text = viewOf(runOf(documents), contextOf(undefined))
  const lines = text.split('\n')
  assert.equal(lines.filter((line) => line.endsWith('rechazado')).length, documents.length)
  assert.equal(lines.find((line) => line.includes('0.xml, 1.xml'))?.split(', ').length, documents.length)
  assert.match(viewOf(runOf(documents), contextOf(80)), /99950 /)
})
