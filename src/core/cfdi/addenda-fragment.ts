import { knownName } from './names.ts'
import type { Scan } from './scan.ts'
import { readStrictly } from './strict-reading.ts'
import { step } from './tokenizer.ts'

/** What is to stand inside an Addenda, judged by itself. */
export type Fragment =
  | {
      readonly ok: true
      readonly utf8: Buffer
      /** Offsets behind the names of the outermost elements that say nothing of the default namespace. */
      readonly openNames: readonly number[]
    }
  | {
      readonly ok: false
      readonly reason: 'empty' | 'wrapper' | 'malformed'
      readonly detail: string
      readonly line: number
    }

const XMLNS = knownName('xmlns')
/** The Addenda element itself: it is written around the content, with each document's own prefix. */
const WRAPPER = /^\s*<(?:(?:cfdi|retenciones):Addenda\b|Addenda\s*>)/
const START = '<A>'
const END = '</A>'

/**
 * Checks the content of an Addenda as a document of its own: well-formed, and every prefix declared inside it, because what
 * the invoice around it happens to declare is another matter in the next one.
 * @returns the line, from 1, of the first offence
 */
export function readFragment(content: string): Fragment {
  if (content.trim() === '') return { ok: false, reason: 'empty', detail: '', line: 0 }
  const utf8 = Buffer.from(`${START}${content}${END}`)
  const wrapper = WRAPPER.exec(content)
  if (wrapper !== null) return { ok: false, reason: 'wrapper', detail: wrapper[0].trim(), line: 1 }
  const openNames: number[] = []
  const offence = readStrictly({ utf8, declaration: 0 }, (scan) => {
    while (step(scan, (current, parent) => takeElement(current, parent, openNames)));
  })
  if (offence === null) {
    return {
      ok: true,
      utf8: utf8.subarray(START.length, utf8.length - END.length),
      openNames: openNames.map((at) => at - START.length),
    }
  }
  const before = utf8.toString('utf8', 0, offence.at)
  return {
    ok: false,
    reason: 'malformed',
    detail: `${offence.before}${offence.after}`,
    line: before.split('\n').length,
  }
}

/** Parts: 1 the document, 2 the wrapper; below that nothing is told. */
function takeElement(scan: Scan, parent: number, openNames: number[]): number {
  if (parent === 1) return 2
  if (!saysDefault(scan)) openNames.push(scan.openEnd[scan.depth + 1]!)
  return 0
}

function saysDefault(scan: Scan): boolean {
  for (let index = 0; index < scan.attributes; index++) if (scan.attributeName[index] === XMLNS) return true
  return false
}
