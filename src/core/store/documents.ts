import { createHash } from 'node:crypto'
import type { Expression, ExpressionBuilder, OnConflictDatabase, OnConflictTables, SqlBool } from 'kysely'
import type { CfdiKind, HeadReading } from '../model/cfdi.ts'
import type { DocumentReason } from '../model/packaging.ts'
import type { Period } from '../model/period.ts'
import type { Db, NewRow, Row, Schema } from './schema.ts'

/** Rows a statement takes: 18 columns each, SQLite allows 32,766 values in one. */
const CHUNK = 500

/** What the index knows of a file before it is read again. */
export interface KnownFile {
  readonly size: number
  readonly mtimeUs: number
  readonly pdf: string | null
  /** JSON list. */
  readonly extras: string
  readonly usable: boolean
}

/** One file as it was read. */
export interface ReadFile {
  readonly path: string
  readonly size: number
  readonly mtimeUs: number
  readonly pdf: string | null
  readonly extras: readonly string[]
  readonly reading: HeadReading
}

/** A row of the index. */
export interface IndexedFile {
  readonly path: string
  readonly reason: DocumentReason | null
  readonly detail: string
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
  readonly sealSha256: string
  readonly pdf: string | null
  readonly extras: readonly string[]
}

/** Which rows of the index. */
export interface DocumentFilter {
  /** Absolute folders. */
  readonly sources: readonly string[]
  readonly period: Period
  /** Receivers, or null for all. */
  readonly receiverRfcs: readonly string[] | null
}

/** The files of a folder that the index knows, by path. */
export async function knownFiles(db: Db, source: string): Promise<Map<string, KnownFile>> {
  const rows = await db
    .selectFrom('document')
    .select(['path', 'size', 'mtime_us', 'pdf', 'extras', 'reason'])
    .where((where) => isUnder(where, source))
    .execute()
  return new Map(
    rows.map((row) => [
      row.path,
      { size: row.size, mtimeUs: row.mtime_us, pdf: row.pdf, extras: row.extras, usable: row.reason === null },
    ]),
  )
}

/** Writes what was read, new or changed, in one commit. */
export async function saveFiles(db: Db, files: readonly ReadFile[]): Promise<void> {
  await db.transaction().execute(async (db) => {
    for (let start = 0; start < files.length; start += CHUNK) {
      await db
        .insertInto('document')
        .values(files.slice(start, start + CHUNK).map(toRow))
        .onConflict((conflict) => conflict.column('path').doUpdateSet((row) => excluded(row)))
        .execute()
    }
  })
}

/** The XML is the same, its papers are not. */
export async function savePapers(
  db: Db,
  file: { readonly path: string; readonly pdf: string | null; readonly extras: readonly string[] },
): Promise<void> {
  await db
    .updateTable('document')
    .set({ pdf: file.pdf, extras: JSON.stringify(file.extras) })
    .where('path', '=', file.path)
    .execute()
}

