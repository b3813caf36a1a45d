import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** An XML file of a source folder with the papers that belong to it. Paths are absolute. */
export interface FoundFile {
  readonly path: string
  readonly size: number
  readonly mtimeUs: number
  readonly ctimeUs: number
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

/**
 * The XML files below a folder, folder by folder. PDFs pair by equal stem, in any case where that is beyond doubt, because
 * that is how both the receiving mailboxes and the ERPs pair them. Links to folders are not followed.
 * @param root absolute path of an existing folder
 */
export function* scanFolder(root: string): Generator<FoundFile | ClosedFolder> {
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = list(folder)
    if ('closed' in entries) {
      yield entries
      continue
    }
    for (const entry of entries) if (entry.isDirectory()) pending.push(join(folder, entry.name))
    yield* filesOf(folder, entries)
  }
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

function* filesOf(folder: string, entries: readonly Dirent[]): Generator<FoundFile> {
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  const xmls = names.filter((name) => XML.test(name)).sort()
  const stems = new Set(xmls.map(foldedStem))
  const pdfOf = pdfPairing(xmls, names)
  const extras = extrasByStem(names, stems)
  for (const name of xmls) {
    const pdf = pdfOf(name)
    yield {
      ...statOf(join(folder, name)),
      pdf: pdf === null ? null : join(folder, pdf),
      extras: (extras.get(foldedStem(name)) ?? [])
        .filter((extra) => extra !== name)
        .map((extra) => join(folder, extra)),
      maybeExtra: EXTRA.test(name) && stems.has(extraStem(name)),
    }
  }
}

/**
 * Which PDF belongs to an XML: the one of the same stem to the letter; else the only one that differs in case, if no other
 * XML could claim it too. A wrong PDF would be somebody else's invoice.
 */
function pdfPairing(xmls: readonly string[], names: readonly string[]): (xml: string) => string | null {
  const xmlCounts = counted(xmls.map(foldedStem))
  const pdfs = groupedBy(
    names.filter((name) => PDF.test(name)),
    foldedStem,
  )
  return (xml) => {
    const candidates = pdfs.get(foldedStem(xml)) ?? []
    const exact = candidates.find((pdf) => stemOf(pdf) === stemOf(xml))
    if (exact !== undefined) return exact
    const [only, another] = candidates
    return only !== undefined && another === undefined && xmlCounts.get(foldedStem(xml)) === 1 ? only : null
  }
}

function extrasByStem(names: readonly string[], stems: ReadonlySet<string>): Map<string, string[]> {
  const extras = names.filter((name) => EXTRA.test(name) && stems.has(extraStem(name)))
  return groupedBy(extras.sort(), extraStem)
}

function groupedBy(names: readonly string[], keyOf: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const group = groups.get(keyOf(name))
    if (group === undefined) groups.set(keyOf(name), [name])
    else group.push(name)
  }
  return groups
}

function counted(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** A file that cannot be looked at is still found: reading it will say why. A link is looked at itself, and not read. */
function statOf(path: string): Pick<FoundFile, 'path' | 'size' | 'mtimeUs' | 'ctimeUs'> {
  try {
    const { size, mtimeMs, ctimeMs } = lstatSync(path)
    return { path, size, mtimeUs: Math.floor(mtimeMs * 1000), ctimeUs: Math.floor(ctimeMs * 1000) }
  } catch {
    return { path, size: -1, mtimeUs: 0, ctimeUs: 0 }
  }
}

/** Names from macOS come decomposed: ñ as n and a tilde. */
function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.')).normalize('NFC')
}

function foldedStem(name: string): string {
  return stemOf(name).toLowerCase()
}

function extraStem(name: string): string {
  return name.replace(EXTRA, '').normalize('NFC').toLowerCase()
}
