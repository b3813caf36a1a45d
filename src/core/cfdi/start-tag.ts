import {
  AMPERSAND,
  APOSTROPHE,
  DOUBLE_QUOTE,
  EQUALS,
  GREATER_THAN,
  ILLEGAL,
  isSpace,
  LESS_THAN,
  MARKUP,
  MAYBE_NONCHARACTER,
  NAME_BYTE,
  QUOTE,
  REFERENCE,
  skipSpace,
  skipUntil,
  SLASH,
} from './bytes.ts'
import { nameAt, nameSize, nameText } from './names.ts'
import { closeNamespaces, declarations, openNamespaces } from './namespaces.ts'
import { checkReference } from './references.ts'
import { checkCharacter, malformed, MAX_ATTRIBUTES, MAX_DEPTH, type Scan } from './scan.ts'

/**
 * Told of an element after its start tag was checked: namespace and local name are in `scan`, attributes can be read.
 * @param part what the caller made of the parent; DOCUMENT for the root
 * @returns the part of this element; 0 = nothing in it matters, its descendants are checked but not told of
 */
export type OnElement = (scan: Scan, part: number) => number

const VALUE_STOPS = QUOTE | MARKUP | REFERENCE | MAYBE_NONCHARACTER | ILLEGAL

/** Reads the start tag or empty-element tag at `scan.pos`. */
export function readStartTag(scan: Scan, onElement: OnElement): void {
  const start = scan.pos
  const inner = scan.depth + 1
  if (inner === 1 && scan.rootSeen) malformed('second root element', start)
  if (inner > MAX_DEPTH) malformed(`elements more than ${MAX_DEPTH} deep`, start)
  scan.rootSeen = true
  scan.pos = start + 1
  const name = readName(scan, 'element')
  scan.openStart[inner] = start + 1
  scan.openEnd[inner] = scan.pos
  scan.openBindings[inner] = declarations()
  const isEmpty = readAttributes(scan)
  openNamespaces(scan, name, start)
  const parentPart = scan.openPart[scan.depth]!
  scan.openPart[inner] = parentPart === 0 ? 0 : onElement(scan, parentPart)
  if (isEmpty) closeNamespaces(scan.openBindings[inner])
  else scan.depth = inner
}

/** Reads attributes up to the end of the tag. @returns whether the tag is an empty element (`/>`). */
function readAttributes(scan: Scan): boolean {
  const bytes = scan.bytes
  scan.attributes = 0
  scan.tag++
  for (;;) {
    const gap = scan.pos
    const at = skipSpace(bytes, gap)
    const byte = bytes[at]!
    scan.pos = at + 1
    if (byte === GREATER_THAN) return false
    if (byte === SLASH) {
      if (bytes[scan.pos++] !== GREATER_THAN) malformed('/ inside tag', at)
      return true
    }
    if (at === gap) malformed(at >= scan.end ? 'document cut off' : 'unexpected character in tag', at)
    scan.pos = at
    readAttribute(scan)
  }
}

function readAttribute(scan: Scan): void {
  const { bytes, pos } = scan
  const name = readName(scan, 'attribute')
  if (scan.lastTag[name] === scan.tag) malformed(`duplicate attribute ${nameText(name)}`, pos)
  scan.lastTag[name] = scan.tag
  let at = scan.pos
  if (bytes[at] !== EQUALS) at = skipSpace(bytes, at)
  if (bytes[at] !== EQUALS) malformed(`attribute ${nameText(name)} without value`, pos)
  at++
  if (isSpace(bytes[at]!)) at = skipSpace(bytes, at)
  const quote = bytes[at]!
  if (quote !== DOUBLE_QUOTE && quote !== APOSTROPHE)
    malformed(`attribute ${nameText(name)} without quotes`, pos)
  const end = endOfValue(scan, at + 1, quote)
  const index = scan.attributes++
  if (index === MAX_ATTRIBUTES) malformed(`more than ${MAX_ATTRIBUTES} attributes in one tag`, pos)
  scan.attributeName[index] = name
  scan.attributeStart[index] = at + 1
  scan.attributeEnd[index] = end
  scan.pos = end + 1
}

/** @returns the offset of the closing quote. */
function endOfValue(scan: Scan, from: number, quote: number): number {
  const bytes = scan.bytes
  let at = skipUntil(scan, from, VALUE_STOPS)
  while (bytes[at] !== quote) {
    const byte = bytes[at]!
    if (byte === LESS_THAN) malformed('< in attribute value', at)
    if (byte === AMPERSAND) at = checkReference(bytes, at)
    else if (byte === DOUBLE_QUOTE || byte === APOSTROPHE) at++
    else at = checkCharacter(scan, at)
    at = skipUntil(scan, at, VALUE_STOPS)
  }
  return at
}

/** Reads the name at `scan.pos` and moves behind it. @returns its number. */
function readName(scan: Scan, what: string): number {
  const name = nameAt(scan, scan.pos)
  if (name <= 0) refuseName(scan, what, name)
  scan.pos += nameSize(name)
  return name
}

function refuseName(scan: Scan, what: string, name: number): never {
  const { bytes, pos } = scan
  let end = pos
  while (NAME_BYTE[bytes[end]!] === 1) end++
  if (end >= scan.end) malformed('document cut off', scan.end)
  if (name < 0) malformed('too many different names', pos)
  malformed(`bad ${what} name '${bytes.toString('utf8', pos, Math.min(end, pos + 40))}'`, pos)
}
