import { createHash } from 'node:crypto'
import {
  chmodSync,
  type Dirent,
  lstatSync,
  mkdirSync,
  opendirSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import { looksLikeOrder, orderIdOf } from '../model/order-file.ts'
import { fileError } from './named-file.ts'

/** An order file as a look at the folder finds it. */
export interface FoundOrder {
  readonly name: string
  readonly path: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly changedAt: number
}

/** What claims to be an order and is not taken for one: its name, or that it is a link or a folder. It stays where it is. */
export interface NoOrder {
  readonly name: string
  readonly reason: 'bad-name' | 'link' | 'not-a-file'
}

export interface OrderListing {
  readonly files: readonly FoundOrder[]
  readonly noOrders: readonly NoOrder[]
  /** Whether there are more than were asked for. */
  readonly more: boolean
}

const OTHERS_WRITE = 0o002

/**
 * Refuses a folder in which any user of this machine can leave files. Windows has no such mode: its access lists say who writes.
 * @throws ORDER_FOLDER_OPEN
 */
export function checkOrderFolder(folder: string): void {
  if (platform() !== 'win32' && (statSync(folder).mode & OTHERS_WRITE) !== 0)
    throw new CfdiMailError('ORDER_FOLDER_OPEN', { folder })
}

/**
 * The order files of a folder, by name, at most `limit`, and as many of what is none. The folder is read entry by entry: one with a
 * million files costs no memory, and links, folders and other names cost nothing but their entry.
 * @throws NO_ACCESS
 */
export function listOrderFiles(folder: string, limit: number): OrderListing {
  const files: FoundOrder[] = []
  const noOrders: NoOrder[] = []
  try {
    const entries = opendirSync(folder)
    try {
      for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
        if (!looksLikeOrder(entry.name)) continue
        const reason = whyNoOrder(entry)
        if (reason !== null) {
          // They stay, so they take no order's place: a run would see nothing else for ever.
          if (noOrders.length < limit) noOrders.push({ name: entry.name, reason })
          continue
        }
        if (files.length >= limit) return { ...sorted(files), noOrders, more: true }
        const found = lookAt(folder, entry.name)
        // Null is one that another reader took meanwhile.
        if (found !== null) files.push(found)
      }
    } finally {
      entries.closeSync()
    }
  } catch (error) {
    throw fileError(folder, error, 'FILE_NOT_FOUND')
  }
  return { ...sorted(files), noOrders, more: false }
}

/** A file system that does not say what an entry is leaves it to the look at the file. */
function whyNoOrder(entry: Dirent): NoOrder['reason'] | null {
  if (orderIdOf(entry.name) === null) return 'bad-name'
  if (entry.isSymbolicLink()) return 'link'
  return entry.isDirectory() || entry.isFIFO() || entry.isSocket() ? 'not-a-file' : null
}

function sorted(files: FoundOrder[]) {
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** How a file is now; null when it went away or is no regular file. */
export function lookAt(folder: string, name: string): FoundOrder | null {
  const path = join(folder, name)
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined || !stat.isFile()) return null
  return { name, path, size: stat.size, changedAt: stat.mtimeMs }
}

/** What tells one store's files in a shared folder from another's, or another machine's. */
export function storeMark(store: string): string {
  return createHash('sha256').update(`${hostname()} ${store}`).digest('hex').slice(0, 12)
}

/** Where the files go that a store has in hand: what another store, or another machine, has in hand is not ours to take up. */
export function workFolder(folder: string, store: string): string {
  return join(folder, 'work', storeMark(store))
}

/**
 * Moves a file to another place of its folder. Renaming is the claim: of two who try, one gets it and the other is told so.
 * @param to the folder, made when missing
 * @returns the new path, or null when somebody else was quicker
 * @throws NO_ACCESS, DISK_FULL
 */
export function moveOrder(file: FoundOrder, to: string): string | null {
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 })
    const path = freeName(to, file.name)
    renameSync(file.path, path)
    return path
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw fileError(file.path, error, 'CANNOT_WRITE')
  }
}

/** A file of that name from before is not overwritten: it is the proof of what was asked then. */
function freeName(folder: string, name: string): string {
  const first = join(folder, name)
  if (lstatSync(first, { throwIfNoEntry: false }) === undefined) return first
  for (let n = 2; ; n++) {
    const next = join(folder, `${name}.${n}`)
    if (lstatSync(next, { throwIfNoEntry: false }) === undefined) return next
  }
}

/**
 * Puts a file that was dealt with into `done` or `bad` of its folder. Who can read the folder can read these too: the ERP may be
 * another user, and has to see what became of its orders.
 * @returns as `moveOrder`
 * @throws NO_ACCESS, DISK_FULL
 */
export function fileAway(file: FoundOrder, folder: string, place: 'done' | 'bad'): string | null {
  const to = join(folder, place)
  const isNew = lstatSync(to, { throwIfNoEntry: false }) === undefined
  const path = moveOrder(file, to)
  if (isNew && path !== null) chmodSync(to, 0o700 | (statSync(folder).mode & 0o055))
  return path
}

/** Writes beside a refused file why it was refused, for whoever can read its folder. */
export function writeReason(path: string, text: string): void {
  const beside = `${path}.txt`
  writeFileSync(beside, text, { mode: 0o600 })
  chmodSync(beside, 0o600 | (statSync(dirname(path)).mode & 0o044))
}
