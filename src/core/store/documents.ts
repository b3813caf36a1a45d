import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { CfdiKind, Payroll } from '../model/cfdi.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { Period, PeriodDate } from '../model/period.ts'
import type { Db, Row, Schema } from './schema.ts'
import { isUnder } from './under-folder.ts'

/** A row of the index. */
export interface IndexedFile {
  readonly path: string
  readonly reason: DocumentReason | null
  readonly detail: string
  /** Bytes, when it was indexed. */
  readonly size: number
  readonly mtimeUs: number
  readonly uuid: string | null
  readonly kind: CfdiKind | null
  readonly series: string
  readonly folio: string
  readonly issuedAt: string | null
  readonly issuerRfc: string
  readonly receiverRfc: string
  readonly receiverName: string
  readonly total: string
  readonly currency: string
  readonly sealMark: string
  readonly payroll: Payroll | null
  readonly pdf: string | null
  readonly extras: readonly string[]
}

/** Which rows of the index. */
export interface DocumentFilter {
  /** Absolute folders. */
  readonly sources: readonly string[]
  readonly period: Period
  /** The date that the period is of; left out for the document's own. One that has no such date is outside. */
  readonly periodOf?: PeriodDate | undefined
  /** Receivers, or null for all. */
  readonly receiverRfcs: readonly string[] | null
}

/**
 * The rows inside the filter by receiver, date and path, and every file of the sources whose receiver or date could not be
 * read: nobody can say that those are outside.
 */
export async function selectDocuments(db: Db, filter: DocumentFilter): Promise<IndexedFile[]> {
  const rows = await db
    .selectFrom('document')
    .selectAll()
    .where((where) => where.or(filter.sources.map((source) => isUnder(where, source))))
    .where((where) => where.or([where('issued_at', 'is', null), where.and(facts(where, filter))]))
    .orderBy('receiver_rfc')
    .orderBy('issued_at')
    .orderBy('path')
    .execute()
  return rows.map(toFile)
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

function facts(where: ExpressionBuilder<Schema, 'document'>, filter: DocumentFilter): Expression<SqlBool>[] {
  const { period, periodOf = 'issued' } = filter
  const date = DATES[periodOf]
  const parts: Expression<SqlBool>[] = periodOf === 'issued' ? [] : [where(date, '>', '')]
  if (period.from !== null) parts.push(where(date, '>=', period.from))
  // Later than any time of that day, as text: issued_at is local time without zone and never becomes a Date.
  if (period.to !== null) parts.push(where(date, '<=', `${period.to}T99`))
  if (filter.receiverRfcs !== null) parts.push(where('receiver_rfc', 'in', filter.receiverRfcs))
  return parts.length === 0 ? [where('issued_at', 'is not', null)] : parts
}

const DATES = {
  issued: sql<string>`issued_at`,
  paid: sql<string>`json_extract(payroll, '$.paidOn')`,
  'pay-period': sql<string>`json_extract(payroll, '$.to')`,
} as const satisfies Record<PeriodDate, Expression<string>>

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
