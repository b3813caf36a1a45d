/** A page of the index says of which documents more has to be asked: of most of them nothing. */
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { type DocumentPage, selectDocuments } from '../../src/core/store/selected-documents.ts'
import { writeErpFolder } from '../support/cfdi-factory.ts'
import { folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'
import { tempFolder } from '../support/temp.ts'

const FOLIOS = { packaged: '1', renewed: '2', filed: '3', fresh: '4', twice: '5' } as const
type Name = keyof typeof FOLIOS

const documentOf = (name: Name, changes = {}) => ({
  stem: name,
  cfdi: { ...INVOICE, folio: FOLIOS[name], ...changes },
})

async function folderOfEach(t: TestContext, ctx: Ctx): Promise<string> {
  const folder = await folderWith(t, [documentOf('packaged'), documentOf('renewed')])
  await packageCfdis(ctx, { ...NOTHING, sources: [folder] })
  const aside = await folderWith(t, [documentOf('filed')])
  const filing = { folder: tempFolder(t), mailing: 'none' } as const
  await packageCfdis(ctx, { ...NOTHING, ...filing, sources: [aside] })
  // The index forgets what is gone: only the destination folder still has it.
  rmSync(join(aside, 'filed.xml'))
  await packageCfdis(ctx, { ...NOTHING, sources: [aside], mode: 'dry-run' })
  const twice = { ...documentOf('twice'), stem: 'again' }
  const others = [documentOf('filed'), documentOf('fresh'), documentOf('twice'), twice]
  await writeErpFolder(folder, [documentOf('renewed', { total: '999.00' }), ...others])
  await packageCfdis(ctx, { ...NOTHING, sources: [folder], mode: 'dry-run' })
  return folder
}

test('what is packaged as it stands is looked for in orders; for another seal or another file, everywhere', async (t) => {
  const ctx = await packagingCtx(t)
  const folder = await folderOfEach(t, ctx)
  const filter = { sources: [folder], period: ALWAYS, receiverRfcs: null }
  for (const order of ['by-receiver', 'any'] as const) {
    const pages: DocumentPage[] = []
    for await (const page of selectDocuments(ctx.db, filter, order)) pages.push(page)
    const [page] = pages
    assert.ok(page)
    const names = (uuids: readonly string[]) =>
      page.files
        .filter(({ uuid }) => uuid !== null && uuids.includes(uuid))
        .map(({ path }) => basename(path, '.xml'))
        .sort()
    assert.deepEqual(names(page.elsewhere), ['again', 'filed', 'packaged', 'renewed', 'twice'])
    assert.deepEqual(names(page.doubtful), ['again', 'renewed', 'twice'])
    assert.deepEqual(names(page.repeated), ['again', 'twice'])
  }
})
