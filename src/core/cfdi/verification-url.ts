import type { StampedHead } from '../model/cfdi.ts'

const CFDI_SITE = 'https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx'
const RETENCIONES_SITE = 'https://prodretencionverificacion.clouda.sat.gob.mx/'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Decimal places of an amount in the expression. */
const PLACES = 6
const MILLION = 10n ** BigInt(PLACES)

/**
 * The "expresión impresa" that the QR code of a printed CFDI holds: the SAT's verification page with the document's data
 * (CFDI 3.3, 4.0, Retenciones 2.0), or the bare expression (3.2, Retenciones 1.0). Source: Anexo 20, section "código de
 * barras bidimensional". Values are escaped as XML, not percent-encoded: so does the page of the SAT read them.
 * To put it into HTML, escape the whole once more.
 */
export function verificationUrl(head: StampedHead): string {
  const issuer = `re=${escape(head.issuer.rfc)}`
  const receiver = receiverPart(head)
  if (head.version === '3.2' || head.version === '1.0') {
    return `?${issuer}&${receiver}&tt=${paddedAmount(head.total)}&id=${escape(head.stamp.uuidRaw)}`
  }
  const site = head.standard === 'RET' ? RETENCIONES_SITE : CFDI_SITE
  const id = escape(head.stamp.uuidRaw)
  return `${site}?id=${id}&${issuer}&${receiver}&tt=${shortAmount(head.total)}&fe=${escape(tailOfSeal(head.seal))}`
}

/** The eight last characters of the issuer's seal, which the QR code carries as proof that one has the document. */
export function tailOfSeal(seal: string): string {
  return seal.slice(-8)
}

/** `rr`, or `nr` and twenty digits for a receiver abroad. */
function receiverPart(head: StampedHead): string {
  const { rfc, foreignId } = head.receiver
  return rfc !== '' ? `rr=${escape(rfc)}` : `nr=${escape((foreignId ?? '').padStart(20, '0'))}`
}

/** `2010.00` → `2010.0`: no zeros that say nothing, but one decimal at least. */
function shortAmount(total: string): string {
  const [integer, decimals] = splitAmount(total)
  return `${integer}.${decimals.replace(/0+$/, '') || '0'}`
}

/** `40600.00` → `0000040600.000000`. */
function paddedAmount(total: string): string {
  const [integer, decimals] = splitAmount(total)
  return `${integer.padStart(10, '0')}.${decimals}`
}

/** Integer digits and six decimals, rounded half up: exact, for the text never becomes a floating-point number. */
function splitAmount(total: string): readonly [integer: string, decimals: string] {
  const [integer = '', fraction = ''] = total.replace(/^\+/, '').split('.')
  const digits = `${integer}${fraction.slice(0, PLACES + 1).padEnd(PLACES + 1, '0')}`
  if (!/^\d+$/.test(digits)) return [total, '0'.repeat(PLACES)]
  const scaled = (BigInt(digits) + 5n) / 10n
  return [String(scaled / MILLION), String(scaled % MILLION).padStart(PLACES, '0')]
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)
}
