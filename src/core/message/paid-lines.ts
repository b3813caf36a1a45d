import { sumDecimals } from '../model/decimal.ts'
import type { PaidDocument } from '../model/paid-document.ts'
import type { PaidLine } from '../model/paid-line.ts'
import type { OrderPaper } from '../model/paper.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The lines of a receipt as its mail tells them. The balance before is what was paid and what is left (the rule of
 * ImpSaldoInsoluto in Pagos 2.0, turned round); where nobody says what is left, neither is there.
 * @param receipt its date and currency are the lines' too
 */
export function paidDocuments(
  lines: readonly PaidLine[],
  { date, currency }: Pick<OrderPaper, 'date' | 'currency'>,
): readonly PaidDocument[] {
  return lines.map(({ document, instalment, paid, balanceLeft }) => ({
    ...(UUID.test(document)
      ? { uuid: document.toUpperCase(), series: '', folio: '' }
      : { uuid: '', series: '', folio: document }),
    ...{ instalment, paid, balanceLeft, currency },
    previousBalance: balanceLeft === '' ? '' : (sumDecimals([paid, balanceLeft]) ?? ''),
    ...{ paidAt: date ?? '', form: '' },
  }))
}
