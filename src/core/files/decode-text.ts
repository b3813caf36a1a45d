import { isUtf8 } from 'node:buffer'
import { fromWindows1252 } from '../model/windows-1252.ts'

/** The text of bytes from an editor or a spreadsheet: UTF-8, UTF-16 with its mark, else Windows-1252. The mark is taken off. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes)
  const { buffer, byteOffset, byteLength } = bytes
  return fromWindows1252(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'))
}
