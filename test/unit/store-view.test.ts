import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ResultOf } from '../../src/core/model/result.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'

// Without a key it said that the key is not in the backup, and in the next line that there is none.
test('a backup says loudly where its key is, and of no key only that there is none', () => {
  const backedUp: Omit<ResultOf<'backed-up'>, 'key'> = {
    kind: 'backed-up',
    ...{ folder: '/r', storeBytes: 1, snapshots: 1, snapshotBytes: 1, missing: [] },
    ...{ otherCompanies: [], needsPerson: false },
  }
  const context = makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' })
  const withKey = viewOf({ ...backedUp, key: { id: 'K1', file: '/llave' } }, context)
  assert.match(withKey, /NO está en el respaldo\. Guárdela\naparte\.\nLa llave K1 está en: \/llave$/)
  const without = viewOf({ ...backedUp, key: null }, context)
  assert.match(without, /almacén y 1 archivo empaquetado .*\n\nTodavía no hay llave/)
})
