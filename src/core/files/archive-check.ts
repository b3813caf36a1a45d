import { crc32 } from 'node:zlib'
import type { ZipFile } from 'yauzl'
import { CfdiMailError } from '../model/errors.ts'
import { sha256Of } from './spool.ts'

/** What went into an archive: SHA-256 by name, and what the library had to say. */
export interface Contents {
  readonly sums: Map<string, string>
  /** The library only warns of a file that it leaves out. */
  readonly warnings: string[]
}

/**
 * Reads an archive on the disk again, entry by entry, and compares it with what went in; closes it.
 * @throws BAD_ARCHIVE
 */
export async function checkContents(zip: ZipFile, { sums, warnings }: Contents): Promise<void> {
  const found = await contentsOf(zip)
  const isSame = sums.size === found.size && [...sums].every(([name, sum]) => found.get(name) === sum)
  if (warnings.length > 0 || !isSame) throw new CfdiMailError('BAD_ARCHIVE', { detail: warnings.join('; ') })
}

/** SHA-256 of each entry by name; an entry whose CRC is not that of its bytes has none. The reader checks the sizes. */
async function contentsOf(zip: ZipFile): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    // Node's own collector goes by way of a Blob, which copies each piece once more.
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
    const bytes = Buffer.concat(pieces)
    contents.set(entry.fileName, crc32(bytes) === entry.crc32 ? sha256Of(bytes) : '')
  }
  return contents
}
