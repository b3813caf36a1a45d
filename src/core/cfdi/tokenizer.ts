import {
  AMPERSAND,
  BRACKET,
  CLOSING_BRACKET,
  EXCLAMATION_MARK,
  GREATER_THAN,
  ILLEGAL,
  LESS_THAN,
  MARKUP,
  MAYBE_NONCHARACTER,
  NAME_BYTE,
  QUESTION_MARK,
  REFERENCE,
  skipSpace,
  skipUntil,
  SLASH,
} from './bytes.ts'
import { readExclamation, readInstruction } from './markup.ts'
import { closeNamespaces } from './namespaces.ts'
import { checkReference } from './references.ts'
import { checkCharacter, malformed, type Scan } from './scan.ts'
import { readStartTag, type OnElement } from './start-tag.ts'

const TEXT_STOPS = MARKUP | REFERENCE | BRACKET | MAYBE_NONCHARACTER | ILLEGAL

/**
 * Reads a loaded document to its end and checks every byte of it: XML 1.0 (fifth edition) well-formedness and Namespaces in
 * XML 1.0, without DTD. Nothing is skipped: what is not looked at is where a forged stamp or a damaged file would hide.
 * @param onElement called for each start tag whose parent it gave a part (not 0) before; see `OnElement`
 * @throws XmlFault at the first offence
 */
export function tokenize(scan: Scan, onElement: OnElement): void {
  while (step(scan, onElement));
  if (!scan.rootSeen) malformed('document without root element, ended', scan.end)
}

/**
 * Reads up to the end of the next tag, comment, CDATA section or instruction: for readers that have to know where each is.
 * @returns false at the end of the document
 */
export function step(scan: Scan, onElement: OnElement): boolean {
  if (!(scan.depth === 0 ? skipMisc(scan) : skipText(scan))) return false
  readMarkup(scan, onElement)
  return true
}

/** Outside the root only white space may stand between markup. @returns false at the end of the document. */
function skipMisc(scan: Scan): boolean {
  scan.pos = skipSpace(scan.bytes, scan.pos)
  if (scan.pos >= scan.end) return false
  if (scan.bytes[scan.pos] !== LESS_THAN) malformed('text outside the root element', scan.pos)
  return true
}

/** Moves over character data to the next `<`. */
function skipText(scan: Scan): boolean {
  const bytes = scan.bytes
  let at = scan.pos
  for (;;) {
    at = skipUntil(scan, at, TEXT_STOPS)
    const byte = bytes[at]!
    if (byte === LESS_THAN) break
    if (byte === AMPERSAND) at = checkReference(bytes, at)
    else if (byte === CLOSING_BRACKET) at = checkBracket(bytes, at)
    else at = checkCharacter(scan, at)
  }
  scan.pos = at
  return true
}

function checkBracket(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] === CLOSING_BRACKET && bytes[at + 2] === GREATER_THAN) malformed(']]> in text', at)
  return at + 1
}

function readMarkup(scan: Scan, onElement: OnElement): void {
  switch (scan.bytes[scan.pos + 1]) {
    case SLASH:
      readEndTag(scan)
      break
    case EXCLAMATION_MARK:
      readExclamation(scan)
      break
    case QUESTION_MARK:
      readInstruction(scan)
      break
    default:
      readStartTag(scan, onElement)
  }
}

function readEndTag(scan: Scan): void {
  const { bytes, pos } = scan
  if (scan.depth === 0) malformed('end tag without start tag', pos)
  let at = pos + 2
  let from = scan.openStart[scan.depth]!
  const end = scan.openEnd[scan.depth]!
  while (from < end && bytes[from] === bytes[at]) {
    from++
    at++
  }
  if (from < end || NAME_BYTE[bytes[at]!] === 1) mismatch(scan)
  if (bytes[at] !== GREATER_THAN) at = skipSpace(bytes, at)
  if (bytes[at] !== GREATER_THAN) malformed('unfinished end tag', pos)
  closeNamespaces(scan.openBindings[scan.depth]!)
  scan.depth--
  scan.pos = at + 1
}

function mismatch(scan: Scan): never {
  const start = scan.pos + 2
  let end = start
  while (NAME_BYTE[scan.bytes[end]!] === 1) end++
  if (end >= scan.end) malformed('document cut off', scan.end)
  const open = scan.bytes.toString('utf8', scan.openStart[scan.depth], scan.openEnd[scan.depth])
  malformed(`</${scan.bytes.toString('utf8', start, end)}>`, scan.pos, ` closes ${open}`)
}
