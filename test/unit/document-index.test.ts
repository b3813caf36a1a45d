import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentFacts } from '../../src/core/model/document-facts.ts'
import { type ReadFile, saveFiles } from '../../src/core/store/document-index.ts'
import { storeCtx } from '../support/store-ctx.ts'

const facts = documentFacts({ ok: false, reason: 'empty', detail: '', head: null })

function fileOf(path: string, size: number): ReadFile {
  return { path, size, mtimeUs: 1, ctimeUs: 2, pdf: null, extras: [], facts }
}

test('files are written all or none, and one that is known is written over', async (t) => {
  const { db } = await storeCtx(t)
  const sizes = async () =>
    (await db.selectFrom('document').select(['path', 'size']).orderBy('path').execute()).map(
      ({ path, size }) => [path, size],
    )
  await saveFiles(db, [fileOf('/a', 1), fileOf('/b', 1)])
  await saveFiles(db, [fileOf('/b', 2), fileOf('/c', 2)])
  assert.deepEqual(await sizes(), [
    ['/a', 1],
    ['/b', 2],
    ['/c', 2],
  ])
  const broken = [fileOf('/a', 3), fileOf('/d', 3), fileOf('/e', null as never)]
  await assert.rejects(saveFiles(db, broken), /NOT NULL/)
  assert.deepEqual(await sizes(), [
    ['/a', 1],
    ['/b', 2],
    ['/c', 2],
  ])
})
