import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import type { HeadReading, UnusableReason } from '../model/cfdi.ts'
import { type FileState, fileState, stateOf } from './file-state.ts'
import { readHead } from './read-head.ts'

export type FileReading = { readonly ok: true; readonly bytes: Buffer } | Refused

/** Windows has no such flag. */
const NO_FOLLOW = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0

interface Refused {
  readonly ok: false
  readonly reason: Extract<UnusableReason, 'unreadable' | 'empty' | 'too-large'>
  readonly detail: string
}

/** A document's head, and the state its file was in before it was read. */
export interface CfdiFile extends FileState {
  readonly reading: HeadReading
}

/** Holds nearly every document while its head is read; nothing that outlives the reading may keep it. */
const usualBytes = Buffer.allocUnsafeSlow(256 * 1024)

/**
 * Reads one regular file whole. Opened without blocking, because a plain open of a FIFO waits for ever, and without following
 * a link, because a link in a folder that others write to can name any file of this machine.
 * @param maxBytes larger ones are refused before they are read
 */
export function readWhole(path: string, maxBytes: number): FileReading {
  return withFile(path, (file) => readOpen(file, fstatSync(file), { maxBytes, into: null }))
}

/** Reads a document's head from its file. Never throws for what is in it. */
export function readCfdiFile(path: string, maxBytes: number): CfdiFile {
  const read = withFile(path, (file): CfdiFile => {
    const stat = fstatSync(file)
    const whole = readOpen(file, stat, { maxBytes, into: usualBytes })
    return cfdiFile(stateOf(stat), whole.ok ? readHead(whole.bytes) : { ...whole, head: null })
  })
  return 'reading' in read ? read : cfdiFile(fileState(path), { ...read, head: null })
}

function cfdiFile({ size, mtimeUs, ctimeUs }: FileState, reading: HeadReading): CfdiFile {
  return { size, mtimeUs, ctimeUs, reading }
}

function withFile<T>(path: string, read: (file: number) => T): T | Refused {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | NO_FOLLOW)
  } catch (error) {
    return unreadable(errorCode(error))
  }
  try {
    return read(file)
  } catch (error) {
    return unreadable(errorCode(error))
  } finally {
    closeSync(file)
  }
}

interface Room {
  readonly maxBytes: number
  /** Memory to read into, where that is large enough; null for memory of its own. */
  readonly into: Buffer | null
}

function readOpen(file: number, stat: Stats, { maxBytes, into }: Room): FileReading {
  const { size } = stat
  if (!stat.isFile()) return unreadable('not a regular file')
  if (size === 0) return { ok: false, reason: 'empty', detail: '' }
  if (size > maxBytes) return { ok: false, reason: 'too-large', detail: `${size} > ${maxBytes} bytes` }
  const bytes = into !== null && size <= into.length ? into.subarray(0, size) : Buffer.allocUnsafe(size)
  let filled = 0
  while (filled < size) {
    const read = readSync(file, bytes, filled, size - filled, filled)
    if (read === 0) return unreadable('shortened while it was read')
    filled += read
  }
  return { ok: true, bytes }
}

function unreadable(detail: string): Refused {
  return { ok: false, reason: 'unreadable', detail }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
