import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import { cfdi40 } from './documents.ts'

function outcome(document: string): string {
  const reading = readHead(Buffer.from(document))
  return reading.ok ? 'ok' : reading.reason
}

/** Well-formed, though the root is no CFDI: read to the end. */
function assertWellFormed(document: string): void {
  assert.equal(outcome(document), 'not-cfdi')
}

const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth)
const wide = (count: number): string =>
  `<a${Array.from({ length: count }, (_, at) => ` b${at}=""`).join('')}/>`

test('elements may be 256 deep', () => {
  assertWellFormed(nested(256))
  assert.equal(outcome(nested(257)), 'malformed')
})

test('a tag may have 1000 attributes', () => {
  assertWellFormed(wide(1000))
  assert.equal(outcome(wide(1001)), 'malformed')
})

test('a document may have some 65,000 different names, and the next one is read as ever', () => {
  const names = (count: number): string =>
    `<a>${Array.from({ length: count }, (_, at) => `<n${at}/>`).join('')}</a>`
  assertWellFormed(names(60_000))
  assert.equal(outcome(names(70_000)), 'malformed')
  assert.equal(outcome(cfdi40()), 'ok')
  assertWellFormed(names(60_000))
})

test('thousands of namespaces are scoped each to its element', () => {
  const scoped = Array.from(
    { length: 5_000 },
    (_, at) => `<p:b xmlns:p="u${at}" xmlns:q="u${at + 1}" p:c="" q:c=""/>`,
  ).join('')
  assertWellFormed(`<a>${scoped}</a>`)
  assert.equal(outcome(`<a>${scoped}<p:b/></a>`), 'malformed')
})
