const LF = 0x0a

/**
 * The messages of an mbox file: a line that begins with `From ` after an empty one begins the next, and quoted lines
 * (`>From `, `>>From `) lose one mark, as the mboxrd form has it.
 * @param largest bytes of a message that are kept; what follows them is read and left out
 */
export async function* splitMbox(chunks: AsyncIterable<Buffer>, largest: number): AsyncGenerator<Buffer> {
  let lines: Buffer[] = []
  let bytes = 0
  let began = false
  let afterEmpty = true
  for await (const line of linesOf(chunks, largest)) {
    if (afterEmpty && startsWith(line, 'From ')) {
      if (began) yield Buffer.concat(lines)
      began = true
      lines = []
      bytes = 0
    } else if (bytes < largest) {
      lines.push(unquoted(line))
      bytes += line.length
    }
    afterEmpty = /^\r?\n?$/.test(line.subarray(0, 3).toString('latin1'))
  }
  if (began) yield Buffer.concat(lines)
}

/** Lines with their ends; one longer than allowed comes in pieces, so that a file without line ends fits in memory. */
async function* linesOf(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    let buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let end = buffer.indexOf(LF); end >= 0; end = buffer.indexOf(LF)) {
      yield buffer.subarray(0, end + 1)
      buffer = buffer.subarray(end + 1)
    }
    if (buffer.length >= longest) {
      yield buffer
      buffer = Buffer.alloc(0)
    }
    rest = buffer
  }
  if (rest.length > 0) yield rest
}

function unquoted(line: Buffer): Buffer {
  return /^>+From /.test(line.subarray(0, 64).toString('latin1')) ? line.subarray(1) : line
}

function startsWith(line: Buffer, text: string): boolean {
  return line.subarray(0, text.length).toString('latin1') === text
}
