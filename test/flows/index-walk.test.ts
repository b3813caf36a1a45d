/** The index is read beside the walk, page by page: what both know is not read again, what only the index knows is forgotten. */
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { indexSources } from '../../src/core/flows/index-sources.ts'
import { makeCfdi } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { tempFolder } from '../support/temp.ts'

/** By name below the folder, whether each file was read since `mark`. */
async function indexed(ctx: Ctx, folder: string): Promise<Map<string, 'read' | 'known'>> {
  const rows = await ctx.db.selectFrom('document').select(['path', 'detail']).execute()
  return new Map(
    rows.map(({ path, detail }) => [path.slice(folder.length + 1), detail === 'mark' ? 'known' : 'read']),
  )
}

async function mark(ctx: Ctx): Promise<void> {
  await ctx.db.updateTable('document').set({ detail: 'mark' }).execute()
}

function folderOf(t: TestContext, names: readonly string[]): string {
  const folder = tempFolder(t)
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), makeCfdi({ folio: '1' }))
  }
  return folder
}

test('names that sort differently as files, as folders and as bytes are all known the second time', async (t) => {
  const names = ['a.xml', 'a-b.xml', 'a/c.xml', 'a b/x.xml', 'a/b/y.xml', 'a0.xml', 'Ñ/ñ.xml', 'z%_/.xml']
  const folder = folderOf(t, names)
  const { ctx } = await testCtx(t)
  await indexSources(ctx, [folder])
  await mark(ctx)
  await indexSources(ctx, [folder])
  assert.deepEqual(await indexed(ctx, folder), new Map(names.sort().map((name) => [name, 'known'])))
})

test('names that UTF-8 and UTF-16 sort differently are known the second time, on whatever page of the index they are', async (t) => {
  const many = Array.from({ length: 497 }, (_, i) => `a${i}.xml`)
  const names = ['\u{1f600}.xml', '\uffee.xml', '\u{1f600}/\uffee.xml', '\uffee/\u{1f600}.xml', ...many]
  const folder = folderOf(t, names)
  const { ctx } = await testCtx(t)
  await indexSources(ctx, [folder])
  await mark(ctx)
  await indexSources(ctx, [folder])
  const found = await indexed(ctx, folder)
  assert.deepEqual([...found.keys()].sort(), names.sort())
  assert.deepEqual([...new Set(found.values())], ['known'])
})

test('over several pages, what changed is read, what came is added and what went is forgotten', async (t) => {
  const names = Array.from({ length: 600 }, (_, i) => `${i % 7}/${i}.xml`)
  const folder = folderOf(t, ['first.xml'])
  for (let i = 0; i < 7; i++) mkdirSync(join(folder, String(i)))
  for (const name of names) copyFileSync(join(folder, 'first.xml'), join(folder, name))
  const { ctx } = await testCtx(t)
  await indexSources(ctx, [folder])
  await mark(ctx)
  writeFileSync(join(folder, '3/3.xml'), makeCfdi({ folio: '22' }))
  rmSync(join(folder, '5'), { recursive: true })
  renameSync(join(folder, '6/6.xml'), join(folder, '6/new.xml'))
  await indexSources(ctx, [folder])
  const found = await indexed(ctx, folder)
  const read = [...found].flatMap(([name, how]) => (how === 'read' ? [name] : []))
  assert.deepEqual(read.sort(), ['3/3.xml', '6/new.xml'])
  const rest = names.filter((name) => !name.startsWith('5/') && name !== '6/6.xml')
  assert.deepEqual([...found.keys()].sort(), ['first.xml', '6/new.xml', ...rest].sort())
})
