import type { CfdiDetail, CfdiLine, CfdiTax } from '../model/cfdi-detail.ts'
import { attribute } from './attributes.ts'
import { decode } from './decode.ts'
import { knownName } from './names.ts'
import { DOCUMENT, type Scan } from './scan.ts'
import { readStrictly } from './strict-reading.ts'
import { tokenize } from './tokenizer.ts'

const ROOT = 2
const LINES = 3
const LINE = 4
const LINE_TAXES = 5
const LINE_TRANSFERRED = 6
const LINE_WITHHELD = 7
const TAXES = 8
const TRANSFERRED = 9
const WITHHELD = 10

/** Which children of which part are read, and what part they are then. A tax itself has nothing below that matters. */
const PARTS: ReadonlyMap<number, ReadonlyMap<number, number>> = new Map([
  [ROOT, names([['Conceptos', LINES], ['Impuestos', TAXES]])], // prettier-ignore
  [LINES, names([['Concepto', LINE]])],
  [LINE, names([['Impuestos', LINE_TAXES]])],
  [LINE_TAXES, names([['Traslados', LINE_TRANSFERRED], ['Retenciones', LINE_WITHHELD]])], // prettier-ignore
  [TAXES, names([['Traslados', TRANSFERRED], ['Retenciones', WITHHELD]])], // prettier-ignore
])

const TRANSFER = knownName('Traslado')
const WITHHOLDING = knownName('Retencion')

/** In 3.3 and 4.0 attributes begin with a capital letter, in 3.2 with a small one. */
const NAMES = {
  discount: bothCases('Descuento'),
  paymentConditions: bothCases('CondicionesDePago'),
  transferred: bothCases('TotalImpuestosTrasladados'),
  withheld: bothCases('TotalImpuestosRetenidos'),
  productKey: bothCases('ClaveProdServ'),
  sku: bothCases('NoIdentificacion'),
  quantity: bothCases('Cantidad'),
  unitKey: bothCases('ClaveUnidad'),
  unit: bothCases('Unidad'),
  description: bothCases('Descripcion'),
  unitPrice: bothCases('ValorUnitario'),
  amount: bothCases('Importe'),
  tax: bothCases('Impuesto'),
  factor: bothCases('TipoFactor'),
  rate: bothCases('TasaOCuota'),
  rate32: bothCases('Tasa'),
} as const

type Building<T> = { -readonly [Key in keyof T]: T[Key] }
type BuildingLine = Omit<CfdiLine, 'taxes'> & { readonly taxes: CfdiTax[] }
type Detail = Building<Omit<CfdiDetail, 'lines' | 'taxes'>> & {
  readonly lines: BuildingLine[]
  readonly taxes: CfdiTax[]
  uri: number
}

/**
 * Conceptos, taxes and the other data that an addenda may quote; read only when one is asked for. Retenciones have none.
 * @param bytes a document that `readHead` accepts
 */
export function readDetail(bytes: Buffer): CfdiDetail {
  const detail: Detail = {
    discount: '',
    paymentConditions: '',
    transferred: '',
    withheld: '',
    taxes: [],
    lines: [],
    uri: 0,
  }
  const decoded = decode(bytes)
  if (decoded.ok) {
    readStrictly(decoded, (scan) => {
      tokenize(scan, (current, parent) => take(detail, current, parent))
    })
  }
  const { uri: _, ...read } = detail
  return read
}

function take(detail: Detail, scan: Scan, parent: number): number {
  if (parent === DOCUMENT) return takeRoot(detail, scan)
  if (scan.uri !== detail.uri) return 0
  if (isTax(scan, parent)) takeTax(detail, scan, parent)
  const part = PARTS.get(parent)?.get(scan.local) ?? 0
  if (part === LINE) detail.lines.push(lineOf(scan))
  if (part === TAXES) {
    detail.transferred = text(scan, 'transferred')
    detail.withheld = text(scan, 'withheld')
  }
  return part
}

function takeRoot(detail: Detail, scan: Scan): number {
  detail.uri = scan.uri
  detail.discount = text(scan, 'discount')
  detail.paymentConditions = text(scan, 'paymentConditions')
  return ROOT
}

function isTax(scan: Scan, parent: number): boolean {
  if (parent === LINE_TRANSFERRED || parent === TRANSFERRED) return scan.local === TRANSFER
  return (parent === LINE_WITHHELD || parent === WITHHELD) && scan.local === WITHHOLDING
}

function takeTax(detail: Detail, scan: Scan, parent: number): void {
  const ofLine = parent === LINE_TRANSFERRED || parent === LINE_WITHHELD
  const taxes = ofLine ? detail.lines.at(-1)?.taxes : detail.taxes
  taxes?.push({
    kind: scan.local === TRANSFER ? 'transferred' : 'withheld',
    tax: text(scan, 'tax'),
    factor: text(scan, 'factor'),
    rate: text(scan, 'rate') || text(scan, 'rate32'),
    amount: text(scan, 'amount'),
  })
}

function lineOf(scan: Scan): BuildingLine {
  return {
    productKey: text(scan, 'productKey'),
    sku: text(scan, 'sku'),
    quantity: text(scan, 'quantity'),
    unitKey: text(scan, 'unitKey'),
    unit: text(scan, 'unit'),
    description: text(scan, 'description'),
    unitPrice: text(scan, 'unitPrice'),
    amount: text(scan, 'amount'),
    discount: text(scan, 'discount'),
    taxes: [],
  }
}

function text(scan: Scan, name: keyof typeof NAMES): string {
  const [capital, small] = NAMES[name]
  return attribute(scan, capital) ?? attribute(scan, small) ?? ''
}

function bothCases(name: string): readonly [capital: number, small: number] {
  return [knownName(name), knownName(`${name.slice(0, 1).toLowerCase()}${name.slice(1)}`)]
}

function names(pairs: readonly (readonly [name: string, part: number])[]): ReadonlyMap<number, number> {
  return new Map(pairs.map(([name, part]) => [knownName(name), part]))
}
