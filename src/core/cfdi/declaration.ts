import { GREATER_THAN, isSpace, QUESTION_MARK, startsWith } from './bytes.ts'

/** The encodings known here. `utf-16` leaves the order of the bytes to the byte order mark. */
export type Encoding =
  'utf-8' | 'us-ascii' | 'iso-8859-1' | 'windows-1252' | 'utf-16le' | 'utf-16be' | 'utf-16'

const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['utf-16', 'utf-16'],
  ['utf16', 'utf-16'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
])

/** XML 1.0 [23] to [32] and [80]. */
const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][A-Za-z0-9._-]*)"|'([A-Za-z][A-Za-z0-9._-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>$/
/** No declaration is longer; a longer one is refused. */
const LONGEST_DECLARATION = 1_024

/** What the XML declaration says; `length` is the bytes it takes, 0 without one. */
export type Declaration =
  | { readonly ok: true; readonly encoding: Encoding | null; readonly length: number }
  | { readonly ok: false; readonly reason: 'encoding' | 'malformed'; readonly detail: string }

const START = Buffer.from('<?xml')
const NO_DECLARATION: Declaration = { ok: true, encoding: null, length: 0 }

/** Reads the XML declaration of a document in UTF-8, or in any encoding that writes ASCII characters as single bytes. */
export function readDeclaration(bytes: Buffer): Declaration {
  if (!startsWith(bytes, 0, START) || !isSpace(bytes[START.length] ?? 0)) return NO_DECLARATION
  const length = declarationSize(bytes)
  const match = DECLARATION.exec(bytes.toString('latin1', 0, length))
  if (match === null) return { ok: false, reason: 'malformed', detail: 'bad XML declaration' }
  const name = match[1] ?? match[2]
  if (name === undefined) return { ok: true, encoding: null, length }
  const encoding = ENCODINGS.get(name.toLowerCase())
  if (encoding === undefined)
    return { ok: false, reason: 'encoding', detail: `declared ${name} is not known` }
  return { ok: true, encoding, length }
}

/** Bytes up to its `?>`, or as many as are looked at when there is none. */
function declarationSize(bytes: Uint8Array): number {
  const end = Math.min(bytes.length, LONGEST_DECLARATION)
  for (let at = START.length; at < end - 1; at++) {
    if (bytes[at] === QUESTION_MARK && bytes[at + 1] === GREATER_THAN) return at + 2
  }
  return end
}
