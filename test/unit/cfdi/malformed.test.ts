import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import { cfdi40 } from './documents.ts'

function outcome(document: string | Buffer): string {
  const reading = readHead(Buffer.from(document))
  return reading.ok ? 'ok' : reading.reason
}

/** Well-formed, though the root is no CFDI: read to the end. */
function assertWellFormed(document: string): void {
  assert.equal(outcome(document), 'not-cfdi', document)
}

const WELL_FORMED: Readonly<Record<string, readonly string[]>> = {
  'the shortest documents': [
    '<a/>',
    '<a></a>',
    '<a ></a >',
    '<a\n/>',
    '\n <a/>\r\n\t',
    '<?xml version="1.0"?><a/>',
  ],
  'every form of the XML declaration': [
    "<?xml version='1.0'?><a/>",
    '<?xml  version = "1.0"\n encoding="utf-8" standalone=\'no\' ?><a/>',
    '<?xml version="1.1"?><a/>',
    '<?xml version="1.0" standalone="yes"?><a/>',
  ],
  'attributes in both quotes, with the other inside': [`<a b='"' c="'" d = "1"\te\n=\r'>'/>`],
  'names beyond ASCII': [
    '<año Año="1"/>',
    '<é:ü xmlns:é="u"/>',
    '<_.-9/>',
    '<ª/>'.replace('ª', '\u{10000}'),
    '<a\u00b7\u0300/>',
  ],
  'the five entities and character references': [
    '<a b="&amp;&lt;&gt;&quot;&apos;">&#9;&#x1F600;&#xD7FF;&#xE000;&#x10FFFF;&#0000065;</a>',
  ],
  comments: ['<!----><a><!-- - --><!--<b>&nothing;]]>--></a><!-- x -->'],
  'CDATA sections': ['<a><![CDATA[]]><![CDATA[<b>&x;]]]]><![CDATA[>]]></a>'],
  'processing instructions': ['<?x?><a><?x y?z??></a><?xml-stylesheet href="x"?>', '<?xm l?><a/>'],
  'brackets and > in text': ['<a>]] > ]>]]&gt; ></a>'],
  'namespaces declared, redeclared and taken back': [
    '<a xmlns="u"><b xmlns=""/><p:c xmlns:p="v"><p:d xmlns:p="w"/></p:c></a>',
    '<a xml:lang="es" xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns:p="u" p:b="1" b="2" xmlns:q="v" q:b="3"/>',
    '<p:a p:b="1" xmlns:p="declared after its use"/>',
  ],
  'xmlns:schemaLocation, which the SAT once published': ['<a xmlns:schemaLocation="http://a http://b"/>'],
  'characters at the edges of what is allowed': [
    '<a>\t\n\r \u007f\u0085\ud7ff\ue000\ufffd\u{10000}\u{10ffff}\u{1ffff}</a>',
  ],
}

