import type { AddendaData, AddendaField } from '../model/addenda.ts'
import { addendaFieldKey } from '../model/addenda.ts'
import type { StampedHead } from '../model/cfdi.ts'
import type { CfdiDetail, CfdiLine, CfdiTax } from '../model/cfdi-detail.ts'
import { cleanLine } from '../model/clean.ts'
import { sumDecimals } from '../model/decimal.ts'
import { percentage } from './money.ts'

/** What an addenda is made of. */
export interface AddendaSource {
  readonly head: StampedHead
  readonly detail: CfdiDetail
  readonly customer: { readonly code: string; readonly name: string; readonly rfc: string }
  readonly data: AddendaData
}

interface Line {
  readonly line: CfdiLine
  readonly number: number
  readonly version: string
}

type Table<Source> = Readonly<Record<string, (source: Source) => string>>

/**
 * Fields of the document, by the names that 4.0 gives its attributes, whatever the version at hand; what begins with a small
 * letter is worked out. An amount is the text of the XML.
 */
const DOCUMENT: Table<AddendaSource> = {
  Version: ({ head }) => head.version,
  Serie: ({ head }) => head.series ?? '',
  Folio: ({ head }) => head.folio ?? '',
  serieFolio: ({ head }) => `${head.series ?? ''}${head.folio ?? ''}`,
  Fecha: ({ head }) => head.issuedAt,
  UUID: ({ head }) => head.stamp.uuid,
  FechaTimbrado: ({ head }) => head.stamp.stampedAt,
  TipoDeComprobante: ({ head }) => head.kindRaw,
  EmisorRfc: ({ head }) => head.issuer.rfc,
  EmisorNombre: ({ head }) => head.issuer.name,
  ReceptorRfc: ({ head }) => head.receiver.rfc || (head.receiver.foreignId ?? ''),
  ReceptorNombre: ({ head }) => head.receiver.name,
  UsoCFDI: ({ head }) => head.receiver.cfdiUse ?? '',
  SubTotal: ({ head }) => head.subtotal ?? head.total,
  Descuento: ({ detail }) => detail.discount || '0',
  Total: ({ head }) => head.total,
  Moneda: ({ head }) => head.currency,
  TipoCambio: ({ head }) => head.exchangeRate ?? '1',
  FormaPago: ({ head }) => head.paymentForm ?? '',
  MetodoPago: ({ head }) => head.paymentMethod ?? '',
  CondicionesDePago: ({ detail }) => detail.paymentConditions,
  LugarExpedicion: ({ head }) => head.issuedIn ?? '',
  NoCertificado: ({ head }) => head.certificate,
  TotalImpuestosTrasladados: ({ detail }) => detail.transferred || '0',
  TotalImpuestosRetenidos: ({ detail }) => detail.withheld || '0',
  iva: ({ detail }) => taxSum(detail.taxes, IVA),
  tasaIva: ({ head, detail }) => taxRate(detail.taxes, IVA, head.version),
  ieps: ({ detail }) => taxSum(detail.taxes, IEPS),
  tasaIeps: ({ head, detail }) => taxRate(detail.taxes, IEPS, head.version),
  conceptos: ({ detail }) => String(detail.lines.length),
  cantidadTotal: ({ detail }) => sumDecimals(detail.lines.map((line) => line.quantity)) ?? '0',
}

/** Fields of one Concepto, inside `{{#each conceptos}}`. */
const LINE: Table<Line> = {
  numero: ({ number }) => String(number),
  ClaveProdServ: ({ line }) => line.productKey,
  NoIdentificacion: ({ line }) => line.sku,
  Cantidad: ({ line }) => line.quantity,
  ClaveUnidad: ({ line }) => line.unitKey,
  Unidad: ({ line }) => line.unit,
  Descripcion: ({ line }) => line.description,
  ValorUnitario: ({ line }) => line.unitPrice,
  Importe: ({ line }) => line.amount,
  Descuento: ({ line }) => line.discount || '0',
  neto: ({ line }) => sumDecimals([line.amount, `-${line.discount || '0'}`]) ?? line.amount,
  iva: ({ line }) => taxSum(line.taxes, IVA),
  tasaIva: ({ line, version }) => taxRate(line.taxes, IVA, version),
  ieps: ({ line }) => taxSum(line.taxes, IEPS),
  tasaIeps: ({ line, version }) => taxRate(line.taxes, IEPS, version),
}

const CUSTOMER: Table<AddendaSource> = {
  clave: ({ customer }) => customer.code,
  nombre: ({ customer }) => customer.name,
  rfc: ({ customer }) => customer.rfc,
}

/** c_Impuesto, and the name that 3.2 writes. */
const IVA: readonly string[] = ['002', 'IVA']
const IEPS: readonly string[] = ['003', 'IEPS']

/** Name of the list that `{{#each …}}` walks. */
export const LINE_LIST = 'conceptos'
/** Name of the group of data that come from outside the document: any name may stand in it. */
export const DATA_GROUP = 'dato'
export const LINE_FIELDS: readonly string[] = Object.keys(LINE)
/** Names that may stand behind each group's name. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  cfdi: Object.keys(DOCUMENT),
  cliente: Object.keys(CUSTOMER),
}

/**
 * What a template is rendered with: plain texts on one line each. Inside the loop the groups are there too, and a datum of a
 * line that is not given is the document's.
 * @param fields those that the template names: one that is not given is ''
 */
export function addendaContext(source: AddendaSource, fields: readonly AddendaField[]): object {
  const groups = { cfdi: texts(DOCUMENT, source), cliente: texts(CUSTOMER, source) }
  const { head, detail, data } = source
  const values = (number: number) =>
    Object.fromEntries(fields.map(({ name }) => [name, cleanLine(datum(data, name, number))]))
  return {
    ...groups,
    [DATA_GROUP]: values(0),
    [LINE_LIST]: detail.lines.map((line, i) => ({
      ...texts(LINE, { line, number: i + 1, version: head.version }),
      ...groups,
      [DATA_GROUP]: values(i + 1),
    })),
  }
}

function datum(data: AddendaData, name: string, line: number): string {
  const key = addendaFieldKey(name)
  return data.lines.get(line)?.get(key) || (data.fields.get(key) ?? '')
}

function texts<Source>(table: Table<Source>, source: Source): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(table).map(([name, of]) => [name, cleanLine(of(source))]))
}

function transferred(taxes: readonly CfdiTax[], names: readonly string[]): CfdiTax[] {
  return taxes.filter((tax) => tax.kind === 'transferred' && names.includes(tax.tax.toUpperCase()))
}

function taxSum(taxes: readonly CfdiTax[], names: readonly string[]): string {
  return sumDecimals(transferred(taxes, names).map((tax) => tax.amount || '0')) ?? '0'
}

/** As a percentage; the first one where there are several. 3.2 writes it as one. */
function taxRate(taxes: readonly CfdiTax[], names: readonly string[], version: string): string {
  const rate = transferred(taxes, names).find((tax) => tax.rate !== '')?.rate ?? '0'
  return (version === '3.2' ? rate : percentage(rate)) ?? rate
}
