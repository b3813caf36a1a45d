/** What is written past the mail library: the same bytes that it would have written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dotStuffed } from '../../src/core/channels/dot-stuffing.ts'

const onTheWire = (...chunks: readonly string[]) => {
  const pieces = dotStuffed(chunks.map((chunk) => Buffer.from(chunk)))
  return pieces === null ? null : Buffer.concat(pieces).toString()
}

test('a dot that begins a line is doubled, wherever chunks are cut between lines', () => {
  assert.equal(onTheWire('.a\r\n..b\r\n', '.\r\n', 'c.d\r\n'), '..a\r\n...b\r\n..\r\nc.d')
})

test('a dot behind a chunk that ends within a line is none that begins one', () => {
  assert.equal(onTheWire('a', '.b\r\n'), 'a.b')
})

test('a message with a lone CR or LF, or without an end of its last line, is left to the library', () => {
  for (const text of ['a\nb\r\n', 'a\rb\r\n', '\r.\r\n', 'a\r\n\n', 'a', '\r\r\n', '\n', ''])
    assert.equal(onTheWire(text), null, JSON.stringify(text))
  assert.equal(onTheWire('a\r', '\nb\r\n'), null, 'cut within a line end')
})
