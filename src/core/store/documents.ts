import type { CfdiKind, Payroll } from '../model/cfdi.ts'
import type { DocumentFacts } from '../model/document-facts.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { Db, Row } from './schema.ts'

/** A row of the index. */
export interface IndexedFile extends Omit<DocumentFacts, 'reason' | 'kind' | 'payroll'> {
  readonly path: string
  readonly reason: DocumentReason | null
  /** Bytes, when it was indexed. */
  readonly size: number
  readonly mtimeUs: number
  readonly kind: CfdiKind | null
  readonly payroll: Payroll | null
  readonly pdf: string | null
  readonly extras: readonly string[]
}

/** Every indexed file of that document. */
export async function findDocumentsByUuid(db: Db, uuid: string): Promise<IndexedFile[]> {
  const rows = await db
    .selectFrom('document')
    .selectAll()
    .where('uuid', '=', uuid.toUpperCase())
    .orderBy('path')
    .execute()
  return rows.map(toFile)
}

/** How many files may be sent, and how many may not. */
export async function countDocuments(
  db: Db,
): Promise<{ readonly usable: number; readonly unusable: number }> {
  const { all, usable } = await db
    .selectFrom('document')
    .select((select) => [
      select.fn.countAll<number>().as('all'),
      select.fn
        .sum<number | null>(select.case().when('reason', 'is', null).then(1).else(0).end())
        .as('usable'),
    ])
    .executeTakeFirstOrThrow()
  return { usable: Number(usable ?? 0), unusable: Number(all) - Number(usable ?? 0) }
}

const NONE: readonly string[] = []

/** The columns of an indexed file. */
export const FILE_COLUMNS = [
  'path',
  'reason',
  'detail',
  'size',
  'mtime_us',
  'uuid',
  'kind',
  'series',
  'folio',
  'issued_at',
  'issuer_rfc',
  'receiver_rfc',
  'receiver_name',
  'total',
  'currency',
  'seal_mark',
  'payroll',
  'pdf',
  'extras',
] as const

type ValuesOf<Columns extends readonly (keyof Row<'document'>)[]> = {
  readonly [At in keyof Columns]: Row<'document'>[Columns[At]]
}

/** A row as the list of its values, of `FILE_COLUMNS`. */
export type FileValues = ValuesOf<typeof FILE_COLUMNS>

/** A row as the rest of the program sees it. */
export function toFile(row: Row<'document'>): IndexedFile {
  return fileOf(FILE_COLUMNS.map((column) => row[column]) as unknown as FileValues)
}

/** The same of a list of values; what stands behind them is not looked at. */
export function fileOf(row: readonly [...FileValues, ...unknown[]]): IndexedFile {
  const [payroll, extras] = [row[16], row[18]]
  return {
    path: row[0],
    reason: row[1] as DocumentReason | null,
    detail: row[2],
    size: row[3],
    mtimeUs: row[4],
    uuid: row[5],
    kind: row[6] as CfdiKind | null,
    series: row[7],
    folio: row[8],
    issuedAt: row[9],
    issuerRfc: row[10],
    receiverRfc: row[11],
    receiverName: row[12],
    total: row[13],
    currency: row[14],
    sealMark: row[15],
    payroll: payroll === null ? null : (JSON.parse(payroll) as Payroll),
    pdf: row[17],
    extras: extras === '[]' ? NONE : (JSON.parse(extras) as string[]),
  }
}
