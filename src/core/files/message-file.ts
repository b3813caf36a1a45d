import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface MessageBytes {
  readonly chunks: readonly Buffer[]
  readonly ending: 'eml' | 'pdf'
}

/**
 * Writes a message as a file that any mail program opens; of WhatsApp, its PDF.
 * @returns the file's absolute path
 */
export function writeMessageFile(folder: string, name: string, { chunks, ending }: MessageBytes): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = resolve(join(folder, `${name.replace(/[^A-Za-z0-9_-]/g, '_')}.${ending}`))
  writeFileSync(path, Buffer.concat(chunks), { mode: 0o600 })
  return path
}
