import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { ZipArchive } from 'archiver'
import { fromBufferPromise, type ZipFile } from 'yauzl'
import { CfdiMailError } from '../model/errors.ts'
import { sha256Of } from './spool.ts'

/** One file of an archive. `name` is a plain file name, unique in any case of letters. */
export interface ArchiveFile {
  readonly name: string
  readonly content: Buffer
}

/** What went into an archive: SHA-256 by name, and what the library had to say. */
export interface Contents {
  readonly sums: Map<string, string>
  /** The library only warns of a file that it leaves out. */
  readonly warnings: string[]
}

/**
 * A ZIP of the files. XML is deflated; a PDF is compressed inside already and is stored as it is.
 * @param date time stamp of the entries, so that the same files at the same time give the same archive
 * @throws BAD_ARCHIVE when what was written does not read back as what went in
 */
export async function zipFiles(files: readonly ArchiveFile[], date: Date): Promise<Buffer> {
  const archive = new ZipArchive({ zlib: { level: 6 } })
  const contents: Contents = { sums: new Map(), warnings: [] }
  archive.on('warning', (error) => contents.warnings.push(error.message))
  const whole = bytesOf(archive)
  for (const file of files) addEntry(archive, { file, date, contents })
  await archive.finalize()
  const bytes = await whole
  await checkContents(await fromBufferPromise(bytes), contents)
  return bytes
}

/**
 * Puts one file into an archive, and its sum into what is expected of it.
 * @throws BAD_ARCHIVE for a name that is there already
 */
export function addEntry(
  archive: ZipArchive,
  { file, date, contents }: { readonly file: ArchiveFile; readonly date: Date; readonly contents: Contents },
): void {
  const { name, content } = file
  if (contents.sums.has(name)) throw new CfdiMailError('BAD_ARCHIVE', { detail: name })
  contents.sums.set(name, sha256Of(content))
  archive.append(content, { name, date, store: name.endsWith('.pdf') })
}

/**
 * Reads an archive again and compares it with what went in; closes it.
 * @throws BAD_ARCHIVE
 */
export async function checkContents(zip: ZipFile, { sums, warnings }: Contents): Promise<void> {
  const found = await contentsOf(zip)
  const isSame = sums.size === found.size && [...sums].every(([name, sum]) => found.get(name) === sum)
  if (warnings.length > 0 || !isSame) throw new CfdiMailError('BAD_ARCHIVE', { detail: warnings.join('; ') })
}

/** SHA-256 of each entry by name; an entry whose CRC is not that of its bytes has none. The reader checks the sizes. */
async function contentsOf(
  zip: ZipFile,
  digest: (content: Buffer) => string = sha256Of,
): Promise<Map<string, string>> {
  const contents = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    // Behind a password, which nobody keeps.
    if (entry.isEncrypted()) continue
    const stream = await zip.openReadStreamPromise(entry)
    const bytes = await bytesOf(stream)
    contents.set(entry.fileName, crc32(bytes) === entry.crc32 ? digest(bytes) : '')
  }
  return contents
}

/** The same of an archive in memory, with a digest of the caller's. */
export async function contentsOfBytes(
  bytes: Buffer,
  digest: (content: Buffer) => string = sha256Of,
): Promise<Map<string, string>> {
  return contentsOf(await fromBufferPromise(bytes), digest)
}

/** All that a stream gives. Node's own collector goes by way of a Blob, which copies each piece once more. */
async function bytesOf(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece as Buffer)
  const [only] = pieces
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces)
}
