import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCfdi, makePdf } from '../test/support/cfdi-factory.ts'
import { type Dice, dice } from './random.ts'

export interface CorpusOptions {
  readonly documents: number
  readonly pdfs: 'with' | 'without'
  readonly seed?: number
}

/** A folder as an ERP fills it, and who its documents are for. */
export interface Corpus {
  readonly folder: string
  readonly documents: number
  readonly bytes: number
  /** What `customers import` reads. */
  readonly customers: string
}

const CUSTOMERS = 200
const DAYS = 90
const KIB = 1024
/** Bytes of one Concepto of the generator. */
const LINE = 170

/**
 * Writes stamped CFDI 4.0 for 200 customers over 90 days, a folder a day: 3 to 10 KB with 1 to 10 Conceptos, one in ten with an
 * addenda, 2 % of 100 KB and one in 5,000 of 5 MB; a PDF of 40 to 80 KB beside each when asked for. Same seed, same bytes.
 */
export function writeCorpus(folder: string, { documents, pdfs, seed = 1 }: CorpusOptions): Corpus {
  const roll = dice(seed)
  let bytes = 0
  const put = (path: string, content: Buffer) => {
    writeFileSync(path, content)
    bytes += content.length
  }
  for (let day = 0; day < DAYS; day++) mkdirSync(join(folder, 'cfdi', dayName(day)), { recursive: true })
  for (let number = 1; number <= documents; number++) {
    const day = dayName(roll.between(0, DAYS - 1))
    const stem = join(folder, 'cfdi', day, `F_${number}`)
    put(`${stem}.xml`, documentOf(number, day, roll))
    if (pdfs === 'with') put(`${stem}.pdf`, makePdf(`Factura ${number}`, roll.between(40, 80) * KIB))
  }
  const customers = join(folder, 'customers.csv')
  writeFileSync(customers, customerTable())
  return { folder: join(folder, 'cfdi'), documents, bytes, customers }
}

function documentOf(number: number, day: string, roll: Dice): Buffer {
  const customer = roll.between(1, CUSTOMERS)
  const lines =
    number % 5_000 === 0
      ? (5_000 * KIB) / LINE
      : roll.next() < 0.02
        ? (100 * KIB) / LINE
        : roll.between(1, 10)
  return makeCfdi({
    folio: String(number),
    issuedAt: `${day}T${String(roll.between(8, 19)).padStart(2, '0')}:30:00`,
    receiverRfc: rfcOf(customer),
    receiverName: `CLIENTE ${customer}`,
    total: `${roll.between(100, 99_999)}.00`,
    lines: Math.floor(lines),
    ...(roll.next() < 0.1 ? { addenda: addendaOf(number) } : {}),
  })
}

function addendaOf(number: number): string {
  return `<requestForPayment type="SimpleInvoiceType"><orderIdentification><referenceIdentification type="ON">${number}</referenceIdentification></orderIdentification></requestForPayment>`
}

function customerTable(): string {
  const lines = Array.from(
    { length: CUSTOMERS },
    (_, i) =>
      `K${String(i + 1).padStart(5, '0')},CLIENTE ${i + 1},${rfcOf(i + 1)},,cliente${i + 1}@recibe.example,GRAL`,
  )
  return `code,name,rfc,email,billingEmail,packaging\n${lines.join('\n')}\n`
}

/** Of the right shape and nobody's: four letters, a date, three signs. */
function rfcOf(customer: number): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
  const [high = 'A', low = 'A'] = [letters[Math.floor(customer / 24)], letters[customer % 24]]
  return `BE${high}${low}010101AA${customer % 10}`
}

function dayName(day: number): string {
  return new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)
}
