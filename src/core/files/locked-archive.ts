import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js'
import { CfdiMailError } from '../model/errors.ts'
import type { ArchiveFile } from './archive.ts'
import { sha256Of } from './spool.ts'

/**
 * A ZIP of the files that opens with the password only: AES-256 as WinZip writes it (AE-2), which 7-Zip, WinRAR and macOS tools
 * read; the Explorer of Windows and `unzip` do not. Names of files are not hidden.
 * @param date time stamp of the entries
 * @throws BAD_ARCHIVE when what was written does not read back as what went in
 */
export async function lockFiles(
  files: readonly ArchiveFile[],
  { date, password }: { readonly date: Date; readonly password: string },
): Promise<Buffer> {
  const options = { password, encryptionStrength: 3, lastModDate: date, useWebWorkers: false } as const
  const writer = new ZipWriter(new Uint8ArrayWriter(), options)
  for (const { name, content } of files) await writer.add(name, new Uint8ArrayReader(content))
  const bytes = Buffer.from(await writer.close())
  const found = await unlockedContents(bytes, password)
  const isSame =
    files.length === found.size && files.every(({ name, content }) => found.get(name) === sha256Of(content))
  if (!isSame) throw new CfdiMailError('BAD_ARCHIVE', { detail: '' })
  return bytes
}

/** SHA-256 of each entry by name, opened with the password. */
async function unlockedContents(bytes: Buffer, password: string): Promise<Map<string, string>> {
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { password, useWebWorkers: false })
  const contents = new Map<string, string>()
  for (const entry of await reader.getEntries()) {
    if (entry.directory || !entry.encrypted) continue
    contents.set(entry.filename, sha256Of(Buffer.from(await entry.getData(new Uint8ArrayWriter()))))
  }
  await reader.close()
  return contents
}
