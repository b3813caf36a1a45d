/** What a byte may mean where markup is scanned. One table serves every kind of content: a scanner stops at the classes it names. */
export const ILLEGAL = 1
/** First byte of U+F000..U+FFFF, where U+FFFE and U+FFFF hide: the only illegal characters of valid UTF-8 beyond the controls. */
export const MAYBE_NONCHARACTER = 2
export const MARKUP = 4
export const REFERENCE = 8
export const BRACKET = 16
export const DASH = 32
export const QUESTION = 64
export const QUOTE = 128

export const TAB = 0x09
export const NEWLINE = 0x0a
export const RETURN = 0x0d
export const SPACE = 0x20
export const DOUBLE_QUOTE = 0x22
export const EXCLAMATION_MARK = 0x21
export const HASH = 0x23
export const AMPERSAND = 0x26
export const APOSTROPHE = 0x27
export const HYPHEN = 0x2d
export const SLASH = 0x2f
export const SEMICOLON = 0x3b
export const LESS_THAN = 0x3c
export const EQUALS = 0x3d
export const GREATER_THAN = 0x3e
export const QUESTION_MARK = 0x3f
export const CLOSING_BRACKET = 0x5d
export const LOWER_X = 0x78
/** The first byte that is no character of ASCII. */
export const NON_ASCII = 0x80

/** Zero bytes that must follow the document: no scanner has to ask whether it is at the end, since 0 is illegal everywhere. */
export const PADDING = 8

const CLASS = classes()
/** What either byte of two may mean, in whatever order the machine has them. */
const PAIR_CLASS = pairClasses()

/** 1 for each byte that may be part of a name (a byte of a multi-byte character always may: the name itself is checked when first met). */
export const NAME_BYTE = nameBytes()

/** A document in memory, and the same memory by twos. */
export interface Paired {
  readonly bytes: Uint8Array
  readonly pairs: Uint16Array
}

/** Offset of the first byte at or after `from` that belongs to one of the classes in `stops`. ILLEGAL must be among them, or the end is missed. */
export function skipUntil({ bytes, pairs }: Paired, from: number, stops: number): number {
  if ((CLASS[bytes[from]!]! & stops) !== 0) return from
  // Two at a time: the classes of both are one look-up.
  let pair = (from + 1) >> 1
  while ((PAIR_CLASS[pairs[pair]!]! & stops) === 0) pair++
  const at = 2 * pair
  return (CLASS[bytes[at]!]! & stops) === 0 ? at + 1 : at
}

/** Offset of the first byte at or after `from` that is not XML white space. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from
  while (isSpace(bytes[at]!)) at++
  return at
}

export function isSpace(byte: number): boolean {
  return byte <= SPACE && (byte === SPACE || byte === NEWLINE || byte === TAB || byte === RETURN)
}

export function isIllegal(byte: number): boolean {
  return (CLASS[byte]! & ILLEGAL) !== 0
}

/** Whether the bytes at `at` (the first one 0xEF) are U+FFFE or U+FFFF, which XML 1.0 [2] leaves out. */
export function isNoncharacter(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2]! >= 0xbe
}

/** Whether these bytes are the text, which is ASCII then. */
export function isText(text: string, bytes: Uint8Array, { start, end }: Range): boolean {
  if (text.length !== end - start) return false
  for (let at = start, index = 0; at < end; at++, index++)
    if (bytes[at] !== text.charCodeAt(index) || bytes[at]! >= NON_ASCII) return false
  return true
}

interface Range {
  readonly start: number
  readonly end: number
}

export function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let index = 0; index < prefix.length; index++) if (bytes[at + index] !== prefix[index]) return false
  return true
}

function classes(): Uint8Array {
  const table = new Uint8Array(256)
  table.fill(ILLEGAL, 0, SPACE)
  table[TAB] = table[NEWLINE] = table[RETURN] = 0
  table[0xef] = MAYBE_NONCHARACTER
  table[LESS_THAN] = MARKUP
  table[AMPERSAND] = REFERENCE
  table[CLOSING_BRACKET] = BRACKET
  table[HYPHEN] = DASH
  table[QUESTION_MARK] = QUESTION
  table[DOUBLE_QUOTE] = table[APOSTROPHE] = QUOTE
  return table
}

function pairClasses(): Uint8Array {
  const table = new Uint8Array(0x10000)
  for (let byte = 0; byte < 0x100; byte++) {
    table.set(CLASS, byte << 8)
    if (CLASS[byte] !== 0)
      for (let other = 0; other < 0x100; other++) table[(byte << 8) | other]! |= CLASS[byte]!
  }
  return table
}

function nameBytes(): Uint8Array {
  const table = new Uint8Array(256).fill(1, 0x80)
  for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:_-.') {
    table[char.charCodeAt(0)] = 1
  }
  return table
}
