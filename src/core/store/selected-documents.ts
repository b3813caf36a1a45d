import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { Period, PeriodDate } from '../model/period.ts'
import { type IndexedFile, toFile } from './documents.ts'
import { listed } from './listed.ts'
import type { Db, Row, Schema } from './schema.ts'
import { isUnder } from './under-folder.ts'

/** Rows in memory at once. */
const PAGE = 200

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

/** Some of the selected rows. */
export interface DocumentPage {
  readonly files: readonly IndexedFile[]
  /** UUIDs of those that are somewhere else too: in another file, an order, a destination folder. */
  readonly elsewhere: readonly string[]
}

/**
 * The rows inside the filter by receiver, date and path, and before them every file of the sources whose receiver or date could
 * not be read: nobody can say that those are outside. Rows that are written or forgotten between two pages do no harm.
 */
export async function* selectDocuments(db: Db, filter: DocumentFilter): AsyncGenerator<DocumentPage> {
  const repeated = await repeatedUuids(db)
  const pages = (read: Reading) => pagesOf(read, repeated)
  const rows = flagged(db).where(isIn(filter)).limit(PAGE)
  // Without a date there is no head, and so no receiver: their place in the index.
  const undated = rows.where('receiver_rfc', '=', '').where('issued_at', 'is', null).orderBy('path')
  yield* pages((last) => undated.where('path', '>', last?.path ?? '').execute())
  const dated = rows
    .where((where) => where.and([where('issued_at', 'is not', null), ...inPeriod(where, filter)]))
    .orderBy('receiver_rfc')
    .orderBy('issued_at')
    .orderBy('path')
  if (filter.receiverRfcs === null) yield* pages((last) => dated.where(isAfter(last)).execute())
  for (const rfc of [...(filter.receiverRfcs ?? [])].sort()) {
    const own = dated.where('receiver_rfc', '=', rfc)
    yield* pages((last) => own.where(isAfter(last)).execute())
  }
}

/** Every selected file with one of these UUIDs. */
export async function selectedCopies(
  db: Db,
  filter: DocumentFilter,
  uuids: readonly string[],
): Promise<IndexedFile[]> {
  if (uuids.length === 0) return []
  const rows = await db
    .selectFrom('document')
    .selectAll()
    .where('uuid', 'in', listed(uuids))
    .where(isSelected(filter))
    .execute()
  return rows.map(toFile)
}

/** How many rows it would select, roughly: those that could not be read are not counted. */
export async function countSelected(db: Db, filter: DocumentFilter): Promise<number> {
  const { count } = await db
    .selectFrom('document')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where(isSelected(filter))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** UUIDs of several files: the index of UUIDs in its order, which takes less than to ask for some thousands of them. */
async function repeatedUuids(db: Db): Promise<ReadonlySet<string | null>> {
  const rows = await db
    .selectFrom('document')
    .select('uuid')
    .where('uuid', 'is not', null)
    .groupBy('uuid')
    .having((having) => having.fn.countAll(), '>', 1)
    .execute()
  return new Set(rows.map(({ uuid }) => uuid))
}

/** Whether an order or a destination folder has it. */
type Flagged = Row<'document'> & { readonly kept: 0 | 1 }
type Reading = (last: Row<'document'> | undefined) => Promise<readonly Flagged[]>

function flagged(db: Db) {
  const kept = sql<0 | 1>`
    exists (select 1 from order_document where order_document.uuid = document.uuid)
    or exists (select 1 from packaged_file where packaged_file.uuid = document.uuid)`
  return db.selectFrom('document').selectAll().select(kept.as('kept'))
}

async function* pagesOf(read: Reading, repeated: ReadonlySet<string | null>): AsyncGenerator<DocumentPage> {
  let last: Row<'document'> | undefined
  do {
    const rows = await read(last)
    if (rows.length > 0) yield pageOf(rows, repeated)
    last = rows.length === PAGE ? rows.at(-1) : undefined
  } while (last !== undefined)
}

function pageOf(rows: readonly Flagged[], repeated: ReadonlySet<string | null>): DocumentPage {
  const elsewhere: string[] = []
  for (const { uuid, kept } of rows)
    if (uuid !== null && (kept === 1 || repeated.has(uuid))) elsewhere.push(uuid)
  return { files: rows.map(toFile), elsewhere }
}

function isAfter(last: Row<'document'> | undefined): Expression<SqlBool> {
  const { receiver_rfc: rfc, issued_at: date, path } = last ?? { receiver_rfc: '', issued_at: '', path: '' }
  return sql<SqlBool>`(receiver_rfc, issued_at, path) > (${rfc}, ${date}, ${path})`
}

type Where = ExpressionBuilder<Schema, 'document'>

function isIn({ sources }: DocumentFilter): (where: Where) => Expression<SqlBool> {
  return (where) => where.or(sources.map((source) => isUnder(where, source)))
}

function isSelected(filter: DocumentFilter): (where: Where) => Expression<SqlBool> {
  const { receiverRfcs } = filter
  return (where) =>
    where.and([
      isIn(filter)(where),
      ...inPeriod(where, filter),
      ...(receiverRfcs === null ? [] : [where('receiver_rfc', 'in', receiverRfcs)]),
    ])
}

function inPeriod(where: Where, { period, periodOf = 'issued' }: DocumentFilter): Expression<SqlBool>[] {
  const date = DATES[periodOf]
  const parts: Expression<SqlBool>[] = periodOf === 'issued' ? [] : [where(date, '>', '')]
  if (period.from !== null) parts.push(where(date, '>=', period.from))
  // Later than any time of that day, as text: issued_at is local time without zone and never becomes a Date.
  if (period.to !== null) parts.push(where(date, '<=', `${period.to}T99`))
  return parts
}

const DATES = {
  issued: sql<string>`issued_at`,
  paid: sql<string>`json_extract(payroll, '$.paidOn')`,
  'pay-period': sql<string>`json_extract(payroll, '$.to')`,
} as const satisfies Record<PeriodDate, Expression<string>>
