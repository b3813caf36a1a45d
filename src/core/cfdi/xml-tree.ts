import { isUtf8 } from 'node:buffer'
import { XMLParser } from 'fast-xml-parser'
import { fromWindows1252 } from '../model/windows-1252.ts'
import type { XmlElement } from '../model/xml-element.ts'
import { decode } from './decode.ts'
import { readDeclaration } from './declaration.ts'
import { resetNamespaces } from './namespaces.ts'
import { trimNames } from './names.ts'
import { decodeReferences } from './references.ts'
import { createScan, load, type Offence, unload, XmlFault } from './scan.ts'
import { tokenize } from './tokenizer.ts'

/**
 * An XML as a tree, or why it cannot be had. `cut-off` is one that ends before its root does: it may be in the middle of being
 * written.
 */
export type TreeReading =
  | { readonly ok: true; readonly root: XmlElement }
  | {
      readonly ok: false
      readonly reason: 'empty' | 'cut-off' | 'doctype' | 'malformed'
      readonly detail: string
    }

const scan = createScan()

const TEXT = '#text'
const CDATA = '#cdata'
const ATTRIBUTES = ':@'

/** Everything as text, in order; references are decoded here, where only XML's own five exist. */
const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
})

/**
 * Reads any XML: first every byte of it is checked as a CFDI's is (no document type, no unknown entity, bounded depth), then it
 * becomes a tree. Where the declared encoding is wrong or missing, UTF-8 is tried and then Windows-1252, which is what programs
 * on Windows write without saying so. Never throws, whatever the bytes.
 */
export function readXmlTree(bytes: Buffer): TreeReading {
  if (bytes.length === 0) return { ok: false, reason: 'empty', detail: '0 bytes' }
  const { utf8, declaration } = utf8Of(bytes)
  const offence = offenceIn(utf8, declaration)
  if (offence !== null) return refused(offence, utf8)
  const nodes = PARSER.parse(utf8.subarray(declaration)) as readonly OrderedNode[]
  const root = nodes.flatMap(elementsOf)[0]
  return root === undefined
    ? { ok: false, reason: 'malformed', detail: 'document without root element' }
    : { ok: true, root }
}

function utf8Of(bytes: Buffer): { readonly utf8: Buffer; readonly declaration: number } {
  const decoded = decode(bytes)
  if (decoded.ok) return decoded
  const text = isUtf8(bytes) ? bytes : Buffer.from(fromWindows1252(bytes.toString('latin1')))
  const declared = readDeclaration(text)
  const end = /^<\?xml[ \t\r\n][^>]*\?>/.exec(text.toString('latin1', 0, 1024))?.[0].length ?? 0
  return { utf8: text, declaration: declared.ok ? declared.length : end }
}

function offenceIn(utf8: Buffer, declaration: number): Offence | null {
  try {
    load(scan, utf8, declaration)
    tokenize(scan, () => 0)
    return null
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error
    return error.offence
  } finally {
    unload(scan)
    resetNamespaces()
    trimNames()
  }
}

/** A cut can leave any markup half done, but only at the very end, or in the declaration that then never closes. */
const LONGEST_HALF = 12

/** The scanner says of most that a cut can leave that the document is cut off, ended, or something in it unfinished. */
function refused({ reason, before, at, after }: Offence, utf8: Buffer): TreeReading {
  const isCut =
    /cut off|without root|unfinished|, ended$/.test(before) ||
    at >= utf8.length - LONGEST_HALF ||
    (at === 0 && !utf8.includes('?>'))
  const detail = `${before} at byte ${at}${after}`.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 200)
  return { ok: false, reason: reason === 'malformed' && isCut ? 'cut-off' : reason, detail }
}

type OrderedNode = Readonly<Record<string, unknown>>

function elementsOf(node: OrderedNode): XmlElement[] {
  return Object.entries(node).flatMap(([name, children]) => {
    if (name === ATTRIBUTES || name === TEXT || name === CDATA || !Array.isArray(children)) return []
    const inner = children as readonly OrderedNode[]
    const attributes = Object.entries((node[ATTRIBUTES] ?? {}) as Readonly<Record<string, unknown>>)
    return [
      {
        name,
        attributes: attributes.map(([key, value]) => ({ name: key, value: decodeReferences(String(value)) })),
        children: inner.flatMap(elementsOf),
        text: inner.map(textOf).join(''),
      },
    ]
  })
}

function textOf(node: OrderedNode): string {
  if (typeof node[TEXT] === 'string') return decodeReferences(node[TEXT])
  if (!Array.isArray(node[CDATA])) return ''
  return (node[CDATA] as readonly OrderedNode[])
    .map((part) => (typeof part[TEXT] === 'string' ? part[TEXT] : ''))
    .join('')
}
