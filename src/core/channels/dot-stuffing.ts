const [CR, LF, DOT] = [0x0d, 0x0a, 0x2e]
const ONE_DOT = Buffer.from('.')

/** The end of a message's last line, which is left to the library: it puts the final dot right behind it. */
export const LAST_LINE_END = Buffer.from('\r\n')

/**
 * A message as it goes over the wire, without its last line end: a dot that begins a line is doubled (RFC 5321 § 4.5.2).
 * @returns null when a line does not end with CR LF, or chunks meet within one that does: a lone CR or LF could be taken for
 *   the end of the message by one server and not by the next, and is the library's to mend
 */
export function dotStuffed(chunks: readonly Buffer[]): readonly Buffer[] | null {
  const pieces: Buffer[] = []
  let before = LF
  for (const chunk of chunks) {
    const last = chunk.at(-1)
    if (last === undefined) continue
    if (last === CR || !pushStuffed(chunk, before, pieces)) return null
    before = last
  }
  return before === LF ? withoutLineEnd(pieces) : null
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

function withoutLineEnd(pieces: readonly Buffer[]): readonly Buffer[] | null {
  const last = pieces.at(-1)
  if (last === undefined || last.length < LAST_LINE_END.length) return null
  return [...pieces.slice(0, -1), last.subarray(0, -LAST_LINE_END.length)]
}
