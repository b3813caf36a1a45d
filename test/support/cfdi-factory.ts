/** Documents made in memory for tests: stamped-looking CFDI 4.0, small PDFs, and an ERP folder that holds both. Same input, same bytes. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { documentXml, filler } from './cfdi-xml.ts'
import type { CfdiContents, CfdiEncoding, IssuedKind, PayrollOptions } from './cfdi-xml.ts'

export interface CfdiOptions {
  readonly kind?: IssuedKind
  /** `null` leaves the attribute out; the same for folio. */
  readonly series?: string | null
  readonly folio?: string | null
  /** `YYYY-MM-DDThh:mm:ss`, local. */
  readonly issuedAt?: string
  /** FechaTimbrado; the moment of issue when not given. */
  readonly stampedAt?: string
  readonly issuerRfc?: string
  readonly issuerName?: string
  readonly receiverRfc?: string
  readonly receiverName?: string
  /** Text of @Total. In a P it becomes the amount of the payment and in a T it is left out, because their own Total is 0. */
  readonly total?: string
  readonly currency?: string
  /** Any text, right or wrong; derived from issuer, series and folio when not given. */
  readonly uuid?: string
  /** Prefix of the CFDI namespace; `''` writes it as the default namespace. */
  readonly prefix?: string
  readonly encoding?: CfdiEncoding
  readonly stamped?: boolean
  /** @Sello; derived from the contents when not given, so one UUID with other contents has another seal. */
  readonly seal?: string
  /** @SelloCFD of the stamp; the same as the seal when not given. */
  readonly stampSeal?: string
  /** XML put inside an Addenda after the stamp. */
  readonly addenda?: string
  /** The Nomina complement of an N. */
  readonly payroll?: PayrollOptions
  /** Number of Concepto elements. */
  readonly lines?: number
}

const DEFAULTS = {
  kind: 'I',
  series: 'A',
  folio: '1001',
  issuedAt: '2024-05-20T09:00:00',
  issuerRfc: 'EKU9003173C9',
  issuerName: 'ESCUELA KEMPER URGATE',
  receiverRfc: 'URE180429TM6',
  receiverName: 'UNIVERSIDAD ROBOTICA ESPAÑOLA',
  total: '116.00',
  currency: 'MXN',
  prefix: 'cfdi',
  encoding: 'utf-8',
  stamped: true,
  lines: 1,
} as const satisfies CfdiOptions

/**
 * One CFDI 4.0 as bytes: well-formed, in the order of the XSD, with a TimbreFiscalDigital 1.1 unless `stamped: false`.
 * Seals and certificate are filler of the right shape (344 characters of base64): they equal each other but verify against no key.
 */
export function makeCfdi(options: CfdiOptions = {}): Buffer {
  const cfdi = fill(options)
  return encode(documentXml(cfdi), cfdi.encoding)
}

/** The UUID (upper case) that `makeCfdi` gives a document: the given one, else version-5-like from issuer, series and folio. */
export function uuidOf(options: CfdiOptions = {}): string {
  if (options.uuid !== undefined) return options.uuid
  const { issuerRfc, series, folio } = { ...DEFAULTS, ...options }
  const hex = createHash('sha1').update([issuerRfc, series, folio].join('|')).digest('hex')
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ]
  return parts.join('-').toUpperCase()
}

/** A one-page PDF 1.4 that shows `text` in Helvetica, at least `bytes` long; ends in `%%EOF`. */
export function makePdf(text: string, bytes = 0): Buffer {
  const shown = text.replace(/[\\()]/g, '\\$&')
  const drawing = `BT /F1 12 Tf 50 780 Td (${shown}) Tj ET`
  const bare = pdfOf(drawing)
  const missing = bytes - bare.length
  return missing > 0 ? pdfOf(`${drawing}\n%${' '.repeat(missing)}`) : bare
}

export interface ErpDocument {
  /** Name without extension; issuer, series and folio joined by `_` when not given. */
  readonly stem?: string
  /** What the XML holds: options for `makeCfdi`, or bytes as they are. */
  readonly cfdi: CfdiOptions | Buffer
  /** `null` for a document without PDF; a small one is made when not given. */
  readonly pdf?: Buffer | null
  readonly extension?: 'lower' | 'upper'
}

export interface ErpFile {
  readonly xml: string
  readonly pdf: string | null
}

/** Writes XML + PDF pairs into `dir` (made when it is not there) and gives their paths in the order of `documents`. */
export async function writeErpFolder(dir: string, documents: readonly ErpDocument[]): Promise<ErpFile[]> {
  await mkdir(dir, { recursive: true })
  return Promise.all(documents.map((document) => writePair(dir, document)))
}

async function writePair(dir: string, document: ErpDocument): Promise<ErpFile> {
  const stem = document.stem ?? stemOf(document.cfdi)
  const nameFor = (extension: string) =>
    join(dir, `${stem}.${document.extension === 'upper' ? extension.toUpperCase() : extension}`)
  const xml = nameFor('xml')
  await writeFile(xml, Buffer.isBuffer(document.cfdi) ? document.cfdi : makeCfdi(document.cfdi))
  if (document.pdf === null) return { xml, pdf: null }
  const pdf = nameFor('pdf')
  await writeFile(pdf, document.pdf ?? makePdf(stem))
  return { xml, pdf }
}

function stemOf(cfdi: CfdiOptions | Buffer): string {
  if (Buffer.isBuffer(cfdi)) throw new Error('a document given as bytes needs a stem')
  const { issuerRfc, series, folio } = { ...DEFAULTS, ...cfdi }
  // Series and folio may hold any character but `|`, so also those that no file name takes.
  return [issuerRfc, series ?? '', folio ?? ''].join('_').replace(/[/\\:*?"<>]/g, '-')
}

function fill(options: CfdiOptions): CfdiContents {
  const given = { ...DEFAULTS, ...options }
  const contents = [given.kind, given.series, given.folio, given.issuedAt, given.issuerRfc, given.receiverRfc]
  const seal = options.seal ?? filler([...contents, given.total, given.lines].join('|'), 256)
  return {
    ...given,
    stampedAt: options.stampedAt ?? given.issuedAt,
    uuid: uuidOf(options),
    seal,
    stampSeal: options.stampSeal ?? seal,
  }
}

function encode(xml: string, encoding: CfdiEncoding): Buffer {
  if (encoding === 'iso-8859-1') return Buffer.from(xml, 'latin1')
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${xml}`, 'utf16le')
  return Buffer.from(encoding === 'utf-8-bom' ? `\uFEFF${xml}` : xml, 'utf8')
}

/** One page of A4; the cross-reference table holds the byte offset of each object. */
function pdfOf(drawing: string): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${drawing.length}>>stream\n${drawing}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
  ]
  let body = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`
  return Buffer.from(
    `${body}${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  )
}
