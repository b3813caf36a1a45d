import { createHash } from 'node:crypto'
import {
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import type { Filing, NewPackage } from '../model/filed-package.ts'
import { isInside } from './folders.ts'

/** A name in a destination folder that may not be used, in the file system's place. */
export class Refusal extends Error {}

/** How many files of one name there may be. */
export const MOST_NUMBERS = 10_000

/** Name of a file that is not complete yet; hidden, and never taken for a document. */
export function temporaryName(token: string): string {
  return `.cfdi-mail-${token}.tmp`
}

const REASONS = {
  'no-folder': ['ENOENT', 'ENOTDIR'],
  'folder-denied': ['EACCES', 'EPERM', 'EROFS'],
  'folder-full': ['ENOSPC', 'EDQUOT'],
} as const

/**
 * What stands in the way of writing into a destination folder.
 * @throws the error itself when it is none of the file system's
 */
export function refusalOf(error: unknown, root: string): Extract<Filing, { readonly ok: false }> {
  if (error instanceof Refusal) return { ok: false, reason: 'bad-folder', detail: error.message }
  if (error instanceof CfdiMailError)
    return { ok: false, reason: 'bad-folder', detail: `${root}: ${error.code}` }
  if (!(error instanceof Error) || !('code' in error)) throw error
  const code = String(error.code)
  const [known] = Object.entries(REASONS).flatMap(([reason, codes]) =>
    (codes as readonly string[]).includes(code) ? [reason as keyof typeof REASONS] : [],
  )
  return { ok: false, reason: known ?? 'bad-folder', detail: `${root}: ${code}` }
}

/**
 * The folder that the files go to, made under the destination folder, and inside it whatever links there are on the way.
 * @param touched takes the folders that got a new entry
 * @throws what the file system says, Refusal
 */
export function openPlace({ root, place }: Pick<NewPackage, 'root' | 'place'>, touched: Set<string>): string {
  const real = realpathSync(root)
  if (!statSync(real).isDirectory()) throw Object.assign(new Error(real), { code: 'ENOTDIR' })
  let folder = real
  for (const name of place.slice(0, -1)) {
    const parent = folder
    folder = join(folder, name)
    if (makeOne(folder)) touched.add(parent)
  }
  const found = realpathSync(folder)
  if (!isInside(real, found)) throw new Refusal(`${folder} -> ${found}`)
  return found
}

/** @returns whether it was not there */
function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** SHA-256 of what is under a name; '' for what is no file of its own, such as a link; null when the name is free. */
export function hashOf(path: string): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return null
  return found.isFile() ? hashOfFile(path) : ''
}

const PIECE_BYTES = 1024 * 1024

/** A piece at a time: an archive may be larger than memory. */
function hashOfFile(path: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece))
      hash.update(piece.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

/** A file that is written under another name and has yet to get its own. */
export interface Named {
  readonly temporary: string
  readonly path: string
}

/**
 * A link, unlike a rename, never replaces what somebody else has put there meanwhile. File systems without links are renamed on.
 * @returns whether the name is new
 */
export function giveName({ temporary, path }: Named, sha256: string): boolean {
  try {
    linkSync(temporary, path)
  } catch (error) {
    const holds = hashOf(path)
    if (holds === null) {
      if (!isWithoutLinks(error)) throw error
      renameSync(temporary, path)
      return true
    }
    if (holds !== sha256) throw new Refusal(path)
    rmSync(temporary)
    return false
  }
  rmSync(temporary)
  return true
}

function isWithoutLinks(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code)
}
