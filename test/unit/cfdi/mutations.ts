/** Small documents and seeded damage to them, for comparing readers on thousands of nearly right documents. */

const STAMPED = `<?xml version="1.0" encoding="UTF-8"?>
<!-- año --><cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.sat.gob.mx/cfd/4 x.xsd" Version="4.0" Fecha="2024-05-20T10:15:30" Sello="AB+/=" Total="116.00" TipoDeComprobante='I'>
<cfdi:InformacionGlobal Año="2024"/><cfdi:Emisor Rfc="EKU9003173C9" Nombre="A &amp; B &#209;"/><cfdi:Receptor Rfc="XAXX010101000" Nombre='"P"'/>
<cfdi:Complemento><tfd:TimbreFiscalDigital xmlns:tfd="http://www.sat.gob.mx/TimbreFiscalDigital" Version="1.1" UUID="11111111-1111-4111-8111-111111111111" FechaTimbrado="2024-05-20T10:15:31" SelloCFD="AB+/="/></cfdi:Complemento>
</cfdi:Comprobante>`

const ADDENDA = `<?xml version="1.0"?><?pi some data?>
<Comprobante xmlns="http://www.sat.gob.mx/cfd/4" Version="4.0"><Addenda><a xmlns="" xml:lang="es"><![CDATA[[H0]|x]]&gt;<y>]]></a><p:b xmlns:p="urn:p" xmlns:q="urn:q" p:c="1" q:c="2">Ñandú &#x1F600; &lt;&gt;&quot;&apos;
</p:b ></Addenda ></Comprobante ><!-- end --><?end?>
`

const PLAIN = `<a><b c='1' d = "2"/><b>t</b>\r\n\t<!-- - --><é:ü xmlns:é="é"/></a>`

export const SEEDS: readonly Buffer[] = [STAMPED, ADDENDA, PLAIN].map((text) => Buffer.from(text))

/** Pieces of markup, right and wrong, that damage puts in. */
const PIECES = [
  ...[
    '<',
    '>',
    '/',
    '=',
    '"',
    "'",
    '&',
    ';',
    '#',
    '-',
    '?',
    '!',
    ']',
    '[',
    ':',
    ' ',
    '\n',
    '\r',
    '\t',
    '\0',
    '\x01',
    '\x7f',
    'x',
    'é',
    '0',
  ],
  ...[
    '<!DOCTYPE a>',
    '<!--',
    '-->',
    '--',
    '<![CDATA[',
    ']]>',
    ']]',
    '<?',
    '?>',
    '</',
    '/>',
    '<?xml version="1.0"?>',
    '<?xml?>',
    '<?XML a?>',
    '<?xml-x a?>',
    '<?a:b?>',
  ],
  ...[
    '&amp;',
    '&lt',
    '&nbsp;',
    '&#0;',
    '&#9;',
    '&#13;',
    '&#31;',
    '&#x20;',
    '&#xD800;',
    '&#xFFFE;',
    '&#xFFFD;',
    '&#x110000;',
    '&#x10FFFF;',
    '&#X41;',
    '&#;',
    '&#x;',
    '&#00000000065;',
  ],
  ...[
    '<e/>',
    '<e>',
    '</e>',
    '<e e="1"/>',
    '<x:e/>',
    '<xml:e/>',
    '<xmlns:e/>',
    '<:e/>',
    '<e:/>',
    '<a:b:c/>',
    '<1e/>',
    '<e:1/>',
    '<-e/>',
    '<e.-1/>',
  ],
  ...[
    ' e="1"',
    ' e="1" e="2"',
    ' x:e="1"',
    ' xml:space="x"',
    ' xmlns:x="urn:x"',
    ' xmlns:x=""',
    ' xmlns=""',
    ' xmlns:xml="urn:x"',
    ' xmlns:xmlns="urn:x"',
  ],
  ...[
    ' xmlns:xml="http://www.w3.org/XML/1998/namespace"',
    ' xmlns:y="http://www.w3.org/XML/1998/namespace"',
    ' xmlns:y="http://www.w3.org/2000/xmlns/"',
    ' e',
    ' e=',
    ' e=1',
    ' e="<"',
    ' xmlns:="u"',
  ],
  ...[
    ' xmlns:x="u" xmlns:y="u" x:e="1" y:e="2"',
    ' xmlns:x="u" x:e="1" e="2"',
    ' xmlns:x="u" xmlns:y="&#117;" x:e="" y:e=""',
    ' e ="1"',
    '\ne\n=\n"1"',
    ' xmlns:x="u"x:e="1"',
  ],
  ...[
    '\ufffd',
    '\ufffe',
    '\uffff',
    '\u0085',
    '\u2028',
    '\u00d7',
    '\u00b7',
    '\u0300',
    '\u037e',
    '\u{1F600}',
    '\u{10FFFF}',
    '\u{F0000}',
    '\ufeff',
    '\ud7ff',
    '\ue000',
  ],
].map((piece) => Buffer.from(piece))

/** Bytes that are not UTF-8, or only at some places. */
const RAW = [
  [0x80],
  [0xc3],
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xef, 0xbf, 0xbe],
  [0xe2, 0x82],
].map((bytes) => Buffer.from(bytes))

/** Numbers from 0 (inclusive) to `below`, the same for the same seed. Mulberry32. */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** A seed document with one to three wounds. */
export function mutant(random: (below: number) => number, seeds: readonly Buffer[] = SEEDS): Buffer {
  let bytes = pick(seeds, random)
  for (let wounds = 1 + (random(4) === 0 ? random(3) : 0); wounds > 0; wounds--) bytes = wound(bytes, random)
  return bytes
}

function wound(bytes: Buffer, random: (below: number) => number): Buffer {
  const at = random(bytes.length + 1)
  const kind = random(20)
  if (kind < 10) return replaced(bytes, { from: at, to: at }, pick(PIECES, random))
  if (kind < 12) return replaced(bytes, { from: at, to: at + 1 + random(3) }, pick(PIECES, random))
  if (kind < 14) return replaced(bytes, { from: at, to: at + 1 + random(3) })
  if (kind < 16) return replaced(bytes, { from: at, to: at + 1 }, Buffer.from([random(256)]))
  if (kind < 17) return replaced(bytes, { from: at, to: at }, pick(RAW, random))
  if (kind < 18)
    return replaced(bytes, { from: at, to: at }, bytes.subarray(random(bytes.length), random(bytes.length)))
  if (kind < 19) return replaced(bytes, { from: at, to: at + random(60) })
  return bytes.subarray(0, at)
}

const NOTHING = Buffer.alloc(0)

interface Range {
  readonly from: number
  readonly to: number
}

function replaced(bytes: Buffer, range: Range, by: Buffer = NOTHING): Buffer {
  return Buffer.concat([bytes.subarray(0, range.from), by, bytes.subarray(range.to)])
}

function pick<Item>(items: readonly Item[], random: (below: number) => number): Item {
  const item = items[random(items.length)]
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}
