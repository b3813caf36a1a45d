import { buffer } from 'node:stream/consumers'
import { ZipArchive } from 'archiver'
import { fromBufferPromise } from 'yauzl'
import { CfdiMailError } from '../model/errors.ts'
import { sha256Of } from './spool.ts'

/** One file of an archive. `name` is a plain file name, unique in any case of letters. */
export interface ArchiveFile {
  readonly name: string
  readonly content: Buffer
}

/**
 * A ZIP of the files. XML is deflated; a PDF is compressed inside already and is stored as it is.
 * @param date time stamp of the entries, so that the same files at the same time give the same archive
 * @throws BAD_ARCHIVE when what was written does not read back as what went in
 */
export async function zipFiles(files: readonly ArchiveFile[], date: Date): Promise<Buffer> {
  const archive = new ZipArchive({ zlib: { level: 6 } })
  const warnings: string[] = []
  // The library only warns of a file that it leaves out.
  archive.on('warning', (error) => warnings.push(error.message))
  const whole = buffer(archive)
  for (const { name, content } of files) archive.append(content, { name, date, store: name.endsWith('.pdf') })
  await archive.finalize()
  const bytes = await whole
  const found = await contentsOf(bytes)
  const isSame =
    files.length === found.size && files.every((file) => found.get(file.name) === sha256Of(file.content))
  if (warnings.length > 0 || !isSame) throw new CfdiMailError('BAD_ARCHIVE', { detail: warnings.join('; ') })
  return bytes
}

/** SHA-256 of each entry by name, read back from the archive's own bytes; the reader checks sizes and CRC. */
export async function contentsOf(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await fromBufferPromise(bytes)
  const contents = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const stream = await zip.openReadStreamPromise(entry)
    contents.set(entry.fileName, sha256Of(await buffer(stream)))
  }
  return contents
}
