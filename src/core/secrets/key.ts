import { createHash, randomBytes } from 'node:crypto'
import * as fs from 'node:fs'
import { platform } from 'node:os'
import { dirname, join } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The key that seals passwords. */
export interface Key {
  readonly bytes: Buffer
  /** First eight hex digits of its SHA-256: says which key, and nothing about it. */
  readonly id: string
}

/** Where the key is: CFDI_MAIL_KEY itself (base64), the file of CFDI_MAIL_KEY_FILE, or the user's configuration folder. */
export interface KeyPlace {
  readonly inline: string | undefined
  readonly file: string
}

const KEY_BYTES = 32

export function keyPlace(env: Environment, home: string): KeyPlace {
  const named = (name: string) => (env[name] === '' ? undefined : env[name])
  const config = named('XDG_CONFIG_HOME') ?? join(home, '.config')
  return {
    inline: named('CFDI_MAIL_KEY'),
    file: named('CFDI_MAIL_KEY_FILE') ?? join(config, 'cfdi-mail', 'key'),
  }
}

/**
 * The key, or null when there is none yet.
 * @throws KEY_UNSAFE when the file is a link or others may read it; BAD_KEY when it holds no key
 */
export function readKey(place: KeyPlace): Key | null {
  if (place.inline !== undefined) return toKey(place.inline, 'CFDI_MAIL_KEY')
  const text = readPrivate(place.file)
  return text === null ? null : toKey(text, place.file)
}

/** The key; made on first use, in a folder and a file that only the user can read. */
export function ensureKey(place: KeyPlace): Key {
  const known = readKey(place)
  if (known !== null) return known
  const folder = dirname(place.file)
  const draft = `${place.file}.${randomBytes(6).toString('hex')}`
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeDurably(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
    linkOnce(draft, place.file)
  } catch (error) {
    throw new CfdiMailError('NO_ACCESS', { file: place.file }, { cause: error })
  } finally {
    fs.rmSync(draft, { force: true })
  }
  const key = readKey(place)
  if (key === null) throw new CfdiMailError('NO_ACCESS', { file: place.file })
  return key
}

/** Where a key that was in use before is kept. */
export function retiredFile(place: KeyPlace, id: string): string {
  return `${place.file}.${id}`
}

/** The key of that id that was in use before, or null when it is not kept. */
export function readRetiredKey(place: KeyPlace, id: string): Key | null {
  const file = retiredFile(place, id)
  const text = readPrivate(file)
  const key = text === null ? null : toKey(text, file)
  return key?.id === id ? key : null
}

/** A key of 32 random bytes, not written anywhere. */
export function makeKey(): Key {
  return toKey(randomBytes(KEY_BYTES).toString('base64'), '')
}

/** Writes a key to a file of its own, for its owner alone, down to the disk; one that is there already stays. */
export function keepKey(key: Key, file: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeDurably(draft, `${key.bytes.toString('base64')}\n`)
    linkOnce(draft, file)
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

/** Puts a key in the place of the present one, in one step, down to the disk. */
export function replaceKey(key: Key, file: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeDurably(draft, `${key.bytes.toString('base64')}\n`)
    fs.renameSync(draft, file)
    syncFolder(dirname(file))
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

/** A name is safe only when its folder is; Windows cannot open one and needs no such thing. */
function syncFolder(folder: string): void {
  if (platform() === 'win32') return
  const handle = fs.openSync(folder, 'r')
  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** Follows no link and judges the very file it reads. */
function readPrivate(file: string): string | null {
  let handle: number
  try {
    handle = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT') return null
    throw new CfdiMailError(code === 'ELOOP' ? 'KEY_UNSAFE' : 'NO_ACCESS', { file }, { cause: error })
  }
  try {
    const facts = fs.fstatSync(handle)
    // Windows has no such bits; the profile's folder is private there.
    const wide = platform() !== 'win32' && (facts.mode & 0o077) !== 0
    if (!facts.isFile() || wide) throw new CfdiMailError('KEY_UNSAFE', { file })
    return fs.readFileSync(handle, 'utf8')
  } finally {
    fs.closeSync(handle)
  }
}

function writeDurably(file: string, text: string): void {
  const handle = fs.openSync(file, 'wx', 0o600)
  try {
    fs.writeFileSync(handle, text)
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

/** Two processes may make the first key at once: the second takes the first one's. */
function linkOnce(draft: string, file: string): void {
  try {
    fs.linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function toKey(text: string, file: string): Key {
  const bytes = Buffer.from(text.trim(), 'base64')
  if (bytes.length !== KEY_BYTES) throw new CfdiMailError('BAD_KEY', { file })
  return { bytes, id: createHash('sha256').update(bytes).digest('hex').slice(0, 8) }
}
