import type { ExpressionBuilder, OnConflictDatabase, OnConflictTables } from 'kysely'
import { type CfdiHead, type HeadReading, sealMark } from '../model/cfdi.ts'
import type { Db, NewRow, Schema } from './schema.ts'
import { isUnder } from './under-folder.ts'

/** Rows a statement takes: 20 columns each, SQLite allows 32,766 values in one. */
const CHUNK = 500

/** What the index knows of a file before it is read again. */
export interface KnownFile {
  readonly size: number
  readonly mtimeUs: number
  readonly ctimeUs: number
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
  readonly ctimeUs: number
  readonly pdf: string | null
  readonly extras: readonly string[]
  readonly reading: HeadReading
}

/** The files of a folder that the index knows, by path. */
export async function knownFiles(db: Db, source: string): Promise<Map<string, KnownFile>> {
  const rows = await db
    .selectFrom('document')
    .select(['path', 'size', 'mtime_us', 'ctime_us', 'pdf', 'extras', 'reason'])
    .where((where) => isUnder(where, source))
    .execute()
  return new Map(
    rows.map((row) => [
      row.path,
      {
        size: row.size,
        mtimeUs: row.mtime_us,
        ctimeUs: row.ctime_us,
        pdf: row.pdf,
        extras: row.extras,
        usable: row.reason === null,
      },
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

/** Every column but the key, as the row that was to be inserted has it. */
function excluded(
  row: ExpressionBuilder<OnConflictDatabase<Schema, 'document'>, OnConflictTables<'document'>>,
) {
  return {
    size: row.ref('excluded.size'),
    mtime_us: row.ref('excluded.mtime_us'),
    ctime_us: row.ref('excluded.ctime_us'),
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
    seal_mark: row.ref('excluded.seal_mark'),
    payroll: row.ref('excluded.payroll'),
    pdf: row.ref('excluded.pdf'),
    extras: row.ref('excluded.extras'),
  }
}

function toRow(file: ReadFile): NewRow<'document'> {
  const { reading } = file
  return {
    path: file.path,
    size: file.size,
    mtime_us: file.mtimeUs,
    ctime_us: file.ctimeUs,
    reason: reading.ok ? null : reading.reason,
    detail: reading.ok ? '' : reading.detail,
    ...(reading.head === null ? NO_FACTS : factsOf(reading.head)),
    // A stamp whose UUID is none names nothing.
    ...(!reading.ok && reading.reason === 'bad-uuid' ? { uuid: null } : {}),
    pdf: file.pdf,
    extras: JSON.stringify(file.extras),
  }
}

const NO_FACTS = {
  uuid: null,
  kind: null,
  series: '',
  folio: '',
  issued_at: null,
  issuer_rfc: '',
  receiver_rfc: '',
  receiver_name: '',
  total: '',
  currency: '',
  seal_mark: '',
  payroll: null,
}

function factsOf(head: CfdiHead) {
  return {
    uuid: head.stamp?.uuid ?? null,
    kind: head.kind,
    series: head.series ?? '',
    folio: head.folio ?? '',
    issued_at: head.issuedAt,
    issuer_rfc: head.issuer.rfc,
    receiver_rfc: head.receiver.rfc,
    receiver_name: head.receiver.name,
    total: head.total,
    currency: head.currency,
    seal_mark: sealMark(head),
    payroll: head.payroll === null ? null : JSON.stringify(head.payroll),
  }
}
