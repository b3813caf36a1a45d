import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  attachmentBase,
  extraName,
  mediaTypeOf,
  uniqueNames,
} from '../../../src/core/message/attachment-name.ts'

const UUID = '6F1A3C5E-0D2B-4A7C-9E8F-1B2C3D4E5F60'

const NAMES: readonly (readonly [rfc: string, series: string, folio: string, name: string])[] = [
  ['EKU9003173C9', 'A', '1001', `EKU9003173C9_A1001_${UUID}`],
  ['EKU9003173C9', '', '', `EKU9003173C9_${UUID}`],
  ['ÑAM&010101AB1', 'Ñ', '7', `NAM_010101AB1_N7_${UUID}`],
  ['EKU9003173C9', 'Serie é', 'á 1', `EKU9003173C9_Serie_ea_1_${UUID}`],
  ['EKU9003173C9', '../..', '/etc/passwd', `EKU9003173C9_etc_passwd_${UUID}`],
  ['EKU9003173C9', 'a\r\nb', '😀', `EKU9003173C9_a_b_${UUID}`],
  ['EKU9003173C9', 'A-', '-1:*?', `EKU9003173C9_A--1_${UUID}`],
]

describe('rows 83, 86 and 87: names of attachments', () => {
  for (const [issuerRfc, series, folio, name] of NAMES) {
    test(`${JSON.stringify([issuerRfc, series, folio])} is named ${name}`, () =>
      assert.equal(attachmentBase({ issuerRfc, series, folio, uuid: UUID }), name))
  }

  test('the longest series and folio give way, the UUID does not', () => {
    const base = attachmentBase({
      issuerRfc: 'XAXX010101000',
      series: 'S'.repeat(25),
      folio: 'Ñ'.repeat(40),
      uuid: UUID,
    })
    assert.ok(base.endsWith(`_${UUID}`))
    assert.ok(extraName(base, 'x.xlsx').length <= 100)
  })

  test('a device name of Windows never stands alone', () => {
    assert.equal(attachmentBase({ issuerRfc: 'CON', series: '', folio: '', uuid: UUID }), `CON_${UUID}`)
  })

  test('a paper beside the PDF keeps its kind of file', () => {
    assert.equal(extraName('base', 'Factura_Adj.PDF'), 'base_Adj.pdf')
    assert.equal(extraName('base', 'sin extensión'), 'base_Adj')
    assert.equal(extraName('base', 'x.<b>'), 'base_Adj')
  })

  test('row 82: a name that is taken gets a number, whatever its case', () => {
    assert.deepEqual(uniqueNames(['a.xml', 'A.XML', 'a.xml', 'a_2.xml', 'b']), [
      'a.xml',
      'A_2.xml',
      'a_3.xml',
      'a_2_2.xml',
      'b',
    ])
  })

  test('XML has no charset parameter and an unknown file no guessed type', () => {
    assert.deepEqual(['a.xml', 'a.PDF', 'a.zip', 'a.exe', 'a'].map(mediaTypeOf), [
      'application/xml',
      'application/pdf',
      'application/zip',
      'application/octet-stream',
      'application/octet-stream',
    ])
  })
})
