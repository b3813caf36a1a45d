const [CR, LF, DOT] = [0x0d, 0x0a, 0x2e]
const ONE_DOT = Buffer.from('.')
const NONE: ReadonlySet<Buffer> = new Set()

/**
 * A message as it goes over the wire before its final dot: a dot that begins a line is doubled (RFC 5321 § 4.5.2), every line
 * ends with CR LF, the last one too. A lone CR or LF becomes a line end: one server would take it for the end of the message,
 * and the next would not.
 * @param encoded those of the chunks that are base64 in whole lines, where all that is so already
 */
export function dotStuffed(
  chunks: readonly Buffer[],
  encoded: ReadonlySet<Buffer> = NONE,
): readonly Buffer[] {
  return stuffed(chunks, encoded) ?? stuffed([mended(chunks)], NONE) ?? []
}

/** Null when a line does not end with CR LF, or chunks meet within one that does. */
function stuffed(chunks: readonly Buffer[], encoded: ReadonlySet<Buffer>): Buffer[] | null {
  const pieces: Buffer[] = []
  let before = LF
  for (const chunk of chunks) {
    const last = chunk[chunk.length - 1]
    if (last === undefined) continue
    if (encoded.has(chunk)) pieces.push(chunk)
    else if (last === CR || !pushStuffed(chunk, before, pieces)) return null
    before = last
  }
  return before === LF ? pieces : null
}

function mended(chunks: readonly Buffer[]): Buffer {
  const text = Buffer.concat(chunks)
    .toString('latin1')
    .replace(/\r\n|\r|\n/g, '\r\n')
  return Buffer.from(text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1')
}

/**
 * Appends a chunk's pieces.
 * @param before the last byte of the chunk before; LF at the beginning
 * @returns whether every line end in it is whole
 */
function pushStuffed(chunk: Buffer, before: number, pieces: Buffer[]): boolean {
  if (chunk[0] === DOT && before === LF) pieces.push(ONE_DOT)
  let from = 0
  let lines = 0
  for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) {
    if (chunk[at - 1] !== CR) return false
    lines++
    if (chunk[at + 1] !== DOT) continue
    pieces.push(chunk.subarray(from, at + 1), ONE_DOT)
    from = at + 1
  }
  pieces.push(chunk.subarray(from))
  return countOf(chunk, CR) === lines
}

function countOf(chunk: Buffer, byte: number): number {
  let count = 0
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) count++
  return count
}
