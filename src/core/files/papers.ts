import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { extname } from 'node:path'

/** Where a PDF's end mark has to be: in its last kilobyte (ISO 32000-1, implementation note 18). */
const TAIL_BYTES = 1024

/** Kinds of extra papers that mail servers let through. Programs, scripts and archives of programs are refused by most. */
const MAILABLE = ['.pdf', '.xml', '.txt', '.csv', '.jpg', '.jpeg', '.png', '.xlsx', '.docx']

/** Whether the bytes are a PDF that is complete: begins with `%PDF-` and ends with `%%EOF`. A half-written one has no end. */
export function isWholePdf(bytes: Buffer): boolean {
  return (
    bytes.subarray(0, TAIL_BYTES).includes('%PDF-') &&
    bytes.subarray(Math.max(0, bytes.length - TAIL_BYTES)).includes('%%EOF')
  )
}

/** Whether an extra paper is of a kind that arrives. */
export function isMailable(path: string): boolean {
  return MAILABLE.includes(extname(path).toLowerCase())
}

/** The same asked of a file, of which only both ends are read; one that cannot be read is none. */
export function pdfLooksWhole(path: string): boolean {
  try {
    const file = openSync(path, 'r')
    try {
      const { size } = fstatSync(file)
      const ends = Buffer.alloc(2 * TAIL_BYTES)
      const head = readSync(file, ends, 0, TAIL_BYTES, 0)
      const tail = readSync(file, ends, head, TAIL_BYTES, Math.max(0, size - TAIL_BYTES))
      return isWholePdf(ends.subarray(0, head + tail))
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * A copy of a UTF-8 document that begins with a byte order mark. The mark is no part of the text, so the seal stays valid.
 * @returns the same bytes when they have one, or are in another encoding, where the mark would be wrong
 */
export function withByteOrderMark(xml: Buffer): Buffer {
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']/.exec(
    xml.subarray(0, 200).toString('latin1'),
  )?.[1]
  const isUtf8 = xml[0] === 0x3c && (declared === undefined || /^utf-?8$/i.test(declared))
  return isUtf8 ? Buffer.concat([BOM, xml]) : xml
}
