import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The corpus of public CFDI files lives outside the repository: `CFDI_MAIL_SHARED`, else `../shared` beside the project. */
const shared = process.env['CFDI_MAIL_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url))

export const corpusFolder = join(shared, 'cfdi', 'corpus')

/** A small output folder of an ERP: XML and PDF with the same stem. */
export const erpFolder = join(corpusFolder, 'erp-folder')

/** For the `skip` option of a test: false when the corpus is there, else why the test is skipped. */
export function corpusMissing(): false | string {
  return existsSync(join(corpusFolder, 'expected.json'))
    ? false
    : `no CFDI corpus at ${corpusFolder} (set CFDI_MAIL_SHARED)`
}

/** True, or the reason why the corpus cannot be used. */
export function corpusAvailable(): true | string {
  const missing = corpusMissing()
  return missing === false ? true : missing
}

interface ExpectedParty {
  readonly rfc: string | null
  readonly nombre: string | null
  readonly numRegIdTrib?: string | null
}

/** What is known of one corpus document, by another XML library. Absent and null both mean "not there". */
export interface ExpectedRecord {
  readonly file: string
  readonly why: string
  readonly verdict: string
  readonly kind: 'CFDI' | 'RET'
  readonly version: string
  readonly tipo: string | null
  readonly tipoRaw?: string | null
  readonly cveRetenc?: string | null
  readonly receptor: ExpectedParty
  readonly serie: string | null
  readonly folio: string | null
  readonly fecha: string | null
  readonly subTotal?: string | null
  readonly total: string | null
  readonly moneda: string | null
  readonly tipoCambio?: string | null
  readonly formaPago?: string | null
  readonly metodoPago?: string | null
  readonly lugarExpedicion?: string | null
  readonly noCertificado: string | null
  readonly usoCFDI?: string | null
  readonly conceptos?: number
  readonly complementos: readonly { readonly name: string }[]
  readonly addenda: unknown
  readonly uuid: string | null
  readonly uuidRaw: string | null
  readonly tfdCount: number
  readonly tfdVersion: string | null
  readonly fechaTimbrado: string | null
  readonly rfcProvCertif: string | null
  readonly noCertificadoSAT: string | null
  readonly qr: string | null
  readonly normalizado: {
    readonly emisorRfc: string | null
    readonly emisorNombre: string | null
    readonly receptorRfc: string | null
    readonly receptorNombre: string | null
    readonly serie: string | null
    readonly folio: string | null
  }
}

/** Every described document, those made for the corpus included. Empty when the corpus is not there. */
export function expectedRecords(): readonly ExpectedRecord[] {
  if (corpusMissing() !== false) return []
  return ['expected.json', 'expected-derived.json'].flatMap((name) => readJson(name) as ExpectedRecord[])
}

/** Path of a record's file. */
export function corpusPath(record: Pick<ExpectedRecord, 'file'>): string {
  return join(corpusFolder, record.file)
}

/** What is known of one document of the ERP folder. */
export interface ErpDocument {
  readonly xml: string
  readonly pdf: string | null
  readonly pdfMode: 'same' | 'othercase' | 'none'
  readonly uuid: string
  readonly serie: string
  readonly folio: string
  readonly fecha: string
  readonly fechaTimbrado: string
  readonly tipo: string
  readonly total: string
  readonly moneda: string
  readonly sha256: string
  readonly receptorRfc: string
  readonly receptorNombre: string
}

export function erpDocuments(): readonly ErpDocument[] {
  if (corpusMissing() !== false) return []
  return (readJson('expected-erp-folder.json') as { readonly documents: ErpDocument[] }).documents
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(corpusFolder, name), 'utf8'))
}
