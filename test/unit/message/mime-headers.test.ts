/** Headers that are asked for once and filled in afterwards are those that the MIME library gives for each. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import MimeNode from 'nodemailer/lib/mime-node'
import { encode, wrap } from 'nodemailer/lib/qp'
import { attachmentHeaders, multipartHeader } from '../../../src/core/message/mime-headers.ts'
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
