import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { importTable } from '../../src/core/flows/customer-import.ts'
import { showCustomer } from '../../src/core/flows/customers.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import type { EmptyCells } from '../../src/core/model/customer-import.ts'
import { storeCtx } from '../support/store-ctx.ts'

/** Imports a table given as text. */
function importText(ctx: Ctx, text: string, emptyCells: EmptyCells = 'keep') {
  const wanted = { file: '-', policy: 'update', emptyCells, dryRun: false } as const
  return importTable({ ...ctx, readStdin: async () => text }, wanted)
}

describe('the cells of a table', () => {
  test('that are empty keep what is there; a dash erases it, and so do empty ones when told', async (t) => {
    const ctx = await storeCtx(t)
    const fields = async () => {
      const { name, email, packaging, contacts } = await showCustomer(ctx, 'C1')
      return [name, email, packaging.addresses.length, contacts.length]
    }
    await importText(ctx, 'code,name,email,packaging,contacts\nC1,Uno,a@x.mx,"GRAL,b@x.mx",c@x.mx\n')
    const empty = await importText(ctx, 'code,name,email,packaging,contacts\nC1,,,,\n')
    assert.deepEqual([empty.unchanged, await fields()], [['C1'], ['Uno', 'a@x.mx', 1, 1]])
    await importText(ctx, 'code,email,contacts\nC1,-,-\n')
    assert.deepEqual(await fields(), ['Uno', '', 1, 0])
    await importText(ctx, 'code,name,packaging\nC1,,GRAL\n', 'erase')
    assert.deepEqual(await fields(), ['', '', 0, 0])
  })

  test('under a title that is not known are named; a field that is there twice is refused', async (t) => {
    const ctx = await storeCtx(t)
    const { ignoredColumns } = await importText(ctx, 'Clave,Teléfono,,\nC1,555,x,\n')
    assert.deepEqual(ignoredColumns, ['Teléfono', '#3'])
    await assert.rejects(importText(ctx, 'clave,Correo,E-mail\nC1,a@x.mx,b@x.mx\n'), {
      code: 'CSV_COLUMN_TWICE',
      params: { column: 'E-mail', other: 'Correo' },
    })
  })
})
