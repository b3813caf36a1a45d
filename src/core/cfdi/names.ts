/**
 * Names met in documents, kept as small numbers: comparing, looking up a namespace and finding a duplicate attribute become
 * array accesses, and a name is checked against the grammar only the first time it is met.
 */

import { NAME_BYTE, PADDING } from './bytes.ts'

/** A document in memory with PADDING behind it, and the same memory by fours from any byte on. */
interface Text {
  readonly bytes: Buffer
  readonly view: DataView
}

/** A document with more distinct names than this is refused. The largest CFDI with every complement has some hundreds. */
export const MAX_NAMES = 65_536
/** Beyond this many, names of earlier documents are forgotten before the next one. */
const KEPT_NAMES = 8_192
const SLOTS = 4_096

/** Namespaces in XML 1.0 [4]: an NCName is an XML 1.0 (fifth edition) Name without colon. */
const START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const NCNAME = new RegExp(`^[${START}][-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}${START}]*$`, 'u')

const ids = new Map<string, number>()
const texts: string[] = ['']
/** The same names as bytes, one after another, to confirm a hit of `slots` without making a string. */
let pool = Buffer.allocUnsafeSlow(SLOTS * 16)
let poolView = new DataView(pool.buffer)
/** The first none to three bytes of four, the first being the lowest. */
const FIRST_BYTES = Int32Array.of(0, 0xff, 0xffff, 0xffffff)
let pooled = 0
const poolStart = new Int32Array(MAX_NAMES)
const poolEnd = new Int32Array(MAX_NAMES)
/**
 * Direct-mapped cache, hash → name. A miss asks `ids`, whose hashing is seeded by the engine, so that names chosen to
 * collide here cost a constant factor and nothing more.
 */
const slots = new Int32Array(SLOTS)
let known = 1

/** Prefix of each qualified name, itself a name; 0 = none. */
export const prefixOf = new Int32Array(MAX_NAMES)
/** Local part of each qualified name, itself a name. */
export const localOf = new Int32Array(MAX_NAMES)

/** The name that came after each name the last time: documents repeat themselves, so it mostly comes again. */
const followers = new Int32Array(MAX_NAMES)
let previous = 0

const HASH_SEED = 0x811c9dc5
const HASH_FACTOR = 0x01000193

/**
 * Number of the qualified name that begins at `start`, as far as name bytes go.
 * @returns 0 when the text is no QName, -1 when there are too many different names.
 */
export function nameAt({ bytes, view }: Text, start: number): number {
  const expected = followers[previous]!
  const end = start + poolEnd[expected]! - poolStart[expected]!
  const name =
    NAME_BYTE[bytes[end]!] === 0 && isPooled(expected, view, start)
      ? expected
      : lookUp({ bytes, view }, start)
  if (name <= 0) return name
  followers[previous] = name
  previous = name
  return name
}

/** Bytes of a name as it stands in documents. */
export function nameSize(name: number): number {
  return poolEnd[name]! - poolStart[name]!
}

function lookUp({ bytes, view }: Text, start: number): number {
  let end = start
  let hash = HASH_SEED
  for (let byte = bytes[end]!; NAME_BYTE[byte] === 1; byte = bytes[++end]!)
    hash = Math.imul(hash ^ byte, HASH_FACTOR)
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
  const cached = slots[slot]!
  if (nameSize(cached) === end - start && isPooled(cached, view, start)) return cached
  const name = intern(bytes.toString('utf8', start, end))
  if (name > 0) slots[slot] = name
  return name
}

/** Number of a name the program looks for; it stays the same for the life of the process. For module start-up only. */
export function knownName(text: string): number {
  const name = intern(text)
  known = texts.length
  return name
}

export function nameText(name: number): string {
  return texts[name] ?? ''
}

export function isNcName(text: string): boolean {
  return NCNAME.test(text)
}

/** To be called between documents: drops what earlier ones left when that has become much. */
export function trimNames(): void {
  if (texts.length <= KEPT_NAMES) return
  for (const text of texts.splice(known)) ids.delete(text)
  slots.fill(0)
  followers.fill(0)
  previous = 0
  pooled = poolEnd[known - 1]!
}

/** Whether the bytes at `start` begin with a name met before. */
function isPooled(name: number, view: DataView, start: number): boolean {
  const end = poolEnd[name]!
  let at = poolStart[name]!
  let from = start
  for (; at + 4 <= end; at += 4, from += 4)
    if (poolView.getInt32(at, true) !== view.getInt32(from, true)) return false
  return ((poolView.getInt32(at, true) ^ view.getInt32(from, true)) & FIRST_BYTES[end - at]!) === 0
}

function intern(text: string): number {
  const found = ids.get(text)
  if (found !== undefined) return found
  const colon = text.indexOf(':')
  if (colon < 0) return isNcName(text) ? add(text, 0, 0) : 0
  if (!isNcName(text.slice(0, colon)) || !isNcName(text.slice(colon + 1))) return 0
  const prefix = intern(text.slice(0, colon))
  const local = intern(text.slice(colon + 1))
  return prefix < 0 || local < 0 ? -1 : add(text, prefix, local)
}

function growPool(size: number): void {
  const larger = Buffer.allocUnsafeSlow(2 * pool.length + size)
  pool.copy(larger, 0, 0, pooled)
  pool = larger
  poolView = new DataView(pool.buffer)
}

function add(text: string, prefix: number, local: number): number {
  const name = texts.length
  if (name >= MAX_NAMES) return -1
  const size = Buffer.byteLength(text)
  if (pooled + size + PADDING > pool.length) growPool(size)
  poolStart[name] = pooled
  pooled += pool.write(text, pooled)
  poolEnd[name] = pooled
  prefixOf[name] = prefix
  localOf[name] = prefix === 0 ? name : local
  ids.set(text, name)
  texts.push(text)
  return name
}
