/** The text of a CFDI 4.0 for tests, from contents in which nothing is left to choose. */
import { createHash } from 'node:crypto'
import type { CfdiKind } from '../../src/core/model/cfdi.ts'

export type CfdiEncoding = 'utf-8' | 'utf-8-bom' | 'iso-8859-1' | 'utf-16le'

/** The kinds of a Comprobante; a Retenciones document has another schema. */
export type IssuedKind = Exclude<CfdiKind, 'R'>

export interface CfdiContents {
  readonly kind: IssuedKind
  readonly series: string | null
  readonly folio: string | null
  readonly issuedAt: string
  readonly stampedAt: string
  readonly issuerRfc: string
  readonly issuerName: string
  readonly receiverRfc: string
  readonly receiverName: string
  readonly total: string
  readonly currency: string
  readonly uuid: string
  readonly prefix: string
  readonly encoding: CfdiEncoding
  readonly stamped: boolean
  readonly seal: string
  readonly stampSeal: string
  readonly addenda?: string
  readonly payroll?: PayrollOptions
  readonly lines: number
}

/** What the Nomina 1.2 complement of an N says; what is left out is not there. */
export interface PayrollOptions {
  readonly curp?: string
  readonly employeeNumber?: string
  readonly paidOn?: string
  readonly from?: string
  readonly to?: string
}

const CERTIFICATE = filler('certificate', 1460)

/** The whole document, XML declaration included, in the child order of the XSD. */
export function documentXml(cfdi: CfdiContents): string {
  const tag = (name: string) => (cfdi.prefix === '' ? name : `${cfdi.prefix}:${name}`)
  const addenda = cfdi.addenda === undefined ? '' : `<${tag('Addenda')}>${cfdi.addenda}</${tag('Addenda')}>`
  const complements = complementXml(cfdi) + (cfdi.stamped ? stampXml(cfdi) : '')
  const parties =
    `<${tag('Emisor')} Rfc="${escape(cfdi.issuerRfc)}" Nombre="${escape(cfdi.issuerName)}" RegimenFiscal="601"/>` +
    `<${tag('Receptor')} Rfc="${escape(cfdi.receiverRfc)}" Nombre="${escape(cfdi.receiverName)}" ` +
    `DomicilioFiscalReceptor="86991" RegimenFiscalReceptor="601" UsoCFDI="${USES[cfdi.kind]}"/>`
  return (
    `<?xml version="1.0" encoding="${DECLARED[cfdi.encoding]}"?>\n` +
    `<${tag('Comprobante')} ${rootAttributes(cfdi)}>${parties}` +
    `<${tag('Conceptos')}>${linesXml(cfdi, tag('Concepto'))}</${tag('Conceptos')}>` +
    (complements === '' ? '' : `<${tag('Complemento')}>${complements}</${tag('Complemento')}>`) +
    `${addenda}</${tag('Comprobante')}>`
  )
}

const USES = { I: 'G03', E: 'G02', T: 'S01', N: 'CN01', P: 'CP01' } as const

/** T and P carry no money of their own: Total 0, Moneda XXX (Anexo 20, guía de llenado). */
const isMoneyless = (kind: IssuedKind): boolean => kind === 'T' || kind === 'P'

function rootAttributes(cfdi: CfdiContents): string {
  const moneyless = isMoneyless(cfdi.kind)
  const total = moneyless ? '0' : cfdi.total
  const attributes: readonly (readonly [string, string | null])[] = [
    [cfdi.prefix === '' ? 'xmlns' : `xmlns:${cfdi.prefix}`, 'http://www.sat.gob.mx/cfd/4'],
    ['Version', '4.0'],
    ['Serie', cfdi.series],
    ['Folio', cfdi.folio],
    ['Fecha', cfdi.issuedAt],
    ['Sello', cfdi.seal],
    ['FormaPago', moneyless ? null : '03'],
    ['NoCertificado', '30001000000500003416'],
    ['Certificado', CERTIFICATE],
    ['SubTotal', total],
    ['Moneda', moneyless ? 'XXX' : cfdi.currency],
    ['Total', total],
    ['TipoDeComprobante', cfdi.kind],
    ['Exportacion', '01'],
    ['MetodoPago', moneyless ? null : 'PUE'],
    ['LugarExpedicion', '42501'],
  ]
  return attributes
    .flatMap(([name, value]) => (value === null ? [] : [`${name}="${escape(value)}"`]))
    .join(' ')
}

