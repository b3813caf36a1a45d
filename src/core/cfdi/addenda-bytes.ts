import type { Decoded } from './decode.ts'

type Encoding = (Decoded & { readonly ok: true })['encoding']

/** CDATA, comment, instruction, or a tag with the text behind it. The text is well-formed XML. */
const PIECES = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[^<]+|[^<]+/g

/**
 * A piece of well-formed XML as bytes of the document's encoding. What that encoding cannot hold becomes a character
 * reference; in a CDATA section, where none is read, the section is interrupted for it, and in a comment it becomes `?`.
 */
export function encodeXml(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text)
    case 'utf-16le':
      return Buffer.from(text, 'utf16le')
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16()
    case 'us-ascii':
      return Buffer.from(referenced(text, /[^\0-\x7f]/gu), 'latin1')
    case 'iso-8859-1':
    case 'windows-1252':
      // The two agree but for 0x80 to 0x9F.
      return Buffer.from(referenced(text, /[^\0-\x7f\xa0-\xff]/gu), 'latin1')
  }
}

/** Bytes that the first `at` bytes of the UTF-8 text take in the file. */
export function fileOffset(decoded: Decoded & { readonly ok: true }, at: number): number {
  if (decoded.offset !== null) return decoded.offset + at
  const characters = decoded.utf8.toString('utf8', 0, at).length
  const isUtf16 = decoded.encoding === 'utf-16le' || decoded.encoding === 'utf-16be'
  return decoded.mark + characters * (isUtf16 ? 2 : 1)
}

function referenced(text: string, foreign: RegExp): string {
  return text.replace(PIECES, (piece) => {
    if (piece.startsWith('<!--') || piece.startsWith('<?')) return piece.replace(foreign, '?')
    const isCdata = piece.startsWith('<![CDATA[')
    return piece.replace(foreign, (character) => {
      const reference = `&#${character.codePointAt(0) ?? 0};`
      return isCdata ? `]]>${reference}<![CDATA[` : reference
    })
  })
}
