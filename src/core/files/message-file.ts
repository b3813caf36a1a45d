import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeFolder } from './folders.ts'
import { fileError } from './named-file.ts'

export interface MessageBytes {
  readonly chunks: readonly Buffer[]
  readonly ending: 'eml' | 'pdf'
}

/**
 * Writes a message as a file that any mail program opens; of WhatsApp, its PDF.
 * @returns the file's absolute path
 * @throws CANNOT_WRITE when a file is in the folder's place, NO_ACCESS, DISK_FULL
 */
export function writeMessageFile(folder: string, name: string, { chunks, ending }: MessageBytes): string {
  const path = resolve(join(folder, `${name.replace(/[^A-Za-z0-9_-]/g, '_')}.${ending}`))
  makeFolder(folder)
  try {
    writeFileSync(path, Buffer.concat(chunks), { mode: 0o600 })
  } catch (error) {
    throw fileError(path, error, 'CANNOT_WRITE')
  }
  return path
}
