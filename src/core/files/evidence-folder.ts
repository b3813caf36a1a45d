import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sha256Of } from './spool.ts'
import { makeFolders } from './make-folders.ts'
import { fileError } from './named-file.ts'

/** A file that was written, by its name inside the folder (with `/`). */
export interface WrittenFile {
  readonly name: string
  readonly sha256: string
}

/**
 * Writes one file below the folder; one that is there already is not touched.
 * @throws NO_ACCESS, DISK_FULL
 */
export function writeNewFile(folder: string, name: string, content: Buffer | string): WrittenFile {
  const path = join(folder, name)
  const bytes = Buffer.from(content)
  try {
    makeFolders(dirname(path), 0o700)
    writeFileSync(path, bytes, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw fileError(path, error, 'CANNOT_WRITE')
  }
  return { name, sha256: sha256Of(bytes) }
}

/** Lines as `sha256sum -c` reads them. */
export function sumsText(files: readonly WrittenFile[]): string {
  return files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')
}
