/** Headers that are asked for once and filled in afterwards are those that the MIME library gives for each. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import MimeNode from 'nodemailer/lib/mime-node'
import { encode, wrap } from 'nodemailer/lib/qp'
import { attachmentHeaders, freshHeader, multipartHeader } from '../../../src/core/message/mime-headers.ts'
import { quotedPrintable } from '../../../src/core/message/quoted-printable.ts'

test('an attachment of any name has the lines of the library', () => {
  const odd = ['ñ.xml', "a'b.pdf", '.a.xml', '-a.xml', 'a b.pdf', 'a\\b.xml', '0'.repeat(200)]
  const plain = Array.from({ length: 90 }, (_, i) => `${'Ab_9-'.repeat(20).slice(0, i + 1)}.xml`)
  for (const name of [...odd, ...plain, ...plain.map((each) => each.replace('A', 'x'))]) {
    const node = new MimeNode('application/xml', { rootNode: new MimeNode('text/plain'), filename: name })
    node.setHeader('Content-Disposition', 'attachment')
    node.setHeader('Content-Transfer-Encoding', 'base64')
    assert.equal(attachmentHeaders('application/xml', name), node.buildHeaders(), name)
  }
})

test('a boundary stands where the library puts it', () => {
  for (const length of [1, 26, 60]) {
    const boundary = `=_${'01HXYZ0123456789ABCDEFGHJK'.repeat(3).slice(0, length)}_1`
    const node = new MimeNode(`multipart/mixed; boundary="${boundary}"`, {
      rootNode: new MimeNode('text/plain'),
    })
    assert.equal(multipartHeader('multipart/mixed', boundary), node.buildHeaders())
  }
})

test('a text encoded line by line is the text encoded whole', () => {
  const lines = ['Estimado cliente:', '', '.', 'ñ'.repeat(60), 'x '.repeat(80), 'y'.repeat(73), 'a=b\t']
  for (let first = 0; first < lines.length; first++) {
    const text = [...lines.slice(first), ...lines, ...lines.slice(0, first)].join('\n')
    const whole = wrap(encode(text.replaceAll('\n', '\r\n')), 74).replace(/^\./gm, '=2E')
    assert.equal(quotedPrintable(text), whole.endsWith('\r\n') ? whole : `${whole}\r\n`)
    assert.equal(quotedPrintable(text), quotedPrintable(text), 'and again, from memory')
  }
})

/** Lines of pieces that are encoded, folded or left alone, the same in each run. */
function oddLines(count: number, pieces: readonly string[]): string[] {
  let seed = 7
  const next = (most: number) => (seed = (seed * 48271) % 2147483647) % most
  return Array.from({ length: count }, () =>
    Array.from({ length: next(9) }, () => pieces[next(pieces.length)]).join(''),
  )
}

test('a line that needs no encoding is the one that the library would write', () => {
  const signs = ['a', 'Z', '9', '<', '>', '.', '-', ' ', '\t', '=', 'ñ', '~', '!']
  for (const line of oddLines(3_000, [...signs, 'x'.repeat(60), 'palabras de varias letras'])) {
    const wrapped = wrap(encode(`${line}\r\nx`), 74).replace(/^\./gm, '=2E')
    assert.equal(quotedPrintable(`${line}\n`), wrapped.slice(0, -1), JSON.stringify(line))
  }
})

test('so is a subject that is one short line of ASCII, and any other', () => {
  const signs = ['a', 'Z', '=', '?', '=?utf-8?Q?a?=', '"', 'ñ', ':', 'factura', '<', '\\', 'x'.repeat(40)]
  for (const line of oddLines(
    3_000,
    signs.flatMap((sign) => [sign, `${sign} `]),
  )) {
    const value = line.replace(/ +/g, ' ').trim() || 'A'
    const node = new MimeNode('multipart/mixed; boundary="x"')
    node.setHeader('Subject', value)
    const lines = node.buildHeaders()
    assert.equal(
      freshHeader('Subject', value),
      lines.slice(lines.indexOf('Subject')).split(/\r\n(?! )/)[0],
      value,
    )
  }
})
