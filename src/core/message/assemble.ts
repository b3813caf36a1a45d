import { createHash } from 'node:crypto'
import type { SealedMessage } from '../model/send-order.ts'

/** RFC 2045 § 6.8: at most 76 characters a line. */
const LINE = 76
/** Bytes that fill one line. */
const LINE_BYTES = 57

/** What a sealed message keeps of its bytes: all but the attachments' content. */
export type MessageFrame = Pick<SealedMessage, 'head' | 'partHeaders' | 'tail'>

/**
 * The message as it goes over the wire, in pieces: head, then for each attachment its part header and its content in base64,
 * then the tail. The same frame and contents give the same bytes for ever (docs/adr/0004-message-bytes.md).
 * @param contents the attachments' bytes, in the order of `partHeaders`
 */
export function assembleMessage(frame: MessageFrame, contents: readonly Buffer[]): Buffer[] {
  if (contents.length !== frame.partHeaders.length) {
    throw new RangeError(`${contents.length} contents for ${frame.partHeaders.length} parts`)
  }
  const chunks: Buffer[] = [Buffer.from(frame.head, 'latin1')]
  contents.forEach((content, i) => {
    chunks.push(Buffer.from(frame.partHeaders[i] ?? '', 'latin1'), wholeBase64(content))
  })
  if (frame.tail !== '') chunks.push(Buffer.from(frame.tail, 'latin1'))
  return chunks
}

/** Those pieces of an assembled message that are base64: whole lines, none of which begins with a dot. */
export function encodedPieces(frame: MessageFrame, chunks: readonly Buffer[]): ReadonlySet<Buffer> {
  return new Set(frame.partHeaders.flatMap((_, i) => chunks[2 * i + 2] ?? []))
}

/** SHA-256 (lower-case hex) and length of an assembled message. */
export function messageDigest(chunks: readonly Buffer[]): {
  readonly sha256: string
  readonly bytes: number
} {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return { sha256: hash.digest('hex'), bytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0) }
}

/** The same of the message that a frame and contents make, which is not kept. */
export function frameDigest(
  frame: MessageFrame,
  contents: readonly Buffer[],
): { readonly sha256: string; readonly bytes: number } {
  const hash = createHash('sha256')
  let bytes = 0
  const add = (piece: string | Buffer) => {
    hash.update(piece as string, 'latin1')
    bytes += piece.length
  }
  add(frame.head)
  contents.forEach((content, i) => {
    add(frame.partHeaders[i] ?? '')
    for (let from = 0; from === 0 || from < content.length; from += PIECE_BYTES)
      add(base64Lines(content.subarray(from, from + PIECE_BYTES), scratch))
  })
  add(frame.tail)
  return { sha256: hash.digest('hex'), bytes }
}

/** Whole lines, so that pieces one after another are what the whole would be; small, so that V8 lets go of them soon. */
const PIECE_BYTES = 512 * LINE_BYTES

/** For what is only hashed: a buffer for each attachment would wait for the collector. */
const scratch = Buffer.allocUnsafeSlow(encodedLength(PIECE_BYTES))

/** Bytes that a content takes in the message: base64 with a line end every 76 characters. */
export function encodedLength(bytes: number): number {
  return Math.ceil(bytes / 3) * 4 + 2 * Math.max(1, Math.ceil(bytes / LINE_BYTES))
}

/** A content as it stands in the message. */
function wholeBase64(content: Buffer): Buffer {
  const target = Buffer.allocUnsafe(encodedLength(content.length))
  for (let from = 0, to = 0; from === 0 || from < content.length; from += PIECE_BYTES)
    to += base64Lines(content.subarray(from, from + PIECE_BYTES), target.subarray(to)).length
  return target
}

/**
 * Base64 in lines of 76 that each end in CRLF. An empty content is one empty line, so that its part header stays closed.
 * Written as one line and moved apart from its end: as fast as joining lines, and without a thousand small texts to collect.
 * @param target at least as many bytes as `encodedLength` says
 * @returns those bytes of it
 */
function base64Lines(content: Buffer, target: Buffer): Buffer {
  const length = target.write(content.toString('base64'), 'latin1')
  const lines = target.subarray(0, encodedLength(content.length))
  let to = lines.length
  for (let from = Math.max(0, Math.ceil(length / LINE) - 1) * LINE; from >= 0; from -= LINE) {
    const end = Math.min(length, from + LINE)
    lines[--to] = LF
    lines[--to] = CR
    to -= end - from
    lines.copyWithin(to, from, end)
  }
  return lines
}

const CR = 13
const LF = 10
