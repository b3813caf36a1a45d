import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { packagePapers } from '../../src/core/flows/package-papers.ts'
import { exitCodeOf } from '../../src/ui/exit-codes.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { papersHouse } from '../support/papers.ts'

const IN_SPANISH = makeViewContext({ language: 'es', width: undefined, color: 'off', verbosity: 'normal' })

describe('the kind of a paper', () => {
  // Each kind's run named the papers of the others as badly named, with a name like theirs as the example, and ended with 1.
  test('a folder may hold papers of several kinds: each run leaves those of the others to theirs', async (t) => {
    const { ctx, request } = await papersHouse(t, {
      'OC_P00001_4500.pdf': 'orden',
      'EDO_C00001_2024-05.pdf': 'mayo',
      'PED_C00001_77.pdf': 'pedido',
    })
    const result = await packagePapers(ctx, { ...request, kind: 'purchase-order' })
    assert.deepEqual(
      result.documents.map(({ result: outcome, reason, detail }) => [outcome, reason, detail]),
      [
        ['queued', null, ''],
        ['skipped', 'other-kind', 'statement'],
        ['skipped', 'other-kind', 'order'],
      ],
    )
    assert.equal(exitCodeOf(result), 0)
    const words = viewOf(result, IN_SPANISH)
    assert.match(
      words,
      /otra clase de papel; se empaqueta con --clase estado-de-cuenta: EDO_C00001_2024-05\.pdf/,
    )
    assert.match(words, /otra clase de papel; se empaqueta con --clase pedido: PED_C00001_77\.pdf/)
    const typed = { ...request, kind: 'purchase-order' as const, patterns: ['X_{customer}_*'] }
    const [first] = (await packagePapers(ctx, typed)).documents
    assert.equal(first?.reason, 'name-not-in-pattern')
  })

  test('a name that says nothing is told a name of its kind', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'cualquiera.pdf': 'x' })
    const result = await packagePapers(ctx, { ...request, kind: 'purchase-order' })
    assert.match(viewOf(result, IN_SPANISH), /como OC_P00001_4500\.pdf /)
  })
})
