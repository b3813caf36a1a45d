import { isText } from './bytes.ts'
import { knownName, localOf, MAX_NAMES, nameText, prefixOf } from './names.ts'
import { decodeReferences } from './references.ts'
import { malformed, type Scan } from './scan.ts'

const XML_URI = 'http://www.w3.org/XML/1998/namespace'
const XMLNS_URI = 'http://www.w3.org/2000/xmlns/'
/** Beyond this many, namespaces of earlier documents are forgotten before the next one. */
const KEPT_URIS = 1_024

const XMLNS = knownName('xmlns')
const XML = knownName('xml')

/** Namespace names as small numbers; 0 = no namespace. */
const uris = new Map<string, number>([['', 0]])
const uriTexts: string[] = ['']
let known = 1

/** Namespace a prefix stands for at this point of the document, by the prefix's name number (0 = default); 0 = none. */
const bound = new Int32Array(MAX_NAMES)
/** What each prefix was last declared to stand for: in the next document it mostly is again. */
const former = new Int32Array(MAX_NAMES)
/** What to put back when elements close: prefix and its former namespace, by turns. */
const undo: number[] = []

const XML_NUMBER = knownUri(XML_URI)
const XMLNS_NUMBER = knownUri(XMLNS_URI)
bound[XML] = XML_NUMBER

/** Number of a namespace the program looks for. For module start-up only. */
export function knownUri(text: string): number {
  const uri = uriNumber(text)
  known = uriTexts.length
  return uri
}

export function uriText(uri: number): string {
  return uriTexts[uri] ?? ''
}

/** Whether names without prefix are in a namespace at this point of the document. */
export function hasDefaultNamespace(): boolean {
  return bound[0] !== 0
}

/** Forgets the declarations a document that ended early left behind. */
export function resetNamespaces(): void {
  closeNamespaces(0)
  if (uriTexts.length <= KEPT_URIS) return
  for (const text of uriTexts.splice(known)) uris.delete(text)
  former.fill(0)
}

/** How many declarations are in force: to be given back to `closeNamespaces` when the element ends. */
export function declarations(): number {
  return undo.length
}

export function closeNamespaces(declared: number): void {
  while (undo.length > declared) {
    const uri = undo.pop()!
    bound[undo.pop()!] = uri
  }
}

/** Applies the declarations of a start tag, then names its element (`scan.uri`, `scan.local`) and checks its attributes' prefixes. */
export function openNamespaces(scan: Scan, name: number, at: number): void {
  let prefixed = 0
  for (let index = 0; index < scan.attributes; index++) {
    const attribute = scan.attributeName[index]!
    const prefix = prefixOf[attribute]!
    if (attribute === XMLNS) declare(scan, 0, index)
    else if (prefix === XMLNS) declare(scan, localOf[attribute]!, index)
    else if (prefix !== 0) prefixed++
  }
  if (prefixed > 0) checkPrefixes(scan, prefixed)
  const prefix = prefixOf[name]!
  scan.uri = bound[prefix]!
  scan.local = localOf[name]!
  if (prefix !== 0 && scan.uri === 0) malformed(`undeclared prefix of <${nameText(name)}>`, at)
}

/** Namespaces in XML 1.0 § 3: which declarations may not be made. */
function declare(scan: Scan, prefix: number, index: number): void {
  const start = scan.attributeStart[index]!
  const uri = declaredUri(scan, prefix, index)
  const isReserved = prefix === XMLNS || uri === XMLNS_NUMBER || (prefix === XML) !== (uri === XML_NUMBER)
  if (isReserved)
    malformed(`reserved namespace or prefix declared by ${nameText(scan.attributeName[index]!)}`, start)
  if (prefix !== 0 && uri === 0) malformed(`empty namespace for prefix ${nameText(prefix)}`, start)
  undo.push(prefix, bound[prefix]!)
  bound[prefix] = uri
}

function declaredUri(scan: Scan, prefix: number, index: number): number {
  const start = scan.attributeStart[index]!
  const end = scan.attributeEnd[index]!
  const known = former[prefix]!
  if (isText(uriText(known), scan.bytes, { start, end })) return known
  // A namespace name is compared after attribute-value normalisation: a line break in it counts as a space.
  const text = scan.bytes.toString('utf8', start, end).replace(/\r\n|[\t\n\r]/g, ' ')
  return (former[prefix] = uriNumber(decodeReferences(text)))
}

function checkPrefixes(scan: Scan, prefixed: number): void {
  for (let index = 0; index < scan.attributes; index++) {
    const name = scan.attributeName[index]!
    const prefix = prefixOf[name]!
    if (prefix !== 0 && prefix !== XMLNS && bound[prefix] === 0) {
      malformed(`undeclared prefix of attribute ${nameText(name)}`, scan.attributeStart[index]!)
    }
  }
  if (prefixed > 1) checkExpanded(scan)
}

/** Namespaces in XML 1.0 § 6.3: no two attributes with the same local name in the same namespace, whatever their prefixes. */
function checkExpanded(scan: Scan): void {
  const seen = new Set<number>()
  for (let index = 0; index < scan.attributes; index++) {
    const name = scan.attributeName[index]!
    const prefix = prefixOf[name]!
    if (prefix === 0 || prefix === XMLNS) continue
    const size = seen.size
    if (seen.add(bound[prefix]! * MAX_NAMES + localOf[name]!).size === size) {
      malformed(`duplicate attribute ${nameText(name)}`, scan.attributeStart[index]!)
    }
  }
}

function uriNumber(text: string): number {
  const found = uris.get(text)
  if (found !== undefined) return found
  uris.set(text, uriTexts.length)
  return uriTexts.push(text) - 1
}
