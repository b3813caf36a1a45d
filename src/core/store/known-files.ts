import { standsBefore } from '../model/byte-order.ts'
import { type Engine, engineOf } from './engine.ts'
import type { Db } from './schema.ts'
import { telling } from './store-error.ts'
import { type PathRange, rangeOf, withSeparator } from './under-folder.ts'

/** Rows in memory at once. */
const PAGE = 500

/** What the index knows of a file before it is read again. */
export interface KnownFile {
  readonly path: string
  readonly size: number
  readonly mtimeUs: number
  readonly ctimeUs: number
  readonly pdf: string | null
  /** JSON list. */
  readonly extras: string
  /** Why it may not leave; null when it may. */
  readonly reason: string | null
}

/** The files of a folder that the index knows, for a walk that meets them sorted by path: only a page of them is in memory. */
export interface KnownFiles {
  readonly total: number
  /**
   * The file that the walk is at. What the walk has passed is not found any more: out of order a file is unknown, which costs its
   * reading and nothing else.
   */
  readonly find: (path: string) => KnownFile | undefined
  /** The file is still there, whether the walk is at it or has passed it. */
  readonly keep: (path: string) => void
  /** Nobody can say what is there below that folder. */
  readonly keepBelow: (folder: string) => void
  /** After the walk, the paths of what was known and not kept. */
  readonly gone: () => readonly string[]
}

/** A connection to the store; a thread has one of its own, without the query layer. */
export type KnownIn = Pick<Engine, 'file' | 'database'>

/** How many files the index knows below some folders. @param sources absolute folders */
export function countKnown(db: Db, sources: readonly string[]): number {
  return sources.reduce((sum, source) => sum + count(engineOf(db), rangeOf(source)), 0)
}

/** @param source absolute folder */
export function knownFiles(store: KnownIn, source: string): KnownFiles {
  const { first, end } = rangeOf(source)
  const readPage = pageReader(store)
  const passed = new Set<string>()
  const closed: string[] = []
  let page = readPage({ first, end })
  let at = 0
  let isKept = false
  const pass = (path: string) => {
    if (!isKept && !closed.some((folder) => path.startsWith(folder))) passed.add(path)
    isKept = false
    if (++at < page.length || page.length < PAGE) return
    page = readPage({ first: justAfter(path), end })
    at = 0
  }
  return {
    total: count(store, { first, end }),
    find(path) {
      for (let row = page[at]; row !== undefined; row = page[at]) {
        if (row.path === path) return row
        if (!standsBefore(row.path, path)) break
        pass(row.path)
      }
      return undefined
    },
    keep(path) {
      if (page[at]?.path === path) isKept = true
      else passed.delete(path)
    },
    keepBelow(folder) {
      const start = withSeparator(folder)
      closed.push(start)
      for (const path of passed) if (path.startsWith(start)) passed.delete(path)
    },
    gone() {
      for (let row = page[at]; row !== undefined; row = page[at]) pass(row.path)
      return [...passed]
    },
  }
}

function count({ file, database }: KnownIn, { first, end }: PathRange): number {
  const statement = 'select count(*) from document where path >= ? and path < ?'
  return Number(telling(file, () => database.prepare(statement).pluck().get(first, end)))
}

/** Rows come as lists of values: as objects they take the driver twice as long. */
function pageReader({ file, database }: KnownIn): (range: PathRange) => readonly KnownFile[] {
  const page = telling(file, () =>
    database
      .prepare<[string, string, number], PageRow>(
        `select path, size, mtime_us, ctime_us, pdf, extras, reason from document
        where path >= ? and path < ? order by path limit ?`,
      )
      .raw(),
  )
  return ({ first, end }) => telling(file, () => page.all(first, end, PAGE)).map(knownFile)
}

type PageRow = [
  path: string,
  size: number,
  mtimeUs: number,
  ctimeUs: number,
  pdf: string | null,
  extras: string,
  reason: string | null,
]

function knownFile([path, size, mtimeUs, ctimeUs, pdf, extras, reason]: PageRow): KnownFile {
  return { path, size, mtimeUs, ctimeUs, pdf, extras, reason }
}

/** No text stands between the two. */
function justAfter(path: string): string {
  return `${path}\0`
}
