import { standsBefore } from '../model/byte-order.ts'
import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'
import { withSeparator } from './under-folder.ts'

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

/** @param source absolute folder */
export function knownFiles(db: Db, source: string): KnownFiles {
  const first = withSeparator(source)
  const end = afterAllBelow(first)
  const [counted] = count(db, { first, end })
  const passed = new Set<string>()
  const closed: string[] = []
  let page = readPage(db, { first, end })
  let at = 0
  let isKept = false
  const pass = (path: string) => {
    if (!isKept && !closed.some((folder) => path.startsWith(folder))) passed.add(path)
    isKept = false
    if (++at < page.length || page.length < PAGE) return
    page = readPage(db, { first: justAfter(path), end })
    at = 0
  }
  return {
    total: Number(counted?.total ?? 0),
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

/** Paths from the first one up to, and without, the end. */
interface Range {
  readonly first: string
  readonly end: string
}

const count = prepared((db, { first, end }: Range) =>
  db
    .selectFrom('document')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where('path', '>=', first)
    .where('path', '<', end),
)

const readPage = prepared<Range, KnownFile>((db, { first, end }) =>
  db
    .selectFrom('document')
    .select(['path', 'size', 'mtime_us as mtimeUs', 'ctime_us as ctimeUs', 'pdf', 'extras', 'reason'])
    .where('path', '>=', first)
    .where('path', '<', end)
    .orderBy('path')
    .limit(PAGE),
)

/** SQLite compares text byte by byte: below `/a/` lies what is not less than that and less than `/a0`, `0` being next to `/`. */
function afterAllBelow(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
}

/** No text stands between the two. */
function justAfter(path: string): string {
  return `${path}\0`
}
