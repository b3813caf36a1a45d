import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import { describe, test } from 'node:test'
import { SaxesParser, type SaxesAttributeNS } from 'saxes'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import type { HeadReading } from '../../../src/core/model/cfdi.ts'
import { CFDI_URI, TFD_URI } from './documents.ts'
import { mutant, seededNumbers } from './mutations.ts'

const MUTANTS_PER_SEED = 5_000

/** What the strict parser saxes makes of a document. */
interface Judgement {
  /** Its first complaint, or ''. */
  readonly complaint: string
  /** The UUID of each stamp. */
  readonly uuids: readonly string[]
  /** Whether a namespace name has white space around it: saxes takes that away, which the recommendation does not. */
  readonly isTrimmed: boolean
}

describe('damaged documents are judged as the strict parser saxes judges them', () => {
  for (const seed of [1, 2, 3]) {
    test(`${MUTANTS_PER_SEED} mutants of seed ${seed}`, () => {
      const random = seededNumbers(seed)
      let agreements = { readable: 0, refused: 0 }
      for (let count = 0; count < MUTANTS_PER_SEED; count++) {
        const bytes = mutant(random)
        // saxes reads text: what is not UTF-8 never reaches it.
        if (isUtf8(bytes)) agreements = tally(agreements, compare(bytes.toString('utf8')))
        else assert.equal(isReadable(readHead(bytes)), false)
      }
      assert.ok(agreements.readable > MUTANTS_PER_SEED / 10, 'many mutants must still be well-formed')
      assert.ok(agreements.refused > MUTANTS_PER_SEED / 3, 'many mutants must be broken')
    })
  }
})

type Agreement = 'readable' | 'refused'

function tally(
  counts: Readonly<Record<Agreement, number>>,
  one: Agreement | 'explained',
): Record<Agreement, number> {
  return one === 'explained' ? counts : { ...counts, [one]: counts[one] + 1 }
}

function compare(text: string): Agreement | 'explained' {
  const reading = readHead(Buffer.from(text))
  const saxes = judge(text)
  if (isReadable(reading) !== (saxes.complaint === '')) {
    assert.ok(
      isExplained(reading, saxes.complaint),
      `${JSON.stringify(reading)} but saxes: '${saxes.complaint}' for ${text}`,
    )
    return 'explained'
  }
  if (saxes.complaint !== '') return 'refused'
  if (reading.head !== null && !saxes.isTrimmed)
    assert.equal(reading.head.stamp?.uuidRaw, saxes.uuids[0], text)
  return 'readable'
}

/**
 * Where the two differ, and why ours is right. xmllint sides with ours in each of these but the last, where the two read
 * Namespaces in XML § 2.2 differently: only an empty name takes a declaration back, and a white space is not empty.
 */
function isExplained(reading: HeadReading, complaint: string): boolean {
  if (reading.ok || isReadable(reading)) return complaint.includes('invalid attempt to undefine prefix')
  // saxes takes DTDs and does not look at the declared encoding.
  if (reading.reason === 'doctype' || reading.reason === 'encoding') return true
  // saxes lets the part behind the colon begin with a digit, a dash or a combining character ...
  if (/^bad (element|attribute) name '[^:']+:/.test(reading.detail)) return true
  // ... and a question mark follow the target of a processing instruction.
  return reading.detail.startsWith('bad processing instruction')
}

/** Whether our reader came to the end of the document. */
function isReadable(reading: HeadReading): boolean {
  return reading.ok || !['malformed', 'encoding', 'doctype', 'empty'].includes(reading.reason)
}

function judge(text: string): Judgement {
  const parser = new SaxesParser({ xmlns: true, fragment: false })
  const path: string[] = []
  const uuids: string[] = []
  let complaint = ''
  let isTrimmed = false
  parser.on('error', (error) => {
    complaint ||= error.message
  })
  parser.on('opentag', (tag) => {
    isTrimmed ||= Object.values(tag.attributes).some(isUntrimmedDeclaration)
    path.push(`{${tag.uri}}${tag.local}`)
    if (path.join(' ') === STAMP_PATH) uuids.push(collapse(tag.attributes['UUID']?.value ?? ''))
  })
  parser.on('closetag', () => {
    path.pop()
  })
  parser.write(text).close()
  return { complaint, uuids, isTrimmed }
}

function isUntrimmedDeclaration({ name, value }: SaxesAttributeNS): boolean {
  return name.startsWith('xmlns') && value !== value.trim()
}

const STAMP_PATH = `{${CFDI_URI}}Comprobante {${CFDI_URI}}Complemento {${TFD_URI}}TimbreFiscalDigital`

function collapse(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '')
}
