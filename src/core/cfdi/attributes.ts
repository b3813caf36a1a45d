import { AMPERSAND, NON_ASCII, SPACE } from './bytes.ts'
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
  for (let index = 0; index < scan.attributes; index++) {
    if (scan.attributeName[index] === name)
      return textOf(scan.bytes, scan.attributeStart[index]!, scan.attributeEnd[index]!)
  }
  return null
}

/** The same for a datum that may be empty: absent and empty are one. */
export function attributeOrEmpty(scan: Scan, name: number): string {
  return attribute(scan, name) ?? ''
}

function textOf(bytes: Buffer, start: number, end: number): string {
  return isPlain(bytes, start, end)
    ? bytes.toString('latin1', start, end)
    : collapse(decodeReferences(bytes.toString('utf8', start, end)))
}

/** Whether the value is its own text: ASCII without references or white space to collapse, as nearly all are. */
function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  let previous = SPACE
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (byte < SPACE || byte >= NON_ASCII || byte === AMPERSAND) return false
    if (byte === SPACE && previous === SPACE) return false
    previous = byte
  }
  return previous !== SPACE
}

function collapse(text: string): string {
  if (!UNCOLLAPSED.test(text)) return text
  return text.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '')
}
