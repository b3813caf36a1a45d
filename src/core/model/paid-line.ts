import { cleanLine } from './clean.ts'
import { sumDecimals } from './decimal.ts'
import { typedAmount } from './typed-amount.ts'

/** A document that a payment pays, as a person types it. */
export interface PaidLine {
  /** Series and folio, or the fiscal folio (UUID). */
  readonly document: string
  /** Number of the instalment; '' when nobody says it. */
  readonly instalment: string
  /** Decimal text. */
  readonly paid: string
  /** Decimal text; '' when nobody says it. */
  readonly balanceLeft: string
}

/** What is wrong with a line. Words in ui/messages under `paid-problem.<code>`. */
export type PaidProblem = 'fields' | 'document' | 'instalment' | 'paid' | 'balance'

/**
 * `F-123;1;1000.00;0.00`: document, instalment, what was paid of it and what is left. All four have their place; instalment and
 * balance may be empty.
 */
export function readPaidLine(text: string): PaidLine | PaidProblem {
  const fields = text.split(';').map((field) => cleanLine(field).trim())
  const [document = '', instalment = '', paid = '', left = ''] = fields
  if (fields.length !== 4) return 'fields'
  if (document === '') return 'document'
  if (!/^(?:[1-9]\d{0,3})?$/.test(instalment)) return 'instalment'
  return readAmounts({ document, instalment }, paid, left)
}

function readAmounts(
  line: Pick<PaidLine, 'document' | 'instalment'>,
  typedPaid: string,
  typedLeft: string,
): PaidLine | PaidProblem {
  const paid = typedAmount(typedPaid)
  // Nothing, less than nothing, or no amount.
  if (paid === null || /^-|^[0.]*$/.test(paid)) return 'paid'
  const balanceLeft = typedAmount(typedLeft)
  if (balanceLeft === null || balanceLeft.startsWith('-')) return 'balance'
  return { ...line, paid, balanceLeft }
}

/** Lines separated by `|`, as a cell of a table has them; a problem when one of them has. */
export function readPaidCell(text: string): readonly PaidLine[] | PaidProblem {
  const lines = text.split('|').filter((line) => line.trim() !== '')
  const read: PaidLine[] = []
  for (const line of lines) {
    const one = readPaidLine(line)
    if (typeof one === 'string') return one
    read.push(one)
  }
  return read
}

/** The exact sum of what the lines say was paid. */
export function sumOfPaid(lines: readonly PaidLine[]): string {
  return sumDecimals(lines.map(({ paid }) => paid)) ?? '0'
}

/** Whether the lines come to more than the payment: part of it may pay no document, never the other way round. */
export function exceeds(lines: readonly PaidLine[], amount: string): boolean {
  return sumDecimals([amount, `-${sumOfPaid(lines)}`])?.startsWith('-') === true
}
