import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Fault, NO_FAULT } from '../model/fault.ts'
import type { FiledFile, Filing, NewPackage } from '../model/filed-package.ts'
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

interface Writing {
  readonly fault: Fault
  /** Folders whose entries have changed. */
  readonly touched: Set<string>
  /** Names given in this batch and not on the disk yet, in lower case, with their content's hash. */
  readonly promised: Map<string, string>
}

/**
 * Writes packages into their destination folders. Durable on return: bytes written, synced and read back, then given their
 * names, then each folder synced once. A name that holds the same bytes is kept as it is; one that holds others is never
 * touched: all files of the package get a number instead (`A12_2.xml`, `A12_2.pdf`). The destination folder itself is not made:
 * one that is gone is a share that is not mounted.
 * @returns one answer a package, in their order; one that fails leaves no file and does not stop the others
 */
export function writePackages(packages: readonly NewPackage[], fault: Fault = NO_FAULT): Filing[] {
  const writing: Writing = { fault, touched: new Set(), promised: new Map() }
  const staged = packages.map((one) => attempt(one, () => stage(one, writing)))
  const published = staged.map((one, i) => {
    const source = packages[i]
    if (!one.ok || source === undefined) return one
    return attempt(source, () => publish(one.value, writing))
  })
  const broken = syncAll(writing.touched)
  return published.map((one): Filing => {
    if (!one.ok) return one
    const lost = one.value.find(({ path }) => broken.has(dirname(path)))
    return lost === undefined
      ? { ok: true, files: one.value }
      : { ok: false, reason: 'bad-folder', detail: lost.path }
  })
}

type Attempt<Value> = { readonly ok: true; readonly value: Value } | Extract<Filing, { readonly ok: false }>

function attempt<Value>({ root }: NewPackage, work: () => Value): Attempt<Value> {
  try {
    return { ok: true, value: work() }
  } catch (error) {
    return refusalOf(error, root)
  }
}

type Draft = readonly (FiledFile & { readonly temporary: string | null })[]

/** Finds names for the package and writes its bytes next to them. */
function stage(one: NewPackage, writing: Writing): Draft {
  const folder = openPlace(one, writing.touched)
  const base = freeBase(folder, one, writing.promised)
  const written: string[] = []
  try {
    return one.files.map(({ suffix, content, sha256 }) => {
      const path = join(folder, `${base}${suffix}`)
      const isThere = hashOf(path) === sha256
      const temporary = isThere ? null : writeTemporary(folder, content, { sha256, fault: writing.fault })
      if (temporary !== null) written.push(temporary)
      writing.promised.set(path.toLowerCase(), sha256)
      return { path, sha256, bytes: content.length, temporary }
    })
  } catch (error) {
    for (const temporary of written) rmSync(temporary, { force: true })
    throw error
  }
}

/** The first name under which every file of the package is either free or holds the same bytes already. */
function freeBase(
  folder: string,
  { place, files }: NewPackage,
  promised: ReadonlyMap<string, string>,
): string {
  const name = place.at(-1) ?? '_'
  for (let n = 1; n <= MOST_NUMBERS; n++) {
    const base = n === 1 ? name : `${name}_${n}`
    const isFree = files.every(({ suffix, sha256 }) => {
      const path = join(folder, `${base}${suffix}`)
      const holds = promised.get(path.toLowerCase()) ?? hashOf(path)
      return holds === null || holds === sha256
    })
    if (isFree) return base
  }
  throw new Refusal(`${join(folder, name)}_${MOST_NUMBERS}`)
}

function writeTemporary(
  folder: string,
  content: Buffer,
  { sha256, fault }: { readonly sha256: string; readonly fault: Fault },
): string {
  const temporary = join(folder, temporaryName(randomUUID()))
  const file = openSync(temporary, 'wx')
  try {
    fault('folder-write')
    for (let written = 0; written < content.length;) written += writeSync(file, content, written)
    fsyncSync(file)
    if (sha256Of(readFileSync(temporary)) !== sha256) throw new Refusal(temporary)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  return temporary
}

/** Gives each file its name; all of them or none. */
function publish(draft: Draft, { fault, touched }: Writing): readonly FiledFile[] {
  const named: string[] = []
  try {
    for (const { path, temporary, sha256 } of draft) {
      if (temporary === null) continue
      fault('folder-rename')
      if (giveName({ temporary, path }, sha256)) named.push(path)
      touched.add(dirname(path))
    }
  } catch (error) {
    for (const path of named) rmSync(path, { force: true })
    for (const { temporary } of draft) if (temporary !== null) rmSync(temporary, { force: true })
    throw error
  }
  return draft.map(({ path, sha256, bytes }) => ({ path, sha256, bytes }))
}

/** @returns the folders that could not be synced */
function syncAll(folders: ReadonlySet<string>): Set<string> {
  const broken = new Set<string>()
  for (const folder of folders) {
    try {
      syncFolder(folder)
    } catch {
      broken.add(folder)
    }
  }
  return broken
}
