/** Colours take no room on the screen. */
// eslint-disable-next-line no-control-regex -- what colours a text begins with one
const COLOUR = /\u001b\[\d*m/g
/** What stands before a finding; its further lines stand under its words. */
const MARK = /^[✓✗!·] /

/**
 * Prose broken between words: a narrow terminal breaks it within one. A line of a table stays as it is, which two blanks tell;
 * so does a command to copy, which an end of line would make two of.
 * @param width Infinity leaves everything as it is
 */
export function folded(text: string, width: number): string {
  if (width === Infinity) return text
  return text
    .split('\n')
    .map((line) => foldedLine(line, width))
    .join('\n')
}

function foldedLine(line: string, width: number): string {
  const words = line.trimStart()
  if (roomOf(line) <= width || words.includes('  ')) return line
  const indent = line.slice(0, line.length - words.length)
  const below = indent !== '' || MARK.test(words.replace(COLOUR, '')) ? `${indent}  ` : ''
  return foldedWords(words, width - below.length)
    .map((part, i) => `${i === 0 ? indent : below}${part}`)
    .join('\n')
}

/** Lines no longer than `width`, broken between words and never within a command. */
export function foldedWords(text: string, width: number): string[] {
  const lines: string[] = []
  for (const piece of piecesOf(text)) {
    const last = lines.at(-1)
    if (last === undefined || roomOf(last) + 1 + roomOf(piece) > width) lines.push(piece)
    else lines[lines.length - 1] = `${last} ${piece}`
  }
  return lines
}

/** Words; a command with all that belongs to it is one. It goes as far as the sentence does. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let inCommand = false
  for (const word of text.split(' ')) {
    const begins = /(?:^|[(«“])cfdi-mail$/.test(word)
    if (inCommand && !begins) pieces[pieces.length - 1] += ` ${word}`
    else pieces.push(word)
    inCommand = begins || (inCommand && !/[.,;:)»”]$/.test(word))
  }
  return pieces
}

function roomOf(text: string): number {
  return text.replace(COLOUR, '').length
}