const MALFORMED: Readonly<Record<string, readonly string[]>> = {
  'nothing but white space or markup beside a root': [' ', '<!-- x -->', '<?x?>', '<?xml version="1.0"?>'],
  'text outside the root': ['x<a/>', '<a/>x', '<a/>&#32;', '<a/><![CDATA[]]>', '&amp;<a/>'],
  'two roots': ['<a/><b/>', '<a></a><a></a>'],
  'tags that do not match': [
    '<a>',
    '<a></b>',
    '<a></ab>',
    '<ab></a>',
    '<a><b></a></b>',
    '</a>',
    '<a/></a>',
    '<a></A>',
  ],
  'prefixes that differ, though bound to one namespace': ['<p:a xmlns:p="u" xmlns:q="u"></q:a>'],
  'tags badly written': [
    '< a/>',
    '<a / >',
    '<a/ >',
    '<a></ a>',
    '<a></a b="1">',
    '<a></a/>',
    '<>',
    '<a',
    '<a b',
    '<1a/>',
    '<-a/>',
    '<a!/>',
  ],
  'attributes badly written': [
    '<a b/>',
    '<a b=/>',
    '<a b=1/>',
    '<a b="1/>',
    `<a b="1'/>`,
    '<a b="1"c="2"/>',
    '<a "1"/>',
    '<a b="<"/>',
    '<a =""/>',
  ],
  'an attribute twice': [
    '<a b="1" b="1"/>',
    '<a b="1" c="" b="2"/>',
    '<a xmlns="u" xmlns="u"/>',
    '<a xmlns:p="u" xmlns:p="u"/>',
  ],
  'an attribute twice by its expanded name': [
    '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>',
    '<a xmlns:p="u" xmlns:q="&#x75;" p:b="" c="" q:b=""/>',
  ],
  'prefixes not declared': [
    '<p:a/>',
    '<a p:b="1"/>',
    '<a><p:b xmlns:p="u"/><p:c/></a>',
    '<a xmlns:p="u"/><!-- --><p:b/>',
  ],
  'names with colons out of place': [
    '<:a xmlns="u"/>',
    '<a:/>',
    '<a:b:c xmlns:a="u"/>',
    '<a :b="1"/>',
    '<a b:="1"/>',
    '<a xmlns:="u"/>',
    '<a:1 xmlns:a="u"/>',
    '<?a:b?><a/>',
  ],
  'reserved prefixes and namespaces': [
    '<a xmlns:xmlns="u"/>',
    '<a xmlns:xml="u"/>',
    '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
    '<a xmlns="http://www.w3.org/2000/xmlns/"/>',
    '<xmlns:a/>',
    '<a xmlns:p=""/>',
  ],
  'references badly written': [
    '<a>&</a>',
    '<a>& b</a>',
    '<a>&amp</a>',
    '<a>&AMP;</a>',
    '<a>&nbsp;</a>',
    '<a>&toString;</a>',
    '<a b="&x;"/>',
    '<a>&#;</a>',
    '<a>&#x;</a>',
    '<a>&#X41;</a>',
    '<a>&#12a;</a>',
    '<a>&#-1;</a>',
  ],
  'references to characters XML does not have': [
    '<a>&#0;</a>',
    '<a b="&#x1;"/>',
    '<a>&#xD800;</a>',
    '<a>&#xFFFE;</a>',
    '<a>&#x110000;</a>',
    '<a>&#4294967361;</a>',
  ],
  'characters XML does not have': [
    '<a>\0</a>',
    '<a b="\x01"/>',
    '<a>\x1f</a>',
    '<a>\ufffe</a>',
    '<a b="\uffff"/>',
    '<!--\x02--><a/>',
    '<a><![CDATA[\x03]]></a>',
    '<?x \x04?><a/>',
    '<a\x00/>',
    '\x0c<a/>',
  ],
  'names with characters that names do not have': [
    '<a\u00d7/>',
    '<\u00b7a/>',
    '<\u0300a/>',
    '<a\u037e/>',
    '<a b\u2028="1"/>',
    '<a\u{F0000}/>',
    '<a>\ufeff</a >\ufeff',
  ],
  ']]> in text': ['<a>]]></a>', '<a>x]]]></a>'],
  'comments badly written': [
    '<a><!-- -- --></a>',
    '<a><!-- ---></a>',
    '<a><!- --></a>',
    '<a><!--></a>',
    '<a><!-- ',
    '<!--->',
  ],
  'CDATA badly written': [
    '<a><![CDATA[]]</a>',
    '<a><![cdata[]]></a>',
    '<a><![CDATA []]></a>',
    '<![CDATA[]]><a/>',
  ],
  'processing instructions badly written': [
    '<? x?><a/>',
    '<?x',
    '<?x?',
    '<?x y>',
    '<?1?><a/>',
    '<?x!y?><a/>',
    '<?XML x?><a/>',
    '<?xMl?><a/>',
  ],
  'an XML declaration out of place': [
    ' <?xml version="1.0"?><a/>',
    '<a/><?xml version="1.0"?>',
    '<a><?xml version="1.0"?></a>',
    '<?xml version="1.0"?><?xml version="1.0"?><a/>',
  ],
  'an XML declaration badly written': [
    '<?xml?><a/>',
    '<?xml ?><a/>',
    '<?xml encoding="UTF-8"?><a/>',
    '<?xml version="2.0"?><a/>',
    '<?xml version="1."?><a/>',
    '<?xml version=1.0?><a/>',
    '<?xml version="1.0"encoding="UTF-8"?><a/>',
    '<?xml version="1.0" standalone="maybe"?><a/>',
    '<?xml version="1.0" standalone="no" encoding="UTF-8"?><a/>',
    '<?xml version="1.0" encoding="UTF-8" x="y"?><a/>',
    '<?xml version="1.0"><a/>',
  ],
  'unknown <! markup': ['<a><!x></a>', '<!ELEMENT a ANY><a/>', '<!doctype a><a/>'],
}

describe('well-formed documents are read to their end', () => {
  for (const [what, documents] of Object.entries(WELL_FORMED)) {
    test(what, () => {
      documents.forEach(assertWellFormed)
    })
  }
})

describe('row 70: malformed documents are refused', () => {
  for (const [what, documents] of Object.entries(MALFORMED)) {
    test(what, () => {
      for (const document of documents) assert.equal(outcome(document), 'malformed', document)
    })
  }

  test('row 69: a document cut off at any byte is refused', () => {
    const whole = Buffer.from(
      cfdi40({
        tail: '<cfdi:Addenda><!-- ñ --><?x y?><a:b xmlns:a="u" a:c=\'&#241;\'><![CDATA[<x>]]>ñ &amp; </a:b ></cfdi:Addenda>\n',
        body: `<cfdi:Conceptos>${'<cfdi:Concepto Descripcion="año" Importe="1.00"/>'.repeat(20)}</cfdi:Conceptos>`,
      }),
    )
    assert.equal(outcome(whole), 'ok')
    for (let end = 1; end < whole.length; end++) {
      // A cut inside a character of two bytes is an encoding error before it is anything else.
      assert.match(outcome(whole.subarray(0, end)), /^(malformed|encoding)$/, `cut at byte ${end}`)
    }
  })

  for (const doctype of [
    '<!DOCTYPE a>',
    '<!DOCTYPE a [<!ENTITY x "y">]>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE',
    '<!-- x --><!DOCTYPE',
  ]) {
    test(`row 67: ${doctype} is refused for what it is`, () => {
      assert.equal(outcome(`${doctype}<a>&x;</a>`), 'doctype')
      assert.equal(outcome(`<?xml version="1.0"?>${doctype}<a/>`), 'doctype')
    })
  }
})

describe('the place of an offence', () => {
  const places: Readonly<Record<string, string>> = {
    '<a><b></c></a>': '</c> at byte 6 closes b',
    '<a>\u00f1<b></c></a>': '</c> at byte 8 closes b',
    '\ufeff<a></b>': '</b> at byte 6 closes a',
    '<a b="1" b="2"/>': 'duplicate attribute b at byte 9',
    '<a>&x;</a>': 'unknown entity at byte 3',
    '<a><b': 'document cut off at byte 5',
    '<a/><b/>': 'second root element at byte 4',
  }
  for (const [document, detail] of Object.entries(places)) {
    test(`in ${JSON.stringify(document)} is told as "${detail}"`, () => {
      const reading = readHead(Buffer.from(document))
      assert.equal(reading.ok ? 'ok' : reading.detail, detail)
    })
  }
})
