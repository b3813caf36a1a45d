import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import { cfdi40 } from './documents.ts'

const NAME = 'PEÑA GARCÍA'
const document = (encoding: string, name = NAME): string =>
  cfdi40({ receiver: `<cfdi:Receptor Rfc="XAXX010101000" Nombre="${name}"/>` }).replace('UTF-8', encoding)

const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le')
const utf16be = (text: string): Buffer => utf16le(text).swap16()

function nameIn(bytes: Buffer): string {
  const reading = readHead(bytes)
  return reading.ok ? reading.head.receiver.name : `${reading.reason}: ${reading.detail}`
}

describe('rows 65 and 66: the encoding of a document', () => {
  const readable: Readonly<Record<string, Buffer>> = {
    'UTF-8': Buffer.from(document('UTF-8')),
    'UTF-8 in small letters and single quotes': Buffer.from(document('UTF-8').replace('"UTF-8"', "'utf-8'")),
    'UTF-8 with byte order mark': Buffer.from(`\ufeff${document('UTF-8')}`),
    'UTF-8 with byte order mark and no declaration': Buffer.from(
      document('UTF-8').replace(/^<\?.*\?>/, '\ufeff'),
    ),
    'no declaration': Buffer.from(document('UTF-8').replace(/^<\?.*\?>\n/, '')),
    'a declaration without encoding': Buffer.from(
      document('UTF-8').replace(' encoding="UTF-8"', ' standalone="no"'),
    ),
    'ISO-8859-1': Buffer.from(document('ISO-8859-1'), 'latin1'),
    'Windows-1252': Buffer.from(document('Windows-1252'), 'latin1'),
    'UTF-16LE with mark': utf16le(`\ufeff${document('UTF-16')}`),
    'UTF-16BE with mark': utf16be(`\ufeff${document('UTF-16')}`),
    'UTF-16LE without mark': utf16le(document('UTF-16LE')),
    'UTF-16BE without mark': utf16be(document('UTF-16BE')),
    'US-ASCII with references': Buffer.from(document('US-ASCII', 'PE&#209;A GARC&#xCD;A')),
  }
  for (const [what, bytes] of Object.entries(readable)) {
    test(`${what} is read`, () => {
      const before = Buffer.from(bytes)
      assert.equal(nameIn(bytes), NAME)
      assert.ok(bytes.equals(before), 'the bytes are as they were')
    })
  }

  test('0x80 is the euro in Windows-1252 and a control character in ISO-8859-1', () => {
    assert.equal(nameIn(Buffer.from(document('windows-1252', '\x80'), 'latin1')), '€')
    assert.equal(nameIn(Buffer.from(document('ISO-8859-1', '\x80'), 'latin1')), '\u0080')
  })

  const refused: readonly (readonly [what: string, bytes: Buffer, reading: string | RegExp])[] = [
    [
      'an encoding that is not known',
      Buffer.from(document('EBCDIC-MX')),
      'encoding: declared EBCDIC-MX is not known',
    ],
    [
      'ISO-8859-1 bytes declared UTF-8',
      Buffer.from(document('UTF-8'), 'latin1'),
      /^encoding: byte \d+ is not UTF-8$/,
    ],
    ['a byte beyond US-ASCII', Buffer.from(document('US-ASCII')), /^encoding: byte \d+ is not US-ASCII$/],
    [
      'a byte Windows-1252 leaves free',
      Buffer.from(document('cp1252', '\x81'), 'latin1'),
      /^encoding: byte \d+ is not Windows-1252$/,
    ],
    [
      'UTF-8 mark, other declaration',
      Buffer.from(`\ufeff${document('ISO-8859-1')}`),
      /^encoding: declared ISO-8859-1, found /,
    ],
    [
      'UTF-16 mark, other declaration',
      utf16le(`\ufeff${document('UTF-8')}`),
      'encoding: declared UTF-8, found UTF-16LE',
    ],
    [
      'the other byte order',
      utf16be(`\ufeff${document('UTF-16LE')}`),
      'encoding: declared UTF-16LE, found UTF-16BE',
    ],
    [
      'single bytes declared UTF-16',
      Buffer.from(document('UTF-16')),
      'encoding: declared UTF-16, found single bytes',
    ],
    [
      'half a UTF-16 character',
      utf16le(`\ufeff${document('UTF-16')}`).subarray(0, -1),
      'encoding: not UTF-16LE',
    ],
    ['a lone surrogate', utf16le(`\ufeff${document('UTF-16', '\ud800')}`), 'encoding: not UTF-16LE'],
    ['no bytes', Buffer.alloc(0), 'empty: 0 bytes'],
    ['a lone mark', Buffer.from('\ufeff'), 'malformed: document without root element, ended at byte 3'],
  ]
  for (const [what, bytes, reading] of refused) {
    test(`${what} is refused`, () => {
      if (typeof reading === 'string') assert.equal(nameIn(bytes), reading)
      else assert.match(nameIn(bytes), reading)
    })
  }
})
