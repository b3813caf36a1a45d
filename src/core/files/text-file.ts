import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { decodeText } from './decode-text.ts'
import { fileError, readNamedFile } from './named-file.ts'

/**
 * The text of a file that a person named: UTF-8, or Windows-1252 as old editors save it. A byte order mark is taken off.
 * @throws FILE_NOT_FOUND, NO_ACCESS
 */
export function readTextFile(path: string): string {
  return decodeText(readNamedFile(path))
}

/**
 * Writes a text, replacing what was there.
 * @returns the file's absolute path
 * @throws CANNOT_WRITE when the folder is not there, NO_ACCESS, DISK_FULL
 */
export function writeTextFile(path: string, text: string): string {
  return writeBytesFile(path, Buffer.from(text))
}

/** The same for bytes as they are. */
export function writeBytesFile(path: string, bytes: Buffer): string {
  const file = resolve(path)
  try {
    writeFileSync(file, bytes, { mode: 0o600 })
  } catch (error) {
    throw fileError(path, error, 'CANNOT_WRITE')
  }
  return file
}