/** Forgets files that are no longer there. */
export async function forgetFiles(db: Db, paths: readonly string[]): Promise<void> {
  for (let start = 0; start < paths.length; start += CHUNK) {
    await db
      .deleteFrom('document')
      .where('path', 'in', paths.slice(start, start + CHUNK))
      .execute()
  }
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

/** UUIDs that two files of the sources claim with different seals. */
export async function conflictingUuids(db: Db, sources: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('document')
    .select('uuid')
    .where('reason', 'is', null)
    .where('uuid', 'is not', null)
    .where((where) => where.or(sources.map((source) => isUnder(where, source))))
    .groupBy('uuid')
    .having((having) => having.fn.count('seal_sha256').distinct(), '>', 1)
    .execute()
  return new Set(rows.flatMap((row) => (row.uuid === null ? [] : [row.uuid])))
}

/** How many files may be sent, and how many may not. */
export async function countDocuments(db: Db): Promise<{ readonly usable: number; readonly unusable: number }> {
  const { all, usable } = await db
    .selectFrom('document')
    .select((select) => [
      select.fn.countAll<number>().as('all'),
      select.fn.sum<number | null>(select.case().when('reason', 'is', null).then(1).else(0).end()).as('usable'),
    ])
    .executeTakeFirstOrThrow()
  return { usable: Number(usable ?? 0), unusable: Number(all) - Number(usable ?? 0) }
}

function facts(
  where: ExpressionBuilder<Schema, 'document'>,
  filter: DocumentFilter,
): Expression<SqlBool>[] {
  const parts: Expression<SqlBool>[] = []
  if (filter.period.from !== null) parts.push(where('issued_at', '>=', filter.period.from))
  // Later than any time of that day, as text: issued_at is local time without zone and never becomes a Date.
  if (filter.period.to !== null) parts.push(where('issued_at', '<=', `${filter.period.to}T99`))
  if (filter.receiverRfcs !== null) parts.push(where('receiver_rfc', 'in', filter.receiverRfcs))
  return parts.length === 0 ? [where('issued_at', 'is not', null)] : parts
}

/** By comparing the beginning and not by LIKE or a range: file names hold `%` and `_`, and engines sort text differently. */
function isUnder(where: ExpressionBuilder<Schema, 'document'>, source: string): Expression<SqlBool> {
  const prefix = source.endsWith('/') || source.endsWith('\\') ? source : `${source}${source.includes('\\') ? '\\' : '/'}`
  return where(where.fn('substr', ['path', where.val(1), where.val(prefix.length)]), '=', prefix)
}

/** Every column but the key, as the row that was to be inserted has it. */
function excluded(row: ExpressionBuilder<OnConflictDatabase<Schema, 'document'>, OnConflictTables<'document'>>) {
  return {
    size: row.ref('excluded.size'),
    mtime_us: row.ref('excluded.mtime_us'),
    reason: row.ref('excluded.reason'),
    detail: row.ref('excluded.detail'),
    uuid: row.ref('excluded.uuid'),
    kind: row.ref('excluded.kind'),
    series: row.ref('excluded.series'),
    folio: row.ref('excluded.folio'),
    issued_at: row.ref('excluded.issued_at'),
    issuer_rfc: row.ref('excluded.issuer_rfc'),
    receiver_rfc: row.ref('excluded.receiver_rfc'),
    receiver_name: row.ref('excluded.receiver_name'),
    total: row.ref('excluded.total'),
    currency: row.ref('excluded.currency'),
    seal_sha256: row.ref('excluded.seal_sha256'),
    pdf: row.ref('excluded.pdf'),
    extras: row.ref('excluded.extras'),
  }
}

function toRow(file: ReadFile): NewRow<'document'> {
  const { reading } = file
  const head = reading.head
  return {
    path: file.path,
    size: file.size,
    mtime_us: file.mtimeUs,
    reason: reading.ok ? null : reading.reason,
    detail: reading.ok ? '' : reading.detail,
    // A stamp whose UUID is none names nothing.
    uuid: !reading.ok && reading.reason === 'bad-uuid' ? null : (head?.stamp?.uuid ?? null),
    kind: head?.kind ?? null,
    series: head?.series ?? '',
    folio: head?.folio ?? '',
    issued_at: head?.issuedAt ?? null,
    issuer_rfc: head?.issuer.rfc ?? '',
    receiver_rfc: head?.receiver.rfc ?? '',
    receiver_name: head?.receiver.name ?? '',
    total: head?.total ?? '',
    currency: head?.currency ?? '',
    seal_sha256: head === null ? '' : createHash('sha256').update(head.seal).digest('base64'),
    pdf: file.pdf,
    extras: JSON.stringify(file.extras),
  }
}

function toFile(row: Row<'document'>): IndexedFile {
  return {
    path: row.path,
    reason: row.reason as DocumentReason | null,
    detail: row.detail,
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
    sealSha256: row.seal_sha256,
    pdf: row.pdf,
    extras: JSON.parse(row.extras) as string[],
  }
}
