import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, createWriteStream, fsyncSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipArchive } from 'archiver'
import { openPromise } from 'yauzl'
import { CfdiMailError } from '../model/errors.ts'
import { type Fault, NO_FAULT } from '../model/fault.ts'
import type { Filing } from '../model/filed-package.ts'
import type { ArchiveFile } from './archive.ts'
import { checkContents, type Contents } from './archive-check.ts'
import {
  giveName,
  hashOf,
  MOST_NUMBERS,
  openPlace,
  Refusal,
  refusalOf,
  temporaryName,
} from './destination-place.ts'
import { syncFolder } from './durable-files.ts'
import { sha256Of } from './spool.ts'

/** One file of an archive on the disk. */
export interface DatedFile extends ArchiveFile {
  readonly date: Date
}

/** Where an archive goes: folders under the destination folder and, last, its name without `.zip`. */
export interface ArchivePlace {
  readonly root: string
  readonly place: readonly string[]
}

/** Bytes given to the archive and not written yet: memory stays flat whatever the month's size. */
const IN_FLIGHT = 8 * 1024 * 1024

/**
 * Writes a ZIP into a destination folder, entry by entry. Durable on return: written and synced under another name, opened
 * again and compared with what went in, then given its name and the folder synced. A name that holds the same bytes is kept; one
 * that holds others is never touched: the archive gets a number.
 * @param entries asked for one at a time; what it throws leaves no file
 */
export async function writeArchive(
  { root, place }: ArchivePlace,
  entries: Iterable<DatedFile>,
  fault: Fault = NO_FAULT,
): Promise<Filing> {
  let temporary: string | null = null
  try {
    const touched = new Set<string>()
    const folder = openPlace({ root, place }, touched)
    temporary = join(folder, temporaryName(randomUUID()))
    fault('folder-write')
    const contents = await writeEntries(temporary, entries)
    await checkContents(await openPromise(temporary), contents)
    const bytes = statSync(temporary).size
    const sha256 = hashOf(temporary) ?? ''
    fault('folder-rename')
    const path = publish(temporary, { folder, name: place.at(-1) ?? '_', sha256 })
    for (const each of touched.add(dirname(path))) syncFolder(each)
    return { ok: true, files: [{ path, sha256, bytes }] }
  } catch (error) {
    if (temporary !== null) rmSync(temporary, { force: true })
    return refusalOf(error, root)
  }
}

async function writeEntries(path: string, entries: Iterable<DatedFile>): Promise<Contents> {
  const archive = new ZipArchive({ zlib: { level: 6 } })
  const contents: Contents = { sums: new Map(), warnings: [] }
  archive.on('warning', (error) => contents.warnings.push(error.message))
  const target = createWriteStream(path, { flags: 'wx' })
  const written = pipeline(archive, target)
  // It is awaited below; until then a full disk must not be an unhandled rejection.
  written.catch(() => undefined)
  try {
    await addEntries(archive, { entries, contents, written })
  } catch (error) {
    // A file that is still being opened would come after whoever removes it.
    archive.destroy()
    if (!target.destroy().closed) await new Promise<void>((resolve) => target.once('close', () => resolve()))
    throw error
  }
  sync(path)
  return contents
}

interface Adding {
  readonly entries: Iterable<DatedFile>
  readonly contents: Contents
  readonly written: Promise<void>
}

async function addEntries(archive: ZipArchive, { entries, contents, written }: Adding): Promise<void> {
  const waiting: number[] = []
  let inFlight = 0
  archive.on('entry', () => (inFlight -= waiting.shift() ?? 0))
  for (const { date, ...file } of entries) {
    waiting.push(file.content.length)
    inFlight += file.content.length
    addEntry(archive, { file, date, contents })
    while (inFlight > IN_FLIGHT) await Promise.race([once(archive, 'entry'), written])
  }
  await Promise.race([archive.finalize(), written])
  await written
}

/** @throws BAD_ARCHIVE for a name that is there already */
function addEntry(
  archive: ZipArchive,
  { file, date, contents }: { readonly file: ArchiveFile; readonly date: Date; readonly contents: Contents },
): void {
  const { name, content } = file
  if (contents.sums.has(name)) throw new CfdiMailError('BAD_ARCHIVE', { detail: name })
  contents.sums.set(name, sha256Of(content))
  archive.append(content, { name, date, store: name.endsWith('.pdf') })
}

function sync(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

interface Publishing {
  readonly folder: string
  readonly name: string
  readonly sha256: string
}

/** @returns the archive's path */
function publish(temporary: string, { folder, name, sha256 }: Publishing): string {
  for (let n = 1; n <= MOST_NUMBERS; n++) {
    const path = join(folder, n === 1 ? `${name}.zip` : `${name}_${n}.zip`)
    const holds = hashOf(path)
    if (holds !== null && holds !== sha256) continue
    giveName({ temporary, path }, sha256)
    return path
  }
  throw new Refusal(`${join(folder, name)}_${MOST_NUMBERS}.zip`)
}
