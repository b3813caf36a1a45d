import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** An XML file of a source folder with the papers that belong to it. Paths are absolute. */
export interface FoundFile {
  readonly path: string
  readonly size: number
  readonly mtimeUs: number
  /** The PDF of equal stem in the same folder, or null. */
  readonly pdf: string | null
  /** `<stem>_Adj.*` files, sorted: more papers of the same document. */
  readonly extras: readonly string[]
}

const XML = /\.xml$/i
const PDF = /\.pdf$/i
const EXTRA = /_adj\.[^.]+$/i

/**
 * The XML files below a folder, folder by folder. PDFs pair by equal stem in any case, because that is how both the
 * receiving mailboxes and the ERPs pair them.
 * @param root absolute path of an existing folder
 * @throws what the file system says when a folder cannot be listed
 */
export function* scanFolder(root: string): Generator<FoundFile> {
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = readdirSync(folder, { withFileTypes: true })
    for (const entry of entries) if (entry.isDirectory()) pending.push(join(folder, entry.name))
    yield* filesOf(folder, entries)
  }
}

function* filesOf(folder: string, entries: readonly Dirent[]): Generator<FoundFile> {
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  const xmls = names.filter((name) => XML.test(name))
  const stems = new Set(xmls.map(stemOf))
  const papers = papersByStem(names, stems)
  for (const name of xmls.sort()) {
    if (EXTRA.test(name) && stems.has(extraStemOf(name))) continue
    const own = papers.get(stemOf(name))
    const pdf = own === undefined ? undefined : (own.pdfs.find((p) => sameStem(p, name)) ?? own.pdfs[0])
    const extras = (own?.extras ?? []).map((extra) => join(folder, extra))
    yield { ...statOf(join(folder, name)), pdf: pdf === undefined ? null : join(folder, pdf), extras }
  }
}

interface Papers {
  readonly pdfs: string[]
  readonly extras: string[]
}

function papersByStem(names: readonly string[], stems: ReadonlySet<string>): Map<string, Papers> {
  const papers = new Map<string, Papers>()
  const of = (stem: string): Papers => {
    const known = papers.get(stem) ?? { pdfs: [], extras: [] }
    papers.set(stem, known)
    return known
  }
  for (const name of [...names].sort()) {
    if (EXTRA.test(name) && stems.has(extraStemOf(name))) of(extraStemOf(name)).extras.push(name)
    else if (PDF.test(name)) of(stemOf(name)).pdfs.push(name)
  }
  return papers
}

/** A file that cannot be looked at (a broken link, no permission) is still found: reading it will say why. */
function statOf(path: string): { readonly path: string; readonly size: number; readonly mtimeUs: number } {
  try {
    const { size, mtimeMs } = statSync(path)
    return { path, size, mtimeUs: Math.floor(mtimeMs * 1000) }
  } catch {
    return { path, size: -1, mtimeUs: 0 }
  }
}

function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.')).toLowerCase()
}

function extraStemOf(name: string): string {
  return name.replace(EXTRA, '').toLowerCase()
}

function sameStem(a: string, b: string): boolean {
  return a.slice(0, a.lastIndexOf('.')) === b.slice(0, b.lastIndexOf('.'))
}
