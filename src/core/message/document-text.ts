import type { MailLanguage } from '../model/mail-language.ts'
import type { PaperKind } from '../model/paper.ts'
import type { CfdiKind, StampedHead } from '../model/cfdi.ts'
import { paymentFormText } from './catalogues.ts'
import { longDate } from './dates.ts'
import { sumDecimals } from '../model/decimal.ts'
import { formatMoney, isZero } from './money.ts'

const NAMES: Readonly<Record<CfdiKind, string>> = {
  I: 'Factura',
  E: 'Nota de crédito',
  P: 'Complemento de pago',
  T: 'Traslado',
  N: 'Recibo de nómina',
  R: 'Constancia de retenciones',
}

/** What the document is called, such as `Factura`. A Traslado that carries the CartaPorte complement is a `Carta porte`. */
export function documentName(head: StampedHead): string {
  if (head.kind === 'T' && head.complements.includes('CartaPorte')) return 'Carta porte'
  return NAMES[head.kind]
}

/** `A-1001`; one of the two alone when the other is missing; '' without both. */
export function seriesFolio(head: StampedHead): string {
  return [head.series ?? '', head.folio ?? ''].filter((part) => part !== '').join('-')
}

/** Amount and currency as text; both '' when the document moves no money. */
export interface Amount {
  readonly amount: string
  readonly currency: string
  /** For people: grouped, with its sign and currency. */
  readonly text: string
}

const NOTHING: Amount = { amount: '', currency: '', text: '' }

/**
 * What a document amounts to. A payment's own Total is 0 in XXX (Anexo 20), so its money is what was paid: the sum of its
 * payments when they share a currency, else MontoTotalPagos in pesos. A Traslado's 0 in XXX is no amount at all.
 */
export function amountOf(head: StampedHead): Amount {
  if (head.kind === 'P') return paidAmount(head)
  if (head.currency === 'XXX' && isZero(head.total)) return NOTHING
  return asAmount(head.total, head.currency)
}

/** RFC, or the tax number abroad of a Retenciones receiver. */
export function receiverId(head: StampedHead): string {
  return head.receiver.rfc || (head.receiver.foreignId ?? '')
}

/** Forms of payment of a document, or of a payment complement's payments, with their descriptions. */
export function paymentForms(head: StampedHead): string {
  const codes = head.kind === 'P' ? head.payments.map((payment) => payment.form) : [head.paymentForm]
  return [...new Set(codes.map(paymentFormText))].filter((form) => form !== '').join(', ')
}

/** The days of a payment complement's payments, in words; '' for any other document. */
export function paidOn(head: StampedHead, language?: MailLanguage): string {
  return [...new Set(head.payments.map((payment) => longDate(payment.paidAt, language)))].join(', ')
}

/** `XML y PDF` from the names' extensions, in the order of the files. */
export function formatsOf(names: readonly string[], language: MailLanguage = 'es'): string {
  const formats = [...new Set(names.map((name) => name.slice(name.lastIndexOf('.') + 1).toUpperCase()))]
  const last = formats.pop() ?? ''
  return formats.length === 0 ? last : `${formats.join(', ')} ${language === 'en' ? 'and' : 'y'} ${last}`
}

function paidAmount(head: StampedHead): Amount {
  const currencies = new Set(head.payments.map((payment) => payment.currency))
  const [currency = ''] = currencies
  const sum = sumDecimals(head.payments.map((payment) => payment.amount))
  if (currencies.size === 1 && sum !== null && !isZero(sum)) return asAmount(sum, currency)
  if (head.paymentsTotal !== null && !isZero(head.paymentsTotal)) return asAmount(head.paymentsTotal, 'MXN')
  if (head.payments.length === 0 && !isZero(head.total)) return asAmount(head.total, head.currency)
  const texts = head.payments.map((payment) => formatMoney(payment.amount, payment.currency))
  return { ...NOTHING, text: texts.join(' + ') }
}

function asAmount(amount: string, currency: string): Amount {
  return { amount, currency, text: formatMoney(amount, currency) }
}

/** What a paper is called by who reads its mail. */
export const PAPER_NAMES: Readonly<Record<MailLanguage, Readonly<Record<PaperKind, string>>>> = {
  es: {
    order: 'Pedido',
    'purchase-order': 'Orden de compra',
    statement: 'Estado de cuenta',
    ticket: 'Ticket',
    receipt: 'Recibo',
  },
  en: {
    order: 'Order',
    'purchase-order': 'Purchase order',
    statement: 'Account statement',
    ticket: 'Ticket',
    receipt: 'Receipt',
  },
}
