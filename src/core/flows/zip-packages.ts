import { type DatedFile, writeArchive } from '../files/archive-file.ts'
import { writeTable } from '../files/csv-file.ts'
import { sha256Of } from '../files/spool.ts'
import { uniqueNames } from '../message/attachment-name.ts'
import type { AddendaWishes } from '../model/addenda.ts'
import type { Customer } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { NewEvent } from '../model/event.ts'
import type { Filing } from '../model/filed-package.ts'
import { segmentName } from '../model/name-pattern.ts'
import type { Choice } from '../model/choice.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { Period } from '../model/period.ts'
import { safeName } from '../model/safe-name.ts'
import type { IndexedFile } from '../store/documents.ts'
import { recordFiles } from '../store/packaged-files.ts'
import { type AddendaSources, openAddendas } from './addenda-sources.ts'
import type { Ctx } from './ctx.ts'
import { archiveName } from './parcel-archive.ts'
import { prepareDocument, type PreparedDocument } from './prepare-document.ts'

type Taken = Extract<Choice<IndexedFile>, { readonly result: 'take' }>
type Left = Extract<Choice<IndexedFile>, { readonly result: 'leave' }>

/** What one customer's archive holds. */
interface Month {
  readonly customer: Customer
  readonly type: PackagingType
  readonly taken: readonly Taken[]
}

export interface Zipping {
  readonly mode: 'write' | 'dry-run'
  /** The range that was asked for, which the archive is named after. */
  readonly period?: Period
  readonly addenda?: AddendaWishes | undefined
}

export interface Zipped {
  /** Where each document's archive is, or why there is none, by the path of its source. */
  readonly filings: ReadonlyMap<string, Filing>
  /** Documents that could not be read again. */
  readonly left: readonly Left[]
}

/** The index of an archive, first in no alphabet, so that nobody takes it for a document. */
const INDEX = 'index.csv'

/** SAT's own names where the CFDI has the field. */
const COLUMNS = [
  ...['UUID', 'TipoDeComprobante', 'Serie', 'Folio', 'Fecha', 'Total', 'Moneda', 'RfcEmisor', 'RfcReceptor'],
  ...['XML', 'XML SHA-256', 'PDF', 'PDF SHA-256', 'Otros'],
]

/**
 * Writes one ZIP a customer, with an index, of the documents whose type wants its destination folder zipped: the accountant's
 * month. The same documents give the same bytes, so a repetition keeps the file that is there.
 */
export async function zipPackages(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  zipping: Zipping,
): Promise<Zipped> {
  const filings = new Map<string, Filing>()
  const left: Left[] = []
  const months = monthsOf(choices)
  const names = months.flatMap(({ type }) => (type.addenda === null ? [] : [type.addenda]))
  const addendas = await openAddendas(ctx, { names, file: zipping.addenda?.dataFile ?? null })
  for (const month of months) {
    if (ctx.signal.aborted) break
    const filing =
      zipping.mode === 'dry-run'
        ? planned(month, zipping)
        : await zipMonth(ctx, month, { place: placeOf(month, zipping), left, addendas })
    for (const { file } of month.taken) filings.set(file.path, filing)
  }
  for (const { file } of left) filings.delete(file.path)
  return { filings, left }
}

/** Whether a document goes into an archive of its destination folder instead of lying there by itself. */
export function isZipped({ zip, folder }: Pick<PackagingType, 'zip' | 'folder'>): boolean {
  return zip && folder !== null
}

function monthsOf(choices: readonly Choice<IndexedFile>[]): Month[] {
  const months = new Map<string, Month & { readonly taken: Taken[] }>()
  for (const choice of choices) {
    if (choice.result !== 'take' || !isZipped(choice.type)) continue
    const { customer, type } = choice
    const key = `${customer.code} ${type.code}`
    const month = months.get(key)
    if (month === undefined) months.set(key, { customer, type, taken: [choice] })
    else month.taken.push(choice)
  }
  return [...months.values()].map((month) => ({ ...month, taken: month.taken.sort(byDate) }))
}

function byDate({ file: one }: Taken, { file: other }: Taken): number {
  const [a, b] = [one, other].map(({ issuedAt, uuid }) => `${issuedAt ?? ''} ${uuid ?? ''}`) as [
    string,
    string,
  ]
  return a < b ? -1 : 1
}

