import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Zipper } from '../../src/core/files/zipper.ts'
import { beginParcels } from '../../src/core/flows/begin-parcels.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { findCustomer } from '../../src/core/store/customers.ts'
import { findDocumentsByUuid } from '../../src/core/store/documents.ts'
import { uuidOf } from '../support/cfdi-factory.ts'
import { folderWith, INVOICE, NOTHING, packagingCtx } from '../support/packaging.ts'

test('groups with an archive are read one ahead, others none, and all come in their order', async (t) => {
  const ctx = await packagingCtx(t)
  const folios = ['1', '2', '3', '4', '5', '6']
  const sources = [
    await folderWith(
      t,
      folios.map((folio) => ({ cfdi: { ...INVOICE, folio } })),
    ),
  ]
  await packageCfdis(ctx, { ...NOTHING, sources, mode: 'dry-run' })
  const customer = await findCustomer(ctx.db, 'C00001')
  assert.ok(customer !== undefined)
  const found = folios.map((folio) => findDocumentsByUuid(ctx.db, uuidOf({ ...INVOICE, folio })))
  const files = (await Promise.all(found)).flat()
  const groups = files.map((file, i) => {
    const type = { ...GRAL, zip: i < 4 }
    return { customer, type, route: 'mail', files: [file], part: 0 } as const
  })
  let zipped = 0
  const zipper: Zipper = {
    zip: async () => {
      zipped++
      return { content: Buffer.alloc(0), sha256: '' }
    },
    stop: async () => undefined,
  }
  const zippedBy: number[] = []
  const seen: string[] = []
  for (const { group, archive } of beginParcels(ctx, groups, { addendas: null, zipper })) {
    seen.push(...group.files.map(({ path }) => path))
    zippedBy.push(zipped)
    assert.equal(archive !== null, group.type.zip)
  }
  assert.deepEqual(
    seen,
    files.map(({ path }) => path),
  )
  assert.deepEqual(zippedBy, [2, 3, 4, 4, 4, 4])
})
