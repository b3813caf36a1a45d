/** The store compares texts by their bytes; what is read beside it is sorted in the same way. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sortByBytes, standsBefore } from '../../src/core/model/byte-order.ts'

const PARTS = [
  '',
  'a',
  'b',
  '/',
  '\u00f1',
  '\ud7ff',
  '\ue000',
  '\uffee',
  '\u{10000}',
  '\u{1f600}',
  '\u{10ffff}',
]
const TEXTS = PARTS.flatMap((first) => PARTS.map((second) => first + second))

test('the order is that of the UTF-8 bytes, for every pair', () => {
  for (const a of TEXTS) {
    for (const b of TEXTS)
      assert.equal(standsBefore(a, b), Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0)
  }
  const sorted = sortByBytes([...TEXTS])
  assert.deepEqual(
    sorted,
    [...TEXTS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
  )
})
