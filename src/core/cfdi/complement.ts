import type { Stamp } from '../model/cfdi.ts'
import { attribute, attributeOrEmpty } from './attributes.ts'
import type { Facts } from './facts.ts'
import { knownName, nameText } from './names.ts'
import { knownUri } from './namespaces.ts'
import { isPayroll, takePayroll } from './payroll.ts'
import type { Scan } from './scan.ts'

const STAMP_NAME = knownName('TimbreFiscalDigital')
const STAMP_URI = knownUri('http://www.sat.gob.mx/TimbreFiscalDigital')
const UUID = knownName('UUID')
const STAMPED_AT = knownName('FechaTimbrado')
const PAC_RFC = knownName('RfcProvCertif')

/** TimbreFiscalDigital 1.1 writes these with a capital letter, 1.0 with a small one. */
const VERSIONS = [knownName('Version'), knownName('version')] as const
const CERTIFICATES = [knownName('NoCertificadoSAT'), knownName('noCertificadoSAT')] as const
const SEALS = [knownName('SelloCFD'), knownName('selloCFD')] as const

const PAYMENTS = knownName('Pagos')
const PAYMENTS_20 = knownUri('http://www.sat.gob.mx/Pagos20')
const PAYMENTS_10 = knownUri('http://www.sat.gob.mx/Pagos')
const PAYMENT = knownName('Pago')
const PAID_AT = knownName('FechaPago')
const AMOUNT = knownName('Monto')
const CURRENCY = knownName('MonedaP')
const FORM = knownName('FormaDePagoP')
const TOTALS = knownName('Totales')
const TOTAL = knownName('MontoTotalPagos')

/** Takes down a child of a Complemento. @returns whether it is one whose children matter too. */
export function takeComplement(facts: Facts, scan: Scan): 'payments' | 'payroll' | 'other' {
  if (scan.local === STAMP_NAME && scan.uri === STAMP_URI) {
    takeStamp(facts, scan)
    return 'other'
  }
  facts.complements.push(nameText(scan.local))
  if (isPayroll(scan)) {
    takePayroll(facts, scan)
    return 'payroll'
  }
  return scan.local === PAYMENTS && isPaymentUri(scan.uri) ? 'payments' : 'other'
}

/** The first stamp is kept, the others are counted: a document with several cannot be told which is its own. */
function takeStamp(facts: Facts, scan: Scan): void {
  facts.stamps++
  if (facts.stamps > 1) return
  facts.stamp = readStamp(scan)
  facts.stampSeal = withoutSpace(either(scan, SEALS))
}

function readStamp(scan: Scan): Stamp {
  const uuidRaw = attributeOrEmpty(scan, UUID)
  return {
    uuid: uuidRaw.toUpperCase(),
    uuidRaw,
    version: either(scan, VERSIONS),
    stampedAt: attributeOrEmpty(scan, STAMPED_AT),
    pacRfc: attribute(scan, PAC_RFC),
    satCertificate: either(scan, CERTIFICATES),
  }
}

/** Takes down a child of Pagos 2.0 or 1.0. */
export function takePayment(facts: Facts, scan: Scan): void {
  if (!isPaymentUri(scan.uri)) return
  if (scan.local === PAYMENT) {
    facts.payments.push({
      paidAt: attributeOrEmpty(scan, PAID_AT),
      amount: attributeOrEmpty(scan, AMOUNT),
      currency: attributeOrEmpty(scan, CURRENCY),
      form: attributeOrEmpty(scan, FORM),
    })
  } else if (scan.local === TOTALS) facts.paymentsTotal ??= attribute(scan, TOTAL)
}

/** Seals are compared without the line breaks that some systems put into base64. */
export function withoutSpace(text: string): string {
  return text.includes(' ') ? text.replaceAll(' ', '') : text
}

function isPaymentUri(uri: number): boolean {
  return uri === PAYMENTS_20 || uri === PAYMENTS_10
}

function either(scan: Scan, names: readonly [number, number]): string {
  return attribute(scan, names[0]) ?? attributeOrEmpty(scan, names[1])
}
