import { createHash } from 'node:crypto'
import type { SealedMessage } from '../model/send-order.ts'

/** RFC 2045 § 6.8: at most 76 characters a line. */
const LINE = 76
/** Bytes that fill one line. */
const LINE_BYTES = 57

/** What a sealed message keeps of its bytes: all but the attachments' content. */
export type MessageFrame = Pick<SealedMessage, 'head' | 'partHeaders' | 'tail'>

/** Gives so many bytes to put a message into. */
export type Room = (bytes: number) => Buffer

/** A message as it goes over the wire. */
export interface AssembledMessage {
  readonly whole: Buffer
  /** The parts of it, one after another: head, then for each attachment its part header and its content in base64, then the tail. */
  readonly chunks: readonly Buffer[]
  /** Those of the chunks that are base64: whole lines, none of which begins with a dot. */
  readonly encoded: ReadonlySet<Buffer>
}

/**
 * Puts a message together. The same frame and contents give the same bytes for ever (docs/adr/0004-message-bytes.md). They lie in one
 * piece: hashed by one call, and handed to the operating system by one.
 * @param contents the attachments' bytes, in the order of `partHeaders`
 * @param room left out for bytes of its own
 */
export function assembleMessage(
  frame: MessageFrame,
  contents: readonly Buffer[],
  room: Room = (bytes) => Buffer.allocUnsafe(bytes),
): AssembledMessage {
  if (contents.length !== frame.partHeaders.length) {
    throw new RangeError(`${contents.length} contents for ${frame.partHeaders.length} parts`)
  }
  const whole = room(assembledLength(frame, contents))
  const chunks: Buffer[] = []
  const encoded = new Set<Buffer>()
  let end = 0
  const add = (length: number) => {
    const chunk = whole.subarray(end, (end += length))
    chunks.push(chunk)
    return chunk
  }
  add(frame.head.length).write(frame.head, 'latin1')
  for (const [i, content] of contents.entries()) {
    const header = frame.partHeaders[i] ?? ''
    add(header.length).write(header, 'latin1')
    const lines = add(encodedLength(content.length))
    encode(content, lines)
    encoded.add(lines)
  }
  if (frame.tail !== '') add(frame.tail.length).write(frame.tail, 'latin1')
  return { whole, chunks, encoded }
}

function assembledLength({ head, partHeaders, tail }: MessageFrame, contents: readonly Buffer[]): number {
  let length = head.length + tail.length
  for (const header of partHeaders) length += header.length
  for (const content of contents) length += encodedLength(content.length)
  return length
}

/** SHA-256 (lower-case hex) and length of the message that a frame and contents make, which is not kept. */
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

/** Writes a content as it stands in the message. */
function encode(content: Buffer, target: Buffer): void {
  for (let from = 0, to = 0; from === 0 || from < content.length; from += PIECE_BYTES)
    to += base64Lines(content.subarray(from, from + PIECE_BYTES), target.subarray(to)).length
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
  const view = new DataView(lines.buffer, lines.byteOffset, lines.length)
  let from = Math.max(0, Math.ceil(length / LINE) - 1) * LINE
  let to = from + (from / LINE) * 2
  lines.copyWithin(to, from, length)
  view.setUint16(lines.length - 2, CRLF)
  while (from > 0) {
    from -= LINE
    to -= LINE + 2
    view.setUint16(to + LINE, CRLF)
    moveLine(view, from, to)
  }
  return lines
}

/**
 * Eight bytes at a time, the last ones first, as the line moves a little behind itself: half of what `copyWithin` takes to be
 * called. No eight letters of base64 are a NaN, whose bits an engine may change.
 */
function moveLine(view: DataView, from: number, to: number): void {
  for (let at = LINE - 8; at > 0; at -= 8) view.setFloat64(to + at, view.getFloat64(from + at))
  view.setInt32(to, view.getInt32(from))
}

const CRLF = 0x0d0a
