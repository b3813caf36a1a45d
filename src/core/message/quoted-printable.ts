import { encode, wrap } from 'nodemailer/lib/qp'
import { keeping } from './keeping.ts'

/** Two less than RFC 2045 § 6.7 allows: a dot at the start of a line takes two more when it is encoded. */
const LINE = 74

/** Most of a mail is its template, whose lines come back in every mail. */
const KEPT = 1_000
const LONGEST_KEPT = 1_000

/**
 * Text as a quoted-printable body with CRLF line ends, the last one included. No line begins with a dot, so the dot that ends
 * an SMTP message cannot be forged by a text, whatever the servers on the way do about dot-stuffing.
 */
export function quotedPrintable(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const last = lines.pop() ?? ''
  const body = `${lines.map(encodedLine).join('')}${lastLine(last, lines.length)}`
  return body.endsWith('\r\n') ? body : `${body}\r\n`
}

/** Half of a mail's lines: short, without anything that is encoded (RFC 2045 § 6.7) or is not to stand at their ends. */
const PLAIN = /^(?:[!-\-/-<>-~](?:[ -<>-~]{0,68}[!-<>-~])?)?$/

function encodedLine(line: string): string {
  if (PLAIN.test(line)) return `${line}\r\n`
  return line.length > LONGEST_KEPT ? withLineEnd(line) : keptLine(line)
}

const keptLine = keeping(KEPT, withLineEnd)

/** A line with its CRLF. How the library breaks it follows from the line alone, as long as another comes after it. */
function withLineEnd(line: string): string {
  return encoded(`${line}\r\nx`).slice(0, -1)
}

/** Short lines before a last one: the library leaves a text alone that is no longer than one line. */
const BEFORE = 'x\r\n'.repeat(LINE / 2)

function lastLine(line: string, linesBefore: number): string {
  return linesBefore > 0 ? encoded(`${BEFORE}${line}`).slice(BEFORE.length) : encoded(line)
}

function encoded(text: string): string {
  return wrap(encode(text), LINE).replace(/^\./gm, '=2E')
}
