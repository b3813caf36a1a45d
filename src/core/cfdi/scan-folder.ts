import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sortByBytes, standsBefore } from '../model/byte-order.ts'

/** An XML file of a source folder with the papers that belong to it. Paths are absolute. */
export interface FoundFile {
  readonly path: string
  /** The PDF of equal stem in the same folder, or null. */
  readonly pdf: string | null
  /** `<stem>_Adj.*` files, sorted: more papers of the same document. */
  readonly extras: readonly string[]
  /** Whether its own name makes it a paper of another document here, should it turn out to be none itself. */
  readonly maybeExtra: boolean
}

/** A folder that could not be listed; what is below it is not known to be gone. */
export interface ClosedFolder {
  readonly closed: string
  /** The file system's code. */
  readonly detail: string
}

const XML = /\.xml$/i
const PDF = /\.pdf$/i
const EXTRA = /_adj\.[^.]+$/i
const ASCII = /^[ -~]*$/

/**
 * The XML files below a folder, sorted by path: the index is read beside them. PDFs pair by equal stem, in any case where that is
 * beyond doubt, because that is how both the receiving mailboxes and the ERPs pair them. Links to folders are not followed.
 * @param root absolute path of an existing folder
 */
export function* scanFolder(root: string): Generator<FoundFile | ClosedFolder> {
  // A stack, because each level of `yield*` would hand on every file.
  const open = [contentsOf(root)]
  for (let folder = open.at(-1); folder !== undefined; folder = open.at(-1)) {
    const { done, value } = folder.next()
    if (done) open.pop()
    else if ('below' in value) open.push(contentsOf(value.below))
    else yield value
  }
}

/** A folder in which there may be more. */
interface Subfolder {
  readonly below: string
}

function* contentsOf(folder: string): Generator<FoundFile | ClosedFolder | Subfolder, void> {
  const entries = list(folder)
  if ('closed' in entries) {
    yield entries
    return
  }
  const base = join(folder, '/')
  const last = base.at(-1) ?? ''
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => base + name)
  // With what comes after its name: `a-b.xml` stands before `a/c.xml`.
  folders.sort((a, b) => (standsBefore(a + last, b + last) ? -1 : 1))
  let next = 0
  const nextFolder = () => folders[next]
  for (const found of filesOf(base, entries)) {
    for (
      let below = nextFolder();
      below !== undefined && standsBefore(below + last, found.path);
      below = nextFolder()
    ) {
      yield { below }
      next++
    }
    yield found
  }
  for (const below of folders.slice(next)) yield { below }
}

function list(folder: string): Dirent[] | ClosedFolder {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    return {
      closed: folder,
      detail: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    }
  }
}

/** @param base the folder with its separator; not `join` for each file: every part is as it has to be */
function* filesOf(base: string, entries: readonly Dirent[]): Generator<FoundFile> {
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  const xmls = sortByBytes(names.filter((name) => XML.test(name))).map(namedFile)
  const stems = new Set(xmls.map(({ folded }) => folded))
  const pdfOf = pdfPairing(xmls, names)
  const extras = extrasByStem(names, stems)
  for (const xml of xmls) {
    const pdf = pdfOf(xml)
    yield {
      path: base + xml.name,
      pdf: pdf === null ? null : base + pdf,
      extras: (extras.get(xml.folded) ?? [])
        .filter((extra) => extra !== xml.name)
        .map((extra) => base + extra),
      maybeExtra: EXTRA.test(xml.name) && stems.has(extraStem(xml.name)),
    }
  }
}

/** A file's name, and what it is paired by: computed once for each. */
interface NamedFile {
  readonly name: string
  readonly stem: string
  /** The stem in lower case. */
  readonly folded: string
}

function namedFile(name: string): NamedFile {
  const stem = composed(name.slice(0, name.lastIndexOf('.')))
  return { name, stem, folded: stem.toLowerCase() }
}

/**
 * Which PDF belongs to an XML: the one of the same stem to the letter; else the only one that differs in case, if no other
 * XML could claim it too. A wrong PDF would be somebody else's invoice.
 */
function pdfPairing(xmls: readonly NamedFile[], names: readonly string[]): (xml: NamedFile) => string | null {
  const pdfs = groupedBy(names.filter((name) => PDF.test(name)).map(namedFile), ({ folded }) => folded)
  if (pdfs.size === 0) return () => null
  const xmlsOf = groupedBy(xmls, ({ folded }) => folded)
  return ({ stem, folded }) => {
    const candidates = pdfs.get(folded) ?? []
    const exact = candidates.find((pdf) => pdf.stem === stem)
    if (exact !== undefined) return exact.name
    const [only, another] = candidates
    return only !== undefined && another === undefined && xmlsOf.get(folded)?.length === 1 ? only.name : null
  }
}

function extrasByStem(names: readonly string[], stems: ReadonlySet<string>): Map<string, string[]> {
  const extras = names.filter((name) => EXTRA.test(name) && stems.has(extraStem(name)))
  return groupedBy(extras.sort(), extraStem)
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

function extraStem(name: string): string {
  return composed(name.replace(EXTRA, '')).toLowerCase()
}

/** Names from macOS come decomposed: ñ as n and a tilde. */
function composed(name: string): string {
  return ASCII.test(name) ? name : name.normalize('NFC')
}
