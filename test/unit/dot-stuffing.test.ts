/** A message on the wire ends where it ends, for every server. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dotStuffed } from '../../src/core/channels/dot-stuffing.ts'

const onTheWire = (...chunks: readonly string[]) =>
  Buffer.concat(dotStuffed(chunks.map((chunk) => Buffer.from(chunk, 'latin1')))).toString('latin1')

test('a dot that begins a line is doubled, wherever chunks are cut between lines', () => {
  assert.equal(onTheWire('.a\r\n..b\r\n', '.\r\n', 'c.d\r\n'), '..a\r\n...b\r\n..\r\nc.d\r\n')
})

test('a dot behind a chunk that ends within a line is none that begins one', () => {
  assert.equal(onTheWire('a', '.b\r\n'), 'a.b\r\n')
})

// A lone CR or LF before a dot is the end of the message for one server and not for the next.
test('a lone CR or LF becomes a line end, and the last line gets one', () => {
  const mended: Readonly<Record<string, string>> = {
    'a\nb\r\n': 'a\r\nb\r\n',
    'a\rb\r\n': 'a\r\nb\r\n',
    '\r.\r\n': '\r\n..\r\n',
    'a\n.\r\nb': 'a\r\n..\r\nb\r\n',
    'a\r\n\n': 'a\r\n\r\n',
    a: 'a\r\n',
    '\r\r\n': '\r\n\r\n',
    '\n': '\r\n',
    '': '',
    'se\xf1or\n': 'se\xf1or\r\n',
  }
  for (const [text, wire] of Object.entries(mended)) assert.equal(onTheWire(text), wire, JSON.stringify(text))
  assert.equal(onTheWire('a\r', '\n.b\r\n'), 'a\r\n..b\r\n', 'cut within a line end')
})

test('what is known to be base64 is passed on as it is', () => {
  const [head, content] = [Buffer.from('.a\r\n'), Buffer.from('QUJD\r\n')]
  const pieces = dotStuffed([head, content], new Set([content]))
  assert.equal(Buffer.concat(pieces).toString(), '..a\r\nQUJD\r\n')
  assert.ok(pieces.includes(content))
})
