import { isDeepStrictEqual } from 'node:util'
import type { ExistingAddenda } from '../model/addenda.ts'
import type { CfdiHead } from '../model/cfdi.ts'
import { encodeXml, fileOffset } from './addenda-bytes.ts'
import { type Fragment, readFragment } from './addenda-fragment.ts'
import { decode, type Decoded } from './decode.ts'
import { LESS_THAN } from './bytes.ts'
import { knownName } from './names.ts'
import { hasDefaultNamespace } from './namespaces.ts'
import { readHead } from './read-head.ts'
import type { Scan } from './scan.ts'
import { readStrictly } from './strict-reading.ts'
import { step } from './tokenizer.ts'

export type Insertion =
  | { readonly ok: true; readonly bytes: Buffer; readonly change: 'inserted' | 'replaced' | 'kept' }
  | { readonly ok: false; readonly reason: 'addenda-exists' | 'bad-addenda'; readonly detail: string }

/**
 * A copy of a document with an addenda as the last child of its root, written with the root's own prefix, in the document's
 * own encoding and line ends. It is put in as bytes before the root's end tag: every other byte stays what it was, so the
 * seals, which do not cover the Addenda (Anexo 20: the cadena original names it nowhere), stay valid.
 * @param bytes a document that `readHead` accepts
 * @param content what is to stand inside the Addenda: XML whose prefixes are declared in it, with `\n` for line ends
 * @param existing an Addenda that is there, even an empty one, is an error, is cut out exactly, or is left and nothing added
 */
export function insertAddenda(bytes: Buffer, content: string, existing: ExistingAddenda): Insertion {
  const reading = readHead(bytes)
  if (!reading.ok) return refused(`${reading.reason} ${reading.detail}`)
  if (reading.head.hasAddenda && existing === 'error')
    return { ok: false, reason: 'addenda-exists', detail: '' }
  if (reading.head.hasAddenda && existing === 'keep') return { ok: true, bytes, change: 'kept' }
  const fragment = readFragment(content)
  if (!fragment.ok) return refused(`${fragment.reason} ${fragment.detail} (line ${fragment.line})`)
  const decoded = decode(bytes) as Decoded & { readonly ok: true }
  const places = findPlaces(decoded)
  // XSD: at most one. Which of several should give way is nothing to guess.
  if (places.addendas.length > 1) return refused(`${places.addendas.length} Addenda in the document`)
  const result = splice(bytes, decoded, { places, fragment })
  const changed = difference(reading.head, result)
  if (changed !== null) return refused(changed)
  return { ok: true, bytes: result, change: places.addendas.length === 0 ? 'inserted' : 'replaced' }
}

/**
 * A document's bytes without byte order mark and Addenda: what a copy made by `insertAddenda` still shares with its source.
 * @returns the bytes as they are for what is no CFDI
 */
export function withoutAddenda(bytes: Buffer): Buffer {
  const decoded = decode(bytes)
  if (!decoded.ok || !readHead(bytes).ok) return bytes
  const pieces: Buffer[] = []
  let from = decoded.mark
  for (const { start, end } of findPlaces(decoded).addendas) {
    pieces.push(bytes.subarray(from, fileOffset(decoded, start)))
    from = fileOffset(decoded, end)
  }
  return Buffer.concat([...pieces, bytes.subarray(from)])
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Offsets in the UTF-8 text. */
interface Places {
  /** With its colon; '' for a document without. */
  readonly prefix: string
  /** What stands inside the root without a prefix is in a namespace. */
  readonly hasDefault: boolean
  /** Start of the root's end tag. */
  readonly rootEnd: number
  readonly addendas: readonly Span[]
}

const ADDENDA = knownName('Addenda')
/** Parts given to the tokeniser: the root and its children are told of. */
const ROOT = 2

function findPlaces(decoded: Decoded & { readonly ok: true }): Places {
  const places = { prefix: '', hasDefault: false, rootEnd: 0 }
  const addendas: Span[] = []
  let rootUri = 0
  let start: number | null = null
  const onElement = (scan: Scan, parent: number): number => {
    if (parent === ROOT) {
      if (scan.local === ADDENDA && scan.uri === rootUri) start = scan.openStart[2]! - 1
      return 0
    }
    rootUri = scan.uri
    const name = scan.bytes.toString('utf8', scan.openStart[1], scan.openEnd[1])
    places.prefix = name.slice(0, name.indexOf(':') + 1)
    places.hasDefault = hasDefaultNamespace()
    return ROOT
  }
  readStrictly(decoded, (scan) => {
    for (let depth = 0; step(scan, onElement); depth = scan.depth) {
      if (start !== null && scan.depth === 1) {
        addendas.push({ start, end: scan.pos })
        start = null
      }
      // No `<` stands inside an end tag.
      if (depth === 1 && scan.depth === 0) places.rootEnd = scan.bytes.lastIndexOf(LESS_THAN, scan.pos - 1)
    }
  })
  return { ...places, addendas }
}

function splice(
  bytes: Buffer,
  decoded: Decoded & { readonly ok: true },
  { places, fragment }: { readonly places: Places; readonly fragment: Fragment & { readonly ok: true } },
): Buffer {
  const { prefix, hasDefault, rootEnd, addendas } = places
  const content = hasDefault ? withoutDefault(fragment) : fragment.utf8.toString()
  const element = `<${prefix}Addenda>${content}</${prefix}Addenda>`
  const text = decoded.utf8.includes('\r\n') ? element.replaceAll('\n', '\r\n') : element
  const end = fileOffset(decoded, rootEnd)
  const [old] = addendas
  const [from, to] =
    old === undefined ? [end, end] : [fileOffset(decoded, old.start), fileOffset(decoded, old.end)]
  return Buffer.concat([
    bytes.subarray(0, from),
    bytes.subarray(to, end),
    encodeXml(text, decoded.encoding),
    bytes.subarray(end),
  ])
}

/** Names without prefix would fall into the namespace that the root makes the default one: `xmlns=""` takes them out of it. */
function withoutDefault({ utf8, openNames }: Fragment & { readonly ok: true }): string {
  const pieces: string[] = []
  let from = 0
  for (const at of openNames) {
    pieces.push(utf8.toString('utf8', from, at), ' xmlns=""')
    from = at
  }
  return [...pieces, utf8.toString('utf8', from)].join('')
}

/** What the strict reader says of the result, or null when it says of it all that it said before. */
function difference(before: CfdiHead, result: Buffer): string | null {
  const after = readHead(result)
  if (!after.ok) return `${after.reason} ${after.detail}`
  return isDeepStrictEqual({ ...before, hasAddenda: true }, after.head) ? null : 'the head would change'
}

function refused(detail: string): Insertion {
  return { ok: false, reason: 'bad-addenda', detail }
}
