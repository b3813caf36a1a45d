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

/** The columns that decide what becomes of a document. */
export const CHOICE_COLUMNS = [
  'path',
  'reason',
  'detail',
  'size',
  'uuid',
  'kind',
  'receiver_rfc',
  'receiver_name',
  'payroll',
  'pdf',
  'extras',
] as const

/** Those that are only told, or named in its files. */
export const TOLD_COLUMNS = [
  'mtime_us',
  'series',
  'folio',
  'issued_at',
  'issuer_rfc',
  'total',
  'currency',
  'seal_mark',
] as const

const FILE_COLUMNS = [...CHOICE_COLUMNS, ...TOLD_COLUMNS]

type ValuesOf<Columns extends readonly (keyof Row<'document'>)[]> = {
  readonly [At in keyof Columns]: Row<'document'>[Columns[At]]
}

type ChoiceValues = ValuesOf<typeof CHOICE_COLUMNS>
type ToldValues = ValuesOf<typeof TOLD_COLUMNS>

/** A row as the list of its values: one of the asker's own, then those that decide, and mostly those that are told. */
export type FileValues<Own> = readonly [Own, ...ChoiceValues, ...ToldValues] | readonly [Own, ...ChoiceValues]

const UNTOLD: readonly [null, ...ChoiceValues, ...ToldValues] = [
  ...([null, '', null, '', 0, null, null, '', '', null, null, '[]'] as const),
  ...([0, '', '', null, '', '', '', ''] as const),
]

/** A row as the rest of the program sees it. */
export function toFile(row: Row<'document'>): IndexedFile {
  const values = FILE_COLUMNS.map((column) => row[column])
  return fileOf([null, ...values] as unknown as FileValues<null>)
}

/** The same of a list of values; what was not asked for is empty. */
export function fileOf(row: FileValues<unknown>): IndexedFile {
  const [payroll, extras] = [row[9], row[11]]
  const told = row.length === UNTOLD.length ? row : UNTOLD
  return {
    path: row[1],
    reason: row[2] as DocumentReason | null,
    detail: row[3],
    size: row[4],
    uuid: row[5],
    kind: row[6] as CfdiKind | null,
    receiverRfc: row[7],
    receiverName: row[8],
    payroll: payroll === null ? null : (JSON.parse(payroll) as Payroll),
    pdf: row[10],
    extras: extras === '[]' ? NONE : (JSON.parse(extras) as string[]),
    mtimeUs: told[12],
    series: told[13],
    folio: told[14],
    issuedAt: told[15],
    issuerRfc: told[16],
    total: told[17],
    currency: told[18],
    sealMark: told[19],
  }
}