function placeOf({ customer, taken }: Month, { period }: Zipping): readonly string[] {
  const [from, to] = [period?.from ?? null, period?.to ?? null]
  const asked = from === null || to === null ? null : [from, to]
  const name = archiveName({ customer, part: 0 }, asked ?? taken.map(({ file }) => file.issuedAt ?? ''))
  return [segmentName(safeName(customer.code)), name.replace(/\.zip$/, '')]
}

function planned(month: Month, zipping: Zipping): Filing {
  const path = `${[month.type.folder ?? '', ...placeOf(month, zipping)].join('/')}.zip`
  return { ok: true, files: [{ path, sha256: '', bytes: 0 }] }
}

interface Making {
  readonly place: readonly string[]
  readonly addendas: AddendaSources | null
  /** Takes the documents that could not be read again. */
  readonly left: Left[]
}

async function zipMonth(ctx: Ctx, month: Month, { place, left, addendas }: Making): Promise<Filing> {
  const inside: string[] = []
  const entries = entriesOf(ctx, month, { left, inside, addendas })
  const filing = await writeArchive({ root: month.type.folder ?? '', place }, entries, ctx.fault)
  if (filing.ok) await record(ctx, month, { filing, inside })
  return filing
}

/** The entries one after another, so that only one document is in memory; the index comes last. */
function* entriesOf(
  ctx: Ctx,
  { customer, type, taken }: Month,
  { left, inside, addendas }: Omit<Making, 'place'> & { readonly inside: string[] },
): Generator<DatedFile> {
  const rows: string[][] = []
  let date = new Date(0)
  for (const { file } of taken) {
    const prepared = prepareDocument(file, type, { maxBytes: ctx.settings.maxFileBytes, addendas, customer })
    if (!prepared.ok) {
      const { reason, detail } = prepared
      left.push({ result: 'leave', file, customer, reason, detail })
      continue
    }
    const { document } = prepared
    const names = uniqueNames(document.attachments.map(({ name }) => name))
    const files = document.attachments.map(({ content }, i) => ({ name: names[i] ?? '', content }))
    // As if it were UTC: the same archive wherever it is made.
    date = new Date(`${document.head.issuedAt.slice(0, 19)}Z`)
    for (const one of files) yield { ...one, date }
    rows.push(rowOf(document, files))
    inside.push(document.head.stamp.uuid)
  }
  if (rows.length === 0) throw new CfdiMailError('BAD_ARCHIVE', { detail: '' })
  yield { name: INDEX, content: Buffer.from(writeTable(COLUMNS, rows)), date }
}

function rowOf(
  { head }: PreparedDocument,
  files: readonly { readonly name: string; readonly content: Buffer }[],
): string[] {
  const [xml, ...papers] = files
  const pdf = papers.find(({ name }) => name === xml?.name.replace(/\.xml$/, '.pdf'))
  const others = papers.filter((paper) => paper !== pdf)
  const sum = (file: typeof xml) => (file === undefined ? '' : sha256Of(file.content))
  return [
    head.stamp.uuid,
    head.kind,
    head.series ?? '',
    head.folio ?? '',
    head.issuedAt,
    head.total,
    head.currency,
    head.issuer.rfc,
    head.receiver.rfc,
    xml?.name ?? '',
    sum(xml),
    pdf?.name ?? '',
    sum(pdf),
    others.map(({ name }) => name).join(' '),
  ]
}

/** An archive belongs to no order: after sending it stays. */
async function record(
  ctx: Ctx,
  { customer, type, taken }: Month,
  {
    filing,
    inside,
  }: { readonly filing: Extract<Filing, { readonly ok: true }>; readonly inside: readonly string[] },
): Promise<void> {
  const at = ctx.now()
  const common = { customer: customer.code, order: null }
  const files = filing.files.flatMap((file) =>
    inside.map((uuid) => ({
      ...{ ...file, ...common, uuid, type: type.code, root: type.folder ?? '' },
      ...{ sourceSha256: null, state: 'stays' as const },
    })),
  )
  const alone = taken.filter(({ route, file }) => route === 'folder' && inside.includes(file.uuid ?? ''))
  const events = (type.logSuccess ? alone : []).map(({ file }): NewEvent => {
    const facts = { uuid: file.uuid, recipient: null, detail: filing.files[0]?.path ?? '' }
    return { at: at.toISOString(), level: 'info', event: 'filed', ...common, ...facts }
  })
  await recordFiles(ctx.db, { files, events, at })
}
