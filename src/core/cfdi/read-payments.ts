import type { PaidDocument } from '../model/paid-document.ts'
import { attributeOrEmpty } from './attributes.ts'
import { decode } from './decode.ts'
import { knownName } from './names.ts'
import { knownUri } from './namespaces.ts'
import { DOCUMENT, type Scan } from './scan.ts'
import { readStrictly } from './strict-reading.ts'
import { tokenize } from './tokenizer.ts'

const ROOT = 2
const COMPLEMENT = 3
const PAYMENTS = 4
const PAYMENT = 5

const COMPLEMENT_NAME = knownName('Complemento')
const PAYMENTS_NAME = knownName('Pagos')
const PAYMENT_NAME = knownName('Pago')
const RELATED_NAME = knownName('DoctoRelacionado')
const PAYMENT_URIS = [knownUri('http://www.sat.gob.mx/Pagos20'), knownUri('http://www.sat.gob.mx/Pagos')]

/** The same in Pagos 1.0 and 2.0. */
const NAMES = {
  paidAt: knownName('FechaPago'),
  form: knownName('FormaDePagoP'),
  amount: knownName('Monto'),
  paymentCurrency: knownName('MonedaP'),
  uuid: knownName('IdDocumento'),
  series: knownName('Serie'),
  folio: knownName('Folio'),
  instalment: knownName('NumParcialidad'),
  previousBalance: knownName('ImpSaldoAnt'),
  paid: knownName('ImpPagado'),
  balanceLeft: knownName('ImpSaldoInsoluto'),
  currency: knownName('MonedaDR'),
} as const

type Reading = {
  uri: number
  payment: {
    readonly paidAt: string
    readonly form: string
    readonly amount: string
    readonly currency: string
  }
  readonly found: { -readonly [Key in keyof PaidDocument]: PaidDocument[Key] }[]
  /** Place in `found` of the first document of the payment at hand. */
  first: number
}

const NO_PAYMENT = { paidAt: '', form: '', amount: '', currency: '' }

/**
 * The documents that a payment complement (Pagos 1.0 or 2.0) pays, payment after payment; [] for any other document. Pagos 1.0
 * may leave ImpPagado out when a payment has one document: it is the payment's Monto then.
 * @param bytes a document that `readHead` accepts
 */
export function readPayments(bytes: Buffer): readonly PaidDocument[] {
  const reading: Reading = { uri: 0, payment: NO_PAYMENT, found: [], first: 0 }
  const decoded = decode(bytes)
  if (!decoded.ok) return []
  readStrictly(decoded, (scan) => {
    tokenize(scan, (current, parent) => take(reading, current, parent))
  })
  closePayment(reading)
  return reading.found
}

function take(reading: Reading, scan: Scan, parent: number): number {
  if (parent === DOCUMENT) {
    reading.uri = scan.uri
    return ROOT
  }
  if (parent === ROOT) return scan.local === COMPLEMENT_NAME && scan.uri === reading.uri ? COMPLEMENT : 0
  return PAYMENT_URIS.includes(scan.uri) ? takeComplement(reading, scan, parent) : 0
}

function takeComplement(reading: Reading, scan: Scan, parent: number): number {
  if (parent === COMPLEMENT) return scan.local === PAYMENTS_NAME ? PAYMENTS : 0
  if (parent === PAYMENTS && scan.local === PAYMENT_NAME) return openPayment(reading, scan)
  if (parent === PAYMENT && scan.local === RELATED_NAME) takeRelated(reading, scan)
  return 0
}

function openPayment(reading: Reading, scan: Scan): number {
  closePayment(reading)
  reading.payment = {
    paidAt: text(scan, 'paidAt'),
    form: text(scan, 'form'),
    amount: text(scan, 'amount'),
    currency: text(scan, 'paymentCurrency'),
  }
  return PAYMENT
}

function takeRelated({ found, payment }: Reading, scan: Scan): void {
  found.push({
    uuid: text(scan, 'uuid').toUpperCase(),
    series: text(scan, 'series'),
    folio: text(scan, 'folio'),
    instalment: text(scan, 'instalment'),
    previousBalance: text(scan, 'previousBalance'),
    paid: text(scan, 'paid'),
    balanceLeft: text(scan, 'balanceLeft'),
    currency: text(scan, 'currency') || payment.currency,
    paidAt: payment.paidAt,
    form: payment.form,
  })
}

function closePayment(reading: Reading): void {
  const { found, first, payment } = reading
  const [only, another] = found.slice(first)
  if (only?.paid === '' && another === undefined && only.currency === payment.currency) {
    only.paid = payment.amount
  }
  reading.first = found.length
}

function text(scan: Scan, name: keyof typeof NAMES): string {
  return attributeOrEmpty(scan, NAMES[name])
}