/** The first Concepto carries the whole amount, so the sum is right whatever their number. */
function linesXml(cfdi: CfdiContents, tag: string): string {
  const total = isMoneyless(cfdi.kind) ? '0' : cfdi.total
  return Array.from({ length: cfdi.lines }, (_, index) => {
    const amount = escape(index === 0 ? total : '0')
    return (
      `<${tag} ClaveProdServ="84111506" Cantidad="1" ClaveUnidad="ACT" Descripcion="Concepto ${index + 1}" ` +
      `ValorUnitario="${amount}" Importe="${amount}" ObjetoImp="01"/>`
    )
  }).join('')
}

function complementXml(cfdi: CfdiContents): string {
  if (cfdi.kind === 'N') return payrollXml(cfdi)
  if (cfdi.kind !== 'P') return ''
  const amount = escape(cfdi.total)
  return (
    '<pago20:Pagos xmlns:pago20="http://www.sat.gob.mx/Pagos20" Version="2.0">' +
    `<pago20:Totales MontoTotalPagos="${amount}"/>` +
    `<pago20:Pago FechaPago="${escape(cfdi.issuedAt)}" FormaDePagoP="03" MonedaP="MXN" TipoCambioP="1" Monto="${amount}"/>` +
    '</pago20:Pagos>'
  )
}

function payrollXml({ payroll = {}, issuedAt, total }: CfdiContents): string {
  const day = issuedAt.slice(0, 10)
  const { curp, employeeNumber, paidOn = day, from = day, to = day } = payroll
  const receiver = [
    ...(curp === undefined ? [] : [`Curp="${escape(curp)}"`]),
    ...(employeeNumber === undefined ? [] : [`NumEmpleado="${escape(employeeNumber)}"`]),
  ]
  return (
    `<nomina12:Nomina xmlns:nomina12="http://www.sat.gob.mx/nomina12" Version="1.2" TipoNomina="O" FechaPago="${paidOn}" ` +
    `FechaInicialPago="${from}" FechaFinalPago="${to}" NumDiasPagados="15.000" TotalPercepciones="${escape(total)}">` +
    `<nomina12:Emisor/><nomina12:Receptor ${receiver.join(' ')} TipoContrato="01"/></nomina12:Nomina>`
  )
}

function stampXml(cfdi: CfdiContents): string {
  return (
    '<tfd:TimbreFiscalDigital xmlns:tfd="http://www.sat.gob.mx/TimbreFiscalDigital" Version="1.1" ' +
    `UUID="${escape(cfdi.uuid)}" FechaTimbrado="${escape(cfdi.stampedAt)}" RfcProvCertif="XIA190128J61" ` +
    `SelloCFD="${escape(cfdi.stampSeal)}" NoCertificadoSAT="30001000000400002443" ` +
    `SelloSAT="${filler(cfdi.uuid, 256)}"/>`
  )
}

const DECLARED = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8',
  'iso-8859-1': 'ISO-8859-1',
  'utf-16le': 'UTF-16',
} as const satisfies Record<CfdiEncoding, string>

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '"': '&quot;' }

function escape(text: string): string {
  return text.replace(/[&<"]/g, (character) => ENTITIES[character] ?? character)
}

/** Base64 of `bytes` pseudo-random bytes that depend on `seed` alone; 256 bytes look like an RSA-2048 seal. */
export function filler(seed: string, bytes: number): string {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
    createHash('sha256').update(`${index}|${seed}`).digest(),
  )
  return Buffer.concat(blocks).subarray(0, bytes).toString('base64')
}
