import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import type { HeadReading, UnusableReason } from '../model/cfdi.ts'
import { readHead } from './read-head.ts'

export type FileReading = { readonly ok: true; readonly bytes: Buffer } | Refused

/** Windows has no such flag. */
const NO_FOLLOW = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0

interface Refused {
  readonly ok: false
  readonly reason: Extract<UnusableReason, 'unreadable' | 'empty' | 'too-large'>
  readonly detail: string
}

/**
 * Reads one regular file whole. Opened without blocking, because a plain open of a FIFO waits for ever, and without following
 * a link, because a link in a folder that others write to can name any file of this machine.
 * @param maxBytes larger ones are refused before they are read
 */
export function readWhole(path: string, maxBytes: number): FileReading {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | NO_FOLLOW)
  } catch (error) {
    return { ok: false, reason: 'unreadable', detail: errorCode(error) }
  }
  try {
    return readOpen(file, maxBytes)
  } catch (error) {
    return { ok: false, reason: 'unreadable', detail: errorCode(error) }
  } finally {
    closeSync(file)
  }
}

/** Reads a document's head from its file. Never throws for what is in it. */
export function readCfdiFile(path: string, maxBytes: number): HeadReading {
  const file = readWhole(path, maxBytes)
  return file.ok ? readHead(file.bytes) : { ...file, head: null }
}

function readOpen(file: number, maxBytes: number): FileReading {
  const stat = fstatSync(file)
  if (!stat.isFile()) return { ok: false, reason: 'unreadable', detail: 'not a regular file' }
  if (stat.size === 0) return { ok: false, reason: 'empty', detail: '' }
  if (stat.size > maxBytes)
    return { ok: false, reason: 'too-large', detail: `${stat.size} > ${maxBytes} bytes` }
  const bytes = Buffer.allocUnsafe(stat.size)
  let filled = 0
  while (filled < bytes.length) {
    const read = readSync(file, bytes, filled, bytes.length - filled, filled)
    if (read === 0) return { ok: false, reason: 'unreadable', detail: 'shortened while it was read' }
    filled += read
  }
  return { ok: true, bytes }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
