import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packedList } from '../../src/core/files/packed-list.ts'
import { makePrinter } from '../../src/ui/printer.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'

const values = Array.from({ length: 1234 }, (_, i) => ({ uuid: `Ñ${i}`, files: [], detail: null }))

test('a packed list gives back what was added, in order and as often as it is asked', () => {
  const list = packedList<(typeof values)[number]>()
  assert.deepEqual([...list], [])
  for (let start = 0; start < values.length; start += 100) list.add(values.slice(start, start + 100))
  assert.equal(list.length, values.length)
  assert.deepEqual([...list], values)
  assert.deepEqual([...list], values)
  assert.equal(JSON.stringify(list), JSON.stringify(values))
})

test('what is written piece by piece is the same JSON document as what is written at once', () => {
  const run = {
    kind: 'packaged',
    dryRun: true,
    type: null,
    needsPerson: false,
    totals: {},
  } as never as object
  const written = (documents: Iterable<unknown>, orders: Iterable<unknown>) => {
    const pieces: string[] = []
    const out = { write: (text: string) => pieces.push(text) }
    const context = makeViewContext({ language: 'en', width: undefined, color: 'off', verbosity: 'normal' })
    makePrinter({ out, err: out }, 'json', context).result({ ...run, documents, orders } as never)
    return pieces
  }
  const list = packedList<unknown>()
  list.add(values)
  const pieces = written(list, packedList())
  assert.ok(pieces.length > 6)
  assert.equal(pieces.join(''), written(values, []).join(''))
  assert.equal(pieces.join(''), `${JSON.stringify({ ...run, documents: values, orders: [] })}\n`)
})
