import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, type Stats } from 'node:fs'
import { platform, userInfo } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path'

/** Where an order's attachments may be. */
export interface AttachmentRoots {
  /** Absolute folders with links resolved; a relative path is looked for in each, in this order. */
  readonly folders: readonly string[]
  /** How the writer of the orders names the first folder, `C:\Trabajo\Envio_Mails\`; '' when it writes relative paths. */
  readonly prefix: string
  /** Who owned the order file: what is that user's own is no secret to them. */
  readonly owner: number
}

export const PATH_FAULTS = ['outside', 'missing', 'link', 'owner', 'too-large', 'not-a-file'] as const
export type PathFault = (typeof PATH_FAULTS)[number]

export type SafeReading =
  | { readonly ok: true; readonly bytes: Buffer; readonly name: string; readonly owner: number }
  | { readonly ok: false; readonly fault: PathFault }

/** Windows has no such flag. */
const NO_FOLLOW = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0

/**
 * Reads an attachment that an order names. The real path of its folder has to be one of the roots or below, so that neither `..`
 * nor a link on the way leads out; the file itself must be no link of either kind, and be owned by this user, the order's or the
 * folder's.
 * @param maxBytes larger ones are refused before they are read
 */
export function readAttachment(text: string, roots: AttachmentRoots, maxBytes: number): SafeReading {
  const path = relativePath(text, roots)
  if (path === null) return { ok: false, fault: 'outside' }
  const candidates = isAbsolute(path) ? [path] : roots.folders.map((folder) => join(folder, path))
  let fault: PathFault = 'missing'
  for (const candidate of candidates) {
    const reading = readInside(candidate, roots, maxBytes)
    if (reading.ok) return reading
    if (fault === 'missing') fault = reading.fault
  }
  return { ok: false, fault }
}

/** A file of the folder itself, read as carefully. */
export function readOrderBytes(path: string, maxBytes: number): SafeReading {
  return readRegular(path, maxBytes, null)
}

/** What no path of an order may hold: escapes that a later reader might undo, NUL and controls, another machine, a home. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const NEVER = /%(?:2e|2f|5c|00)|[\u0000-\u001f\u007f]|^[\\/]{2}|^~|^\w+:[\\/]{2}/i

/** The path with `/`, the writer's own prefix taken off; null for one that is not to be looked at. */
function relativePath(text: string, { prefix }: AttachmentRoots): string | null {
  const slashes = (path: string) => path.replace(/\\/g, '/')
  let path = text.trim().normalize('NFC')
  if (NEVER.test(path) && !startsWith(path, prefix)) return null
  path = slashes(path)
  if (startsWith(path, slashes(prefix))) path = path.slice(prefix.length).replace(/^\/+/, '')
  if (NEVER.test(path) || path === '' || path.split('/').includes('..')) return null
  // A drive is a place of its own on Windows, and elsewhere nothing but a strange name.
  if (/^[A-Za-z]:/.test(path) && platform() !== 'win32') return null
  return path
}

function startsWith(path: string, prefix: string): boolean {
  return prefix !== '' && path.toLowerCase().startsWith(prefix.toLowerCase())
}

function readInside(path: string, roots: AttachmentRoots, maxBytes: number): SafeReading {
  let folder: string
  try {
    folder = realpathSync(dirname(resolve(path)))
  } catch {
    return { ok: false, fault: isInside(resolve(path), roots.folders) ? 'missing' : 'outside' }
  }
  if (!isInside(folder, roots.folders)) return { ok: false, fault: 'outside' }
  return readRegular(join(folder, basename(path)), maxBytes, { folder, owner: roots.owner })
}

function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some(
    (folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  )
}

interface Owners {
  readonly folder: string
  readonly owner: number
}

/** Opened without following a link and without waiting for a pipe; what was opened is what is judged and read. */
function readRegular(path: string, maxBytes: number, owners: Owners | null): SafeReading {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | NO_FOLLOW)
  } catch (error) {
    return { ok: false, fault: faultOf(error) }
  }
  try {
    const stat = fstatSync(file)
    const fault = faultIn(stat, maxBytes, owners)
    if (fault !== null) return { ok: false, fault }
    return { ok: true, bytes: readFileSync(file), name: basename(path), owner: stat.uid }
  } catch {
    return { ok: false, fault: 'not-a-file' }
  } finally {
    closeSync(file)
  }
}

function faultOf(error: unknown): PathFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ELOOP' || code === 'EMLINK') return 'link'
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'not-a-file'
}

function faultIn(stat: Stats, maxBytes: number, owners: Owners | null): PathFault | null {
  if (!stat.isFile()) return 'not-a-file'
  if (stat.nlink !== 1) return 'link'
  if (stat.size > maxBytes) return 'too-large'
  if (owners === null || platform() === 'win32') return null
  const allowed = [userInfo().uid, owners.owner, fileOwner(owners.folder)]
  return allowed.includes(stat.uid) ? null : 'owner'
}

function fileOwner(folder: string): number {
  const handle = openSync(folder, constants.O_RDONLY)
  try {
    return fstatSync(handle).uid
  } finally {
    closeSync(handle)
  }
}
