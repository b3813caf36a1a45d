import { AMPERSAND, isText, NON_ASCII, SPACE } from './bytes.ts'
import { decodeReferences } from './references.ts'
import type { Scan } from './scan.ts'

/** XSD white space that `collapse` changes: any but single spaces inside. A no-break space is not white space here. */
const UNCOLLAPSED = /[\t\n\r]|^ | $| {2}/

/**
 * Value of an attribute of the start tag at hand, references decoded and white space collapsed, as the schema types of the
 * SAT read it (XSD whiteSpace=collapse). Its string is made only now.
 * @param name number of the attribute's name; 0 = the version at hand has no such datum
 * @returns null when it is not there
 */
export function attribute(scan: Scan, name: number): string | null {
  if (name === 0) return null
  for (let index = 0; index < scan.attributes; index++)
    if (scan.attributeName[index] === name) return valueOf(scan, name, index)
  return null
}

/** The same for a datum that may be empty: absent and empty are one. */
export function attributeOrEmpty(scan: Scan, name: number): string {
  return attribute(scan, name) ?? ''
}

/** What each attribute said in the document before: issuer, currency and versions mostly say it again, and a string is dear. */
const former: string[] = []

function valueOf(scan: Scan, name: number, index: number): string {
  const start = scan.attributeStart[index]!
  const end = scan.attributeEnd[index]!
  const known = former[name]
  if (known !== undefined && isText(known, scan.bytes, { start, end })) return known
  if (!isPlain(scan, start, end)) return collapse(decodeReferences(scan.bytes.toString('utf8', start, end)))
  return (former[name] = scan.bytes.toString('latin1', start, end))
}

/** Whether the value is its own text: ASCII without references or white space to collapse, as nearly all are. */
function isPlain({ bytes, view }: Scan, start: number, end: number): boolean {
  let at = start
  // Four at a time, as long as none of them needs a look: a seal is 344.
  while (at + 4 <= end && (needingLook(view.getInt32(at)) & HIGH_BITS) === 0) at += 4
  let previous = at === start ? SPACE : bytes[at - 1]!
  for (; at < end; at++) {
    const byte = bytes[at]!
    if (byte < SPACE || byte >= NON_ASCII || byte === AMPERSAND) return false
    if (byte === SPACE && previous === SPACE) return false
    previous = byte
  }
  return previous !== SPACE
}

const HIGH_BITS = 0x80808080
/** Sets a high bit when one of the four is above ASCII, a reference's `&`, a space or below. */
function needingLook(four: number): number {
  return four | (four - 0x21212121) | ((four ^ 0x26262626) - 0x01010101)
}

function collapse(text: string): string {
  if (!UNCOLLAPSED.test(text)) return text
  return text.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '')
}
