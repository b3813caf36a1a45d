import { HASH, LOWER_X, SEMICOLON, startsWith } from './bytes.ts'
import { malformed } from './scan.ts'

/** The five entities XML 1.0 § 4.6 predefines: without a DTD there are no others. */
const PREDEFINED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const ENTITIES = Object.keys(PREDEFINED).map((name) => Buffer.from(`&${name};`))
const MAX_CODE_POINT = 0x10ffff

/** Checks the reference whose `&` is at `at`. @returns the offset behind its semicolon. */
export function checkReference(bytes: Buffer, at: number): number {
  return bytes[at + 1] === HASH ? checkCharacter(bytes, at) : checkEntity(bytes, at)
}

function checkEntity(bytes: Buffer, at: number): number {
  for (const entity of ENTITIES) if (startsWith(bytes, at, entity)) return at + entity.length
  return malformed('unknown entity', at)
}

/** XML 1.0 [66]: `&#` digits `;` or `&#x` hexadecimal digits `;`, naming a character that [2] allows. */
function checkCharacter(bytes: Buffer, at: number): number {
  const radix = bytes[at + 2] === LOWER_X ? 16 : 10
  const first = radix === 16 ? at + 3 : at + 2
  let end = first
  let code = 0
  for (let digit = digitOf(bytes[end]!, radix); digit >= 0; digit = digitOf(bytes[++end]!, radix)) {
    // Held at one past the last code point: any number of digits fits.
    code = Math.min(code * radix + digit, MAX_CODE_POINT + 1)
  }
  if (end === first || bytes[end] !== SEMICOLON) malformed('unfinished character reference', at)
  if (!isCharacter(code)) malformed('reference to a forbidden character', at)
  return end + 1
}

function digitOf(byte: number, radix: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (radix === 10) return -1
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** XML 1.0 [2] Char. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  if (code < 0xd800) return true
  return (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code <= MAX_CODE_POINT)
}

/** Text with its references (already checked) replaced by what they stand for. */
export function decodeReferences(text: string): string {
  return text.includes('&') ? text.replace(/&[^;]+;/g, decodeReference) : text
}

function decodeReference(reference: string): string {
  const name = reference.slice(1, -1)
  if (!name.startsWith('#')) return PREDEFINED[name] ?? ''
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
  return String.fromCodePoint(code)
}
