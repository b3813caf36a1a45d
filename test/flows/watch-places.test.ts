/** Of large folders a watch looks only where something stirred; now and then everywhere. */
import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { makeCfdi, makePdf } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { tempFolder } from '../support/temp.ts'
import { watching } from '../support/watching.ts'

const LIMIT = { timeout: 60_000 }
/** Documents in the folder where nothing stirs. */
const AT_REST = 30

function drop(folder: string, folio: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${folio}.pdf`), makePdf(folio, 500))
  writeFileSync(join(folder, `${folio}.xml`), makeCfdi({ folio }))
}

/** A watch over a folder with many documents and one beside it, and the files that each look met. */
async function overMany(t: TestContext, changes: { readonly rescan?: number } = {}) {
  const met: number[] = []
  const progress = (stage: string, done: number) => {
    if (stage === 'index') met.push(done)
  }
  const { ctx } = await testCtx(t, { progress })
  const folder = tempFolder(t)
  const [many, few] = [join(folder, '2024-05'), join(folder, '2024-06')]
  for (let i = 0; i < AT_REST; i++) drop(many, `M${i}`)
  drop(few, 'F0')
  const watch = watching(t, ctx, { folder, rescan: 3_600_000, ...changes })
  await watch.next()
  for (let i = 0; i < AT_REST + 1; i++) await watch.next()
  assert.equal(met[0], AT_REST + 1)
  met.length = 0
  return { ctx, met, many, few, ...watch }
}

describe('a watch', LIMIT, () => {
  test('looks only at the folder in which something stirred', async (t) => {
    const { met, few, nextWords } = await overMany(t)
    drop(few, 'F1')
    assert.equal(await nextWords(), 'packaged F1')
    assert.ok(met.length > 0 && Math.max(...met) <= 2, `it met ${met.join(' ')} files`)
  })

  test('packages what comes into folders that were not there before', async (t) => {
    const { folder, nextWords } = await overMany(t)
    drop(join(folder, '2024-07', 'sucursal'), 'N1')
    assert.equal(await nextWords(), 'packaged N1')
    drop(join(folder, '2024-07', 'sucursal'), 'N2')
    assert.equal(await nextWords(), 'packaged N2')
  })

  test('forgets what went with its folder, and packages what comes when the folder is there again', async (t) => {
    const { ctx, few, nextWords } = await overMany(t)
    rmSync(few, { recursive: true })
    await ctx.sleep(10_000)
    drop(few, 'F2')
    assert.equal(await nextWords(), 'packaged F2')
    const rows = await ctx.db
      .selectFrom('document')
      .select('folio')
      .where('path', 'like', '%2024-06%')
      .execute()
    assert.deepEqual(rows, [{ folio: 'F2' }])
  })

  test('looks everywhere when it is time, at what nobody told of too', async (t) => {
    const { met, ctx, few, nextWords } = await overMany(t, { rescan: 60_000 })
    await ctx.sleep(70_000)
    drop(few, 'F1')
    assert.equal(await nextWords(), 'packaged F1')
    assert.ok(met.includes(AT_REST + 1) || met.includes(AT_REST + 2), `it met ${met.join(' ')} files`)
  })
})
