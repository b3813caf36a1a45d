import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { addAddenda } from '../../src/core/flows/addendas.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { setType } from '../../src/core/flows/types.ts'
import { tempFolder } from '../support/temp.ts'
import { folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'

// `--addenda-data` with customers of GRAL said nothing, not even that its file was not there, and the documents left without.
test('data for an addenda that no document gets are refused, not left aside', async (t) => {
  const ctx = await packagingCtx(t)
  const sources = [await folderWith(t, [{ cfdi: INVOICE }])]
  const addenda = { template: null, existing: null, dataFile: join(tempFolder(t), 'nada.csv') }
  const pack = (changes: object = {}) =>
    packageCfdis(ctx, { ...NOTHING, sources, addenda, mode: 'dry-run', ...changes })
  const unused = { code: 'ADDENDA_DATA_UNUSED' }
  await assert.rejects(pack(), unused)
  await assert.rejects(pack({ clients: ['C00001'], scope: 'filtered' }), unused)
  await assert.rejects(pack({ addenda: { ...addenda, template: 'none' } }), unused)
  // With one they are read.
  await assert.rejects(pack({ addenda: { ...addenda, template: 'generica' } }), { code: 'FILE_NOT_FOUND' })
  await setType(ctx, 'GRAL', { addenda: 'generica', pdf: 'optional' })
  await assert.rejects(pack({ clients: ['C00001'], scope: 'filtered' }), { code: 'FILE_NOT_FOUND' })
})

test('an addenda without its text is told that, not that nothing changes', async (t) => {
  const ctx = await packagingCtx(t)
  await assert.rejects(addAddenda(ctx, 'mia', undefined), {
    code: 'NOTHING_TO_CHANGE',
    params: { variant: 'addenda' },
  })
})
