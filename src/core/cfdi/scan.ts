import { isIllegal, isNoncharacter, PADDING } from './bytes.ts'
import { MAX_NAMES } from './names.ts'

/** Deeper nesting is refused, as libxml2 does. */
export const MAX_DEPTH = 256
/** More attributes in one tag are refused: the richest element of any complement has under a hundred. */
export const MAX_ATTRIBUTES = 1_000

/**
 * The place of the tokeniser in one document. Mutable and used again for the next document: nothing is allocated for a tag
 * or an attribute, and strings are made only of the few values asked for.
 */
export interface Scan {
  /** The document in UTF-8, then PADDING zero bytes. */
  bytes: Buffer
  /** The same memory by twos, and by fours from any byte on. */
  pairs: Uint16Array
  view: DataView
  end: number
  /** Next byte to read. */
  pos: number
  /** Open elements. */
  depth: number
  rootSeen: boolean
  /** Serial of the start tag at hand: an attribute name last seen under the same serial is a duplicate. */
  tag: number
  /** That serial by attribute name. */
  readonly lastTag: Int32Array
  /** Attributes of the start tag at hand: name, and offsets of the raw value. */
  attributes: number
  readonly attributeName: Int32Array
  readonly attributeStart: Int32Array
  readonly attributeEnd: Int32Array
  /** Namespace and local name of the start tag at hand. */
  uri: number
  local: number
  /** Of each open element: offsets of its name, the part the caller gave it, and the namespace declarations outside it. */
  readonly openStart: Int32Array
  readonly openEnd: Int32Array
  readonly openPart: Int32Array
  readonly openBindings: Int32Array
}

/** Where and why a document is refused: `before` and `after` are to stand around the offset, which counts in the UTF-8 text. */
export interface Offence {
  readonly reason: 'malformed' | 'doctype'
  readonly before: string
  readonly at: number
  readonly after: string
}

export class XmlFault extends Error {
  readonly offence: Offence

  constructor(offence: Offence) {
    super(offence.before)
    this.offence = offence
  }
}

export function malformed(before: string, at: number, after = ''): never {
  throw new XmlFault({ reason: 'malformed', before, at, after })
}

/** For a byte that may be forbidden, or the end of the document. @returns the next offset when it is allowed. */
export function checkCharacter(scan: Scan, at: number): number {
  const byte = scan.bytes[at]!
  if (isIllegal(byte)) malformed(at >= scan.end ? 'document cut off' : 'forbidden control character', at)
  if (byte === 0xef && isNoncharacter(scan.bytes, at)) malformed('forbidden character', at)
  return at + 1
}

/** Part of the document itself, the parent of the root. */
export const DOCUMENT = 1

/** Far below where an Int32Array ends, and far above the tags of any document. */
const LAST_SERIAL = 2 ** 30
/** Nearly every document fits into memory that is there already. */
const USUAL_SIZE = 256 * 1024
const usualBytes = Buffer.allocUnsafeSlow(USUAL_SIZE)
const usualPairs = pairsOf(usualBytes)
const usualView = new DataView(usualBytes.buffer)

export function createScan(): Scan {
  return {
    bytes: usualBytes,
    pairs: usualPairs,
    view: usualView,
    end: 0,
    pos: 0,
    depth: 0,
    rootSeen: false,
    tag: 0,
    lastTag: new Int32Array(MAX_NAMES),
    attributes: 0,
    attributeName: new Int32Array(MAX_ATTRIBUTES),
    attributeStart: new Int32Array(MAX_ATTRIBUTES),
    attributeEnd: new Int32Array(MAX_ATTRIBUTES),
    uri: 0,
    local: 0,
    openStart: new Int32Array(MAX_DEPTH + 1),
    openEnd: new Int32Array(MAX_DEPTH + 1),
    openPart: new Int32Array(MAX_DEPTH + 1),
    openBindings: new Int32Array(MAX_DEPTH + 1),
  }
}

/** Puts a document under the scanner, its first `from` bytes (the XML declaration) already read. */
export function load(scan: Scan, utf8: Uint8Array, from: number): void {
  const size = utf8.length + PADDING
  scan.bytes = size <= USUAL_SIZE ? usualBytes : Buffer.allocUnsafeSlow(size)
  scan.pairs = size <= USUAL_SIZE ? usualPairs : pairsOf(scan.bytes)
  scan.view = size <= USUAL_SIZE ? usualView : new DataView(scan.bytes.buffer)
  scan.bytes.set(utf8)
  for (let at = utf8.length; at < size; at++) scan.bytes[at] = 0
  scan.end = utf8.length
  scan.pos = from
  scan.depth = 0
  scan.rootSeen = false
  scan.openPart[0] = DOCUMENT
  if (scan.tag > LAST_SERIAL) {
    scan.lastTag.fill(0)
    scan.tag = 0
  }
}

/** Lets go of the memory of a large document. */
export function unload(scan: Scan): void {
  scan.bytes = usualBytes
  scan.pairs = usualPairs
  scan.view = usualView
}

/** An odd last byte is left out: it is one of the padding, and another comes before it. */
function pairsOf(bytes: Buffer): Uint16Array {
  return new Uint16Array(bytes.buffer, 0, bytes.length >> 1)
}
