import {
  BRACKET,
  CLOSING_BRACKET,
  DASH,
  GREATER_THAN,
  HYPHEN,
  ILLEGAL,
  isSpace,
  MAYBE_NONCHARACTER,
  NAME_BYTE,
  QUESTION,
  QUESTION_MARK,
  skipUntil,
  startsWith,
} from './bytes.ts'
import { isNcName } from './names.ts'
import { checkCharacter, malformed, XmlFault, type Scan } from './scan.ts'

const COMMENT_STOPS = DASH | MAYBE_NONCHARACTER | ILLEGAL
const CDATA_STOPS = BRACKET | MAYBE_NONCHARACTER | ILLEGAL
const INSTRUCTION_STOPS = QUESTION | MAYBE_NONCHARACTER | ILLEGAL

const COMMENT = Buffer.from('--')
const CDATA = Buffer.from('[CDATA[')
const DOCTYPE = Buffer.from('DOCTYPE')

/** `<!`: a comment, or inside the root a CDATA section, or a document type declaration, which is refused. */
export function readExclamation(scan: Scan): void {
  const { bytes, pos } = scan
  if (startsWith(bytes, pos + 2, COMMENT)) scan.pos = endOfComment(scan, pos + 4)
  else if (scan.depth > 0 && startsWith(bytes, pos + 2, CDATA)) scan.pos = endOfCdata(scan, pos + 9)
  else if (startsWith(bytes, pos + 2, DOCTYPE))
    throw new XmlFault({ reason: 'doctype', before: '<!DOCTYPE', at: pos, after: '' })
  else malformed('unknown <! markup', pos)
}

function endOfComment(scan: Scan, from: number): number {
  const bytes = scan.bytes
  let at = skipUntil(scan, from, COMMENT_STOPS)
  while (bytes[at] !== HYPHEN || bytes[at + 1] !== HYPHEN) {
    at = bytes[at] === HYPHEN ? at + 1 : checkCharacter(scan, at)
    at = skipUntil(scan, at, COMMENT_STOPS)
  }
  if (bytes[at + 2] !== GREATER_THAN) malformed('-- in comment', at)
  return at + 3
}

function endOfCdata(scan: Scan, from: number): number {
  const bytes = scan.bytes
  let at = skipUntil(scan, from, CDATA_STOPS)
  while (
    bytes[at] !== CLOSING_BRACKET ||
    bytes[at + 1] !== CLOSING_BRACKET ||
    bytes[at + 2] !== GREATER_THAN
  ) {
    at = bytes[at] === CLOSING_BRACKET ? at + 1 : checkCharacter(scan, at)
    at = skipUntil(scan, at, CDATA_STOPS)
  }
  return at + 3
}

/** A processing instruction. The XML declaration was read before: another `<?xml` is out of place, in any case of letters. */
export function readInstruction(scan: Scan): void {
  const { bytes, pos } = scan
  let at = pos + 2
  while (NAME_BYTE[bytes[at]!] === 1) at++
  const target = bytes.toString('utf8', pos + 2, at)
  if (!isNcName(target) || /^xml$/i.test(target)) malformed('bad processing instruction', pos)
  if (!isSpace(bytes[at]!) && bytes[at] !== QUESTION_MARK) malformed('bad processing instruction', pos)
  if (bytes[at] === QUESTION_MARK && bytes[at + 1] !== GREATER_THAN)
    malformed('bad processing instruction', pos)
  scan.pos = endOfInstruction(scan, at)
}

function endOfInstruction(scan: Scan, from: number): number {
  const bytes = scan.bytes
  let at = skipUntil(scan, from, INSTRUCTION_STOPS)
  while (bytes[at] !== QUESTION_MARK || bytes[at + 1] !== GREATER_THAN) {
    at = bytes[at] === QUESTION_MARK ? at + 1 : checkCharacter(scan, at)
    at = skipUntil(scan, at, INSTRUCTION_STOPS)
  }
  return at + 2
}
