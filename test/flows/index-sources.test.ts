import assert from 'node:assert/strict'
import { linkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { indexSources } from '../../src/core/flows/index-sources.ts'
import { makeCfdi, uuidOf } from '../support/cfdi-factory.ts'
import { storeCtx } from '../support/store-ctx.ts'
import { tempFolder } from '../support/temp.ts'

/** More than are under way at once. */
const DOCUMENTS = 3_200
const DIFFERENT = 10

/** A folder of many documents (links to ten); each tenth has a paper that is XML too. */
function manyDocuments(): string {
  const folder = tempFolder()
  for (let number = 0; number < DOCUMENTS; number++) {
    const path = join(folder, `${stemOf(number)}.xml`)
    if (number < DIFFERENT) writeFileSync(path, makeCfdi({ folio: String(number) }))
    else linkSync(join(folder, `${stemOf(number % DIFFERENT)}.xml`), path)
    if (number % 10 === 0) writeFileSync(join(folder, `${stemOf(number)}_Adj.xml`), '<pedido/>')
  }
  return folder
}

function stemOf(number: number): string {
  return `F${String(number).padStart(5, '0')}`
}

/** What the index has, in the order in which it was written. */
async function indexed(ctx: Ctx) {
  return await ctx.db
    .selectFrom('document')
    .select(['path', 'uuid', 'reason', 'extras'])
    .orderBy((order) => order.ref('rowid' as never))
    .execute()
}

function expected(folder: string) {
  return Array.from({ length: DOCUMENTS }, (_, number) => ({
    path: join(folder, `${stemOf(number)}.xml`),
    uuid: uuidOf({ folio: String(number % DIFFERENT) }),
    reason: null,
    extras: number % 10 === 0 ? JSON.stringify([join(folder, `${stemOf(number)}_Adj.xml`)]) : '[]',
  }))
}

describe('a folder of many new documents', () => {
  const folder = manyDocuments()

  test('keeps what was read when a signal comes, and the next run reads the rest', async (t) => {
    const controller = new AbortController()
    const progress = (_stage: string, seen: number) => {
      // By then the first are written.
      if (seen >= 3_500) controller.abort()
    }
    const ctx = await storeCtx(t, { signal: controller.signal, progress })
    await indexSources(ctx, [folder])
    const kept = await indexed(ctx)
    assert.ok(kept.length > 0 && kept.length < DOCUMENTS, `${kept.length} rows`)
    assert.deepEqual(kept, expected(folder).slice(0, kept.length))

    await indexSources({ ...ctx, signal: new AbortController().signal }, [folder])
    assert.deepEqual(await indexed(ctx), expected(folder))
  })

  test('is written in its order whichever thread read what, and read again only where a file changed', async (t) => {
    const ctx = await storeCtx(t)
    await indexSources(ctx, [folder])
    const before = await indexed(ctx)
    assert.deepEqual(before, expected(folder))

    const changed = join(folder, `${stemOf(77)}.xml`)
    rmSync(changed)
    writeFileSync(changed, '<otra/>')
    await indexSources(ctx, [folder])
    const after = await indexed(ctx)
    assert.deepEqual(
      after.filter((row, at) => row.reason !== before[at]?.reason).map(({ path, reason }) => [path, reason]),
      [[changed, 'not-cfdi']],
    )
  })
})
