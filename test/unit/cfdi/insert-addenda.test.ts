import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { insertAddenda } from '../../../src/core/cfdi/insert-addenda.ts'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import type { ExistingAddenda } from '../../../src/core/model/addenda.ts'
import { corpusMissing, corpusPath, expectedRecords } from '../../support/corpus.ts'
import { cfdi40, stamp } from './documents.ts'

const CONTENT = '<pedido numero="1">Ñ</pedido>'

function inserted(document: string | Buffer, content = CONTENT, existing: ExistingAddenda = 'error'): Buffer {
  const result = insertAddenda(Buffer.from(document), content, existing)
  assert.ok(result.ok, result.ok ? '' : `${result.reason}: ${result.detail}`)
  return result.bytes
}

function refusal(document: string | Buffer, content = CONTENT, existing: ExistingAddenda = 'error'): string {
  const result = insertAddenda(Buffer.from(document), content, existing)
  assert.ok(!result.ok)
  return `${result.reason} ${result.detail}`
}

/** Text before the root's end tag, and from there on: what follows the root can only be comments, instructions and space. */
const ENDING = /^([\s\S]*)(<\/[^<>]+>(?:\s|<!--[\s\S]*?-->|<\?[\s\S]*?\?>)*)$/

function encodingOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | 'latin1' | 'utf-8' {
  if (bytes[0] === 0xff) return 'utf-16le'
  if (bytes[0] === 0xfe) return 'utf-16be'
  return /encoding=["']iso-8859-1/i.test(bytes.toString('latin1', 0, 100)) ? 'latin1' : 'utf-8'
}

function textOf(bytes: Buffer): string {
  const encoding = encodingOf(bytes)
  if (encoding === 'latin1') return bytes.toString('latin1')
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
}

function bytesOf(text: string, like: Buffer): Buffer {
  const encoding = encodingOf(like)
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  return Buffer.from(text, encoding)
}

/** The result worked out another way: as text, by a pattern. */
function expected(document: Buffer): Buffer {
  const text = textOf(document)
  const rootTag = /<(?![!?])([\w.-]+:)?(?:Comprobante|Retenciones)\b[^>]*>/.exec(text)
  const prefix = rootTag?.[1] ?? ''
  const bare = text.replace(
    new RegExp(`<${prefix}Addenda(?:\\s[^>]*)?(?:/>|>[\\s\\S]*</${prefix}Addenda\\s*>)`),
    '',
  )
  const [, before = '', ending = ''] = ENDING.exec(bare) ?? []
  const content = / xmlns=["']/.test(rootTag?.[0] ?? '')
    ? CONTENT.replace('<pedido', '<pedido xmlns=""')
    : CONTENT
  return bytesOf(`${before}<${prefix}Addenda>${content}</${prefix}Addenda>${ending}`, document)
}

describe('an addenda in every stamped document of the corpus', { skip: corpusMissing() }, () => {
  const readable = expectedRecords()
    .map((record) => ({ file: record.file, bytes: readFileSync(corpusPath(record)) }))
    .filter(({ bytes }) => readHead(bytes).ok)

  test('the corpus has enough of them', () => assert.ok(readable.length > 20, String(readable.length)))

  for (const { file, bytes } of readable) {
    test(`${file}: all other bytes are the same`, () => {
      const source = Buffer.from(bytes)
      assert.deepEqual(inserted(bytes, CONTENT, 'replace'), expected(bytes))
      assert.ok(bytes.equals(source), 'the source is as it was')
    })
  }
})

describe('where the addenda goes', () => {
  const endings: Readonly<Record<string, string>> = {
    'blanks in the end tag': cfdi40().replace(/<\/cfdi:Comprobante>/, '</cfdi:Comprobante \n >'),
    'comments and instructions after the root': `${cfdi40()}\n<!-- </cfdi:Comprobante> --><?x </cfdi:Comprobante>?>\n`,
    'a decoy in a comment before the end': cfdi40({ body: '<!-- </cfdi:Comprobante> -->' }),
    'a decoy in an instruction': cfdi40({ body: '<?x </cfdi:Comprobante>?>' }),
    'a byte order mark': `\ufeff${cfdi40()}`,
    'no declaration': cfdi40().replace(/^<\?.*\?>\n/, ''),
  }
  for (const [what, document] of Object.entries(endings)) {
    test(`${what}: before the end tag of the root`, () => {
      assert.deepEqual(inserted(document), expected(Buffer.from(document)))
    })
  }

  test('a decoy in CDATA and a whole Comprobante inside another element are not the root', () => {
    const nested = cfdi40().replace(/^<\?.*\?>\n/, '')
    const document = cfdi40({
      body: `<x:y xmlns:x="urn:x">${nested}<![CDATA[</cfdi:Comprobante>]]></x:y>`,
    })
    const end = document.lastIndexOf('</cfdi:Comprobante>')
    const text = inserted(document).toString()
    assert.equal(
      text,
      `${document.slice(0, end)}<cfdi:Addenda>${CONTENT}</cfdi:Addenda>${document.slice(end)}`,
    )
  })

  test('an addenda inside a complement or inside another addenda is not the document’s own', () => {
    const complement = `<cfdi:Complemento>${stamp()}<x:y xmlns:x="urn:x"><cfdi:Addenda/></x:y></cfdi:Complemento>`
    assert.match(inserted(cfdi40({ complement })).toString(), /<cfdi:Addenda><pedido/)
  })

  test('the prefix is the document’s own, or none', () => {
    const other = cfdi40().replaceAll('cfdi:', 'ns2:').replace('xmlns:cfdi', 'xmlns:ns2')
    assert.match(inserted(other).toString(), /<ns2:Addenda><pedido numero="1">Ñ<\/pedido><\/ns2:Addenda>/)
    const none = cfdi40().replaceAll('cfdi:', '').replace('xmlns:cfdi', 'xmlns')
    assert.match(inserted(none).toString(), /<Addenda><pedido xmlns="" numero="1">Ñ<\/pedido><\/Addenda>/)
  })
})

describe('an addenda that is there already', () => {
  const old = (text: string): string => cfdi40({ body: `${text}\n` })
  const forms = [
    '<cfdi:Addenda/>',
    '<cfdi:Addenda ></cfdi:Addenda >',
    '<cfdi:Addenda a="1"><x><![CDATA[</cfdi:Addenda>]]></x></cfdi:Addenda>',
  ]
  for (const form of forms) {
    test(`${form} is an error, gives way exactly, or is kept`, () => {
      assert.match(refusal(old(form)), /^addenda-exists/)
      assert.deepEqual(inserted(old(form), CONTENT, 'replace'), inserted(old('')))
      assert.equal(inserted(old(form), CONTENT, 'keep').toString(), old(form))
    })
  }

  test('which of two should give way is not guessed', () => {
    assert.match(refusal(old('<cfdi:Addenda/><cfdi:Addenda/>'), CONTENT, 'replace'), /^bad-addenda 2 Addenda/)
  })
})

describe('the namespaces of an addenda', () => {
  const withDefault = cfdi40({ root: { xmlns: 'urn:other' } })

  test('what the root makes the default namespace is taken off its outermost elements, whatever their prefix', () => {
    const content = '<a/><p:b xmlns:p="urn:p"><c/></p:b><d xmlns="urn:d"><e/></d>'
    const text = inserted(withDefault, content).toString()
    assert.match(text, /<a xmlns=""\/><p:b xmlns="" xmlns:p="urn:p"><c\/><\/p:b><d xmlns="urn:d"><e\/><\/d>/)
  })

  test('a prefix has to be declared in the addenda, even when the document declares it too', () => {
    const document = cfdi40({ root: { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' } })
    assert.match(refusal(document, '<a xsi:schemaLocation="b c"/>'), /undeclared prefix/)
    assert.match(refusal(document, '<xsi:a/>'), /undeclared prefix/)
  })
})

describe('the content of an addenda', () => {
  const broken: Readonly<Record<string, RegExp>> = {
    '<a>': /malformed/,
    '</cfdi:Addenda><cfdi:Addenda>': /malformed/,
    '</A><A>': /malformed/,
    '<a b="1" b="2"/>': /duplicate attribute/,
    '<a>&nbsp;</a>': /unknown entity/,
    '<!DOCTYPE a><a/>': /malformed/,
    '<?xml version="1.0"?><a/>': /bad processing instruction/,
    '<cfdi:Addenda><a/></cfdi:Addenda>': /wrapper/,
    '  \n': /empty/,
    'a\0b': /forbidden control character/,
  }
  for (const [content, why] of Object.entries(broken)) {
    test(`${JSON.stringify(content)} is refused`, () => assert.match(refusal(cfdi40(), content), why))
  }

  test('its line ends become those of the document', () => {
    const crlf = cfdi40({ body: '\r\n' })
    assert.match(inserted(crlf, '<a>\n</a>').toString(), /<a>\r\n<\/a>/)
    assert.match(inserted(cfdi40({ body: '\n' }), '<a>\n</a>').toString(), /<a>\n<\/a>/)
  })
})

describe('the encoding of the document', () => {
  const content = '<a b="€">Ñ€😀<![CDATA[<Ñ€>]]><!-- € --></a>'
  const latin1 = (encoding: string) => Buffer.from(cfdi40().replace('UTF-8', encoding), 'latin1')

  for (const encoding of ['ISO-8859-1', 'Windows-1252']) {
    test(`${encoding} holds Ñ as a byte and the rest as references, also out of CDATA`, () => {
      assert.match(
        inserted(latin1(encoding), content).toString('latin1'),
        /<a b="&#8364;">Ñ&#8364;&#128512;<!\[CDATA\[<Ñ\]\]>&#8364;<!\[CDATA\[>\]\]><!-- \? --><\/a>/,
      )
    })
  }

  test('US-ASCII gets references for all that is not ASCII', () => {
    assert.match(inserted(latin1('US-ASCII'), '<a>Ñ</a>').toString('latin1'), /<a>&#209;<\/a>/)
  })

  for (const order of ['utf-16le', 'utf-16be'] as const) {
    test(`${order} is written in its own order, with the mark where it was`, () => {
      const text = `\ufeff${cfdi40().replace('UTF-8', 'UTF-16')}`
      const little = Buffer.from(text, 'utf16le')
      const document = order === 'utf-16le' ? little : Buffer.from(little).swap16()
      const result = inserted(document, content)
      const end = text.lastIndexOf('</cfdi:Comprobante>')
      assert.equal(
        new TextDecoder(order, { ignoreBOM: true }).decode(result),
        `${text.slice(0, end)}<cfdi:Addenda>${content}</cfdi:Addenda>${text.slice(end)}`,
      )
    })
  }

  test('a name that the encoding cannot hold is refused, not mangled', () => {
    assert.match(refusal(latin1('ISO-8859-1'), '<ł/>'), /malformed/)
  })
})
