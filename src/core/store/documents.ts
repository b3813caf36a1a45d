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

/** A row as the rest of the program sees it. */
export function toFile(row: Row<'document'>): IndexedFile {
  return {
    path: row.path,
    reason: row.reason as DocumentReason | null,
    detail: row.detail,
    size: row.size,
    mtimeUs: row.mtime_us,
    uuid: row.uuid,
    kind: row.kind as CfdiKind | null,
    series: row.series,
    folio: row.folio,
    issuedAt: row.issued_at,
    issuerRfc: row.issuer_rfc,
    receiverRfc: row.receiver_rfc,
    receiverName: row.receiver_name,
    total: row.total,
    currency: row.currency,
    sealMark: row.seal_mark,
    payroll: row.payroll === null ? null : (JSON.parse(row.payroll) as Payroll),
    pdf: row.pdf,
    extras: row.extras === '[]' ? NONE : (JSON.parse(row.extras) as string[]),
  }
}
