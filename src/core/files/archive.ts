import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { fromBufferPromise } from 'yauzl'
import { CfdiMailError } from '../model/errors.ts'
import { sha256Of } from './spool.ts'
import { DEFLATED, MOST_BYTES, MOST_ENTRIES, STORED, type ZipEntry, zipPieces } from './zip-layout.ts'

/** One file of an archive. `name` is a plain file name, unique in any case of letters. */
export interface ArchiveFile {
  readonly name: string
  readonly content: Buffer
}

/** An archive in memory, and its SHA-256, hex. */
export interface Archive {
  readonly content: Buffer
  readonly sha256: string
}

/**
 * A ZIP of the files, all in memory. XML is deflated; a PDF is compressed inside already and is stored as it is
 * (docs/adr/0036-attachments-zipped-in-memory.md).
 * @param date time stamp of the entries, so that the same files at the same time give the same archive
 * @throws BAD_ARCHIVE for a name that is there twice, and when what was written does not read back as what went in
 */
export async function zipFiles(files: readonly ArchiveFile[], date: Date): Promise<Buffer> {
  const contents = new Map<string, Buffer>()
  let size = 0
  for (const { name, content } of files) {
    if (contents.has(name)) throw new CfdiMailError('BAD_ARCHIVE', { detail: name })
    contents.set(name, content)
    size += content.length
  }
  if (files.length > MOST_ENTRIES || size > MOST_BYTES)
    throw new CfdiMailError('BAD_ARCHIVE', { detail: `${files.length} files, ${size} bytes` })
  const bytes = Buffer.concat(zipPieces(files.map(entryOf), date))
  await checkEntries(bytes, contents)
  return bytes
}

function entryOf({ name, content }: ArchiveFile): ZipEntry {
  const common = { name, crc: crc32(content), size: content.length }
  const deflated = name.endsWith('.pdf') ? content : deflateRawSync(content, { level: 6 })
  return deflated.length < content.length
    ? { ...common, method: DEFLATED, data: deflated }
    : { ...common, method: STORED, data: content }
}

/** Opens the archive as whoever gets it will, and compares each byte with what went in. @throws BAD_ARCHIVE */
async function checkEntries(bytes: Buffer, contents: ReadonlyMap<string, Buffer>): Promise<void> {
  let same = 0
  for await (const { name, content } of entriesOf(bytes)) {
    if (content === null || contents.get(name)?.equals(content) !== true)
      throw new CfdiMailError('BAD_ARCHIVE', { detail: name })
    same++
  }
  if (same !== contents.size) throw new CfdiMailError('BAD_ARCHIVE', { detail: '' })
}

/**
 * A digest of each entry by name; an entry whose CRC is not that of its bytes has none.
 * @param digest SHA-256 where none is given
 */
export async function contentsOfBytes(
  bytes: Buffer,
  digest: (content: Buffer) => string = sha256Of,
): Promise<Map<string, string>> {
  const contents = new Map<string, string>()
  for await (const { name, content } of entriesOf(bytes))
    contents.set(name, content === null ? '' : digest(content))
  return contents
}

/**
 * The entries of an archive in memory, unpacked one after another; null for one whose size or CRC is not what the archive says.
 * The library finds them. Its streams would take several times what unpacking takes, so that is done in one call here.
 */
async function* entriesOf(
  bytes: Buffer,
): AsyncGenerator<{ readonly name: string; readonly content: Buffer | null }> {
  const zip = await fromBufferPromise(bytes)
  for await (const entry of zip.eachEntry()) {
    // Behind a password, which nobody keeps.
    if (entry.isEncrypted()) continue
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
    const data = bytes.subarray(fileDataStart, fileDataStart + entry.compressedSize)
    const content = entry.compressionMethod === STORED ? data : inflated(data, entry.uncompressedSize)
    const isWhole = content.length === entry.uncompressedSize && crc32(content) === entry.crc32
    yield { name: entry.fileName, content: isWhole ? content : null }
  }
}

/** @param size what the archive says; more would not be what it says */
function inflated(data: Buffer, size: number): Buffer {
  return inflateRawSync(data, { maxOutputLength: Math.max(1, size) })
}
