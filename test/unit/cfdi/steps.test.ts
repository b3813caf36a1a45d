/** Bytes are looked at two and four at a time, and what the document before said is compared with: neither may be seen in what is read. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import { makeCfdi } from '../../support/cfdi-factory.ts'

const DOCUMENT = makeCfdi({
  receiverName: 'RECEPTOR',
  addenda: '<a b="VALOR">TEXTO<!--NOTA--><?pi DATO?></a>',
})

/** The document with other bytes in place of a word of it. */
function withBytes(word: string, bytes: Buffer): { readonly document: Buffer; readonly at: number } {
  const at = DOCUMENT.indexOf(word)
  const document = Buffer.concat([DOCUMENT.subarray(0, at), bytes, DOCUMENT.subarray(at + word.length)])
  return { document, at }
}

describe('wherever a byte stands', () => {
  for (const word of ['RECEPTOR', 'VALOR', 'TEXTO', 'NOTA', 'DATO']) {
    test(`a forbidden one in place of ${word} is found where it is, behind any number of others`, () => {
      for (const forbidden of [Buffer.of(0), Buffer.of(0x1f), Buffer.from('\uffff')]) {
        for (let before = 0; before < 12; before++) {
          const bytes = Buffer.concat([Buffer.alloc(before, 'x'), forbidden, Buffer.from('yz')])
          const { document, at } = withBytes(word, bytes)
          const reading = readHead(document)
          assert.equal(reading.ok ? null : reading.reason, 'malformed')
          assert.match(reading.ok ? '' : reading.detail, new RegExp(`forbidden .* at byte ${at + before}$`))
        }
      }
    })
  }

  test('what is not plain ASCII in a value is decoded, behind any number of plain characters', () => {
    for (let before = 0; before < 12; before++) {
      const plain = 'ABCDEFGHIJKL'.slice(0, before)
      for (const [raw, value] of [
        ['Ñ', 'Ñ'],
        ['&amp;', '&'],
        ['&#xE9;', 'é'],
        [' \t X', ' X'],
        ['\u00a0', '\u00a0'],
      ] as const) {
        const { document } = withBytes('RECEPTOR', Buffer.from(`${plain}-${raw}-Z  `))
        assert.equal(readHead(document).head?.receiver.name, `${plain}-${value}-Z`)
      }
    }
  })
})

describe('what the document before said', () => {
  const nameIn = (raw: string) =>
    readHead(withBytes('RECEPTOR', Buffer.from(raw)).document).head?.receiver.name

  test('is not taken for what the next one says', () => {
    const names = ['UNO', 'DOS', 'UNO', 'UN', 'UNOS', '', 'U&#78;O', ' UNO', 'UÑ', 'U\u00d1', 'UNO']
    const read = names.map(nameIn)
    assert.deepEqual(read, ['UNO', 'DOS', 'UNO', 'UN', 'UNOS', '', 'UNO', 'UNO', 'UÑ', 'UÑ', 'UNO'])
  })

  test('nor is its namespace, even of equal length', () => {
    const namespace = 'http://www.sat.gob.mx/cfd/4'
    const reasonIn = (uri: string) => {
      const reading = readHead(withBytes(namespace, Buffer.from(uri)).document)
      return reading.ok ? null : reading.reason
    }
    const uris = [namespace, 'http://www.sat.gob.mx/cfd/5', 'http://www.sat.gob.mx/cfd/ñ', namespace]
    assert.deepEqual(uris.map(reasonIn), [null, 'unknown-version', 'not-cfdi', null])
    assert.equal(reasonIn('http://www.sat.gob.mx/cfd/&#52;'), null)
  })
})
