import { type Dirent, readdirSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

/** A file that may be a paper. */
export interface FoundPaper {
  readonly path: string
  /** Below the folder, with `/`, as an index names it. */
  readonly name: string
  /** Name of the XML whose printed form it is by its name, or null. */
  readonly xml: string | null
  /** The page (`.html`) of the same stem beside a PDF, or null. */
  readonly page: string | null
  /** Whether it is such a page itself. */
  readonly isPageOfPdf: boolean
}

export interface PaperFolder {
  readonly files: readonly FoundPaper[]
  /** Folders that could not be listed. */
  readonly closed: readonly { readonly path: string; readonly detail: string }[]
}

/** What systems leave in folders. */
const LITTER = /^(?:\.|~\$|thumbs\.db$|desktop\.ini$)/i

/**
 * The files below a folder that are no XML, by name. Links to folders are not followed; a PDF of the same stem as an XML beside
 * it, or `<stem>_Adj.pdf`, is marked as that document's.
 * @param root absolute path of an existing folder
 * @param except absolute path of a file to leave out, such as the index, or null
 */
export function listPapers(root: string, except: string | null): PaperFolder {
  const files: FoundPaper[] = []
  const closed: { readonly path: string; readonly detail: string }[] = []
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const entries = list(folder)
    if (typeof entries === 'string') {
      closed.push({ path: `${folder}${sep}`, detail: entries })
      continue
    }
    for (const entry of entries) if (entry.isDirectory()) pending.push(join(folder, entry.name))
    files.push(...papersIn(folder, entries, root))
  }
  return {
    files: files.filter(({ path }) => path !== except).sort((a, b) => (a.name < b.name ? -1 : 1)),
    closed,
  }
}

function list(folder: string): Dirent[] | string {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => !LITTER.test(entry.name))
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function papersIn(folder: string, entries: readonly Dirent[], root: string): FoundPaper[] {
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  const pages = new Map(names.filter(isPage).map((name) => [foldedStem(name), name]))
  const pdfs = new Set(names.filter(isPdf).map(foldedStem))
  const xmls = new Map(names.filter(isXml).map((name) => [foldedStem(name), name]))
  return names
    .filter((name) => !isXml(name))
    .map((name) => {
      const path = join(folder, name)
      const stem = foldedStem(name)
      const page = isPdf(name) ? pages.get(stem) : undefined
      return {
        path,
        name: relative(root, path).split(sep).join('/').normalize('NFC'),
        page: page === undefined ? null : join(folder, page),
        isPageOfPdf: isPage(name) && pdfs.has(stem),
        xml: xmls.get(stem) ?? xmls.get(stem.replace(/_adj$/, '')) ?? null,
      }
    })
}

function isXml(name: string): boolean {
  return extname(name).toLowerCase() === '.xml'
}

function isPage(name: string): boolean {
  return /\.html?$/i.test(name)
}

function isPdf(name: string): boolean {
  return /\.pdf$/i.test(name)
}

function foldedStem(name: string): string {
  return name
    .slice(0, name.length - extname(name).length)
    .normalize('NFC')
    .toLowerCase()
}
