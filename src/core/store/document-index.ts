import { sql, type SqlBool } from 'kysely'
import type { DocumentFacts } from '../model/document-facts.ts'
import { prepared } from './prepared.ts'
import type { Db, Row } from './schema.ts'

/** Paths that a statement names. */
const CHUNK = 250

/** One file as it was read. */
export interface ReadFile {
  readonly path: string
  readonly size: number
  readonly mtimeUs: number
  readonly ctimeUs: number
  readonly pdf: string | null
  readonly extras: readonly string[]
  readonly facts: DocumentFacts
}

/** Writes what was read, new or changed, in one commit. */
export async function saveFiles(db: Db, files: readonly ReadFile[]): Promise<void> {
  if (files.length === 0) return
  await db.transaction().execute(async (db) => {
    for (const file of files) saveFile(db, rowOf(file))
  })
}

/** Every column but the key. */
const FACTS = [
  ...(['size', 'mtime_us', 'ctime_us', 'reason', 'detail', 'uuid', 'kind', 'series', 'folio'] as const),
  ...(['issued_at', 'issuer_rfc', 'receiver_rfc', 'receiver_name', 'total', 'currency'] as const),
  ...(['seal_mark', 'payroll', 'pdf', 'extras'] as const),
] as const
const COLUMNS = ['path', ...FACTS] as const

/** Says something else than what is there: a row that stays as it is is not written, and the store not changed. */
const IS_OTHER = sql<SqlBool>`(${sql.join(FACTS.map((column) => sql.ref(`document.${column}`)))})
  is not (${sql.join(FACTS.map((column) => sql.ref(`excluded.${column}`)))})`

/**
 * One row a statement. One that writes several keeps a journal of its own, to take back the first when the last one fails: two
 * thirds of all that was written.
 */
const saveFile = prepared((db, row: Row<'document'>) =>
  db
    .insertInto('document')
    .values(Object.fromEntries(COLUMNS.map((column) => [column, row[column]])) as unknown as Row<'document'>)
    .onConflict((conflict) =>
      conflict
        .column('path')
        .doUpdateSet((row) =>
          Object.fromEntries(FACTS.map((column) => [column, row.ref(`excluded.${column}`)])),
        )
        .where(IS_OTHER),
    ),
)

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

function rowOf({ path, size, mtimeUs, ctimeUs, facts, pdf, extras }: ReadFile): Row<'document'> {
  return {
    path,
    size,
    mtime_us: mtimeUs,
    ctime_us: ctimeUs,
    reason: facts.reason,
    detail: facts.detail,
    uuid: facts.uuid,
    kind: facts.kind,
    series: facts.series,
    folio: facts.folio,
    issued_at: facts.issuedAt,
    issuer_rfc: facts.issuerRfc,
    receiver_rfc: facts.receiverRfc,
    receiver_name: facts.receiverName,
    total: facts.total,
    currency: facts.currency,
    seal_mark: facts.sealMark,
    payroll: facts.payroll,
    pdf,
    extras: extras.length === 0 ? '[]' : JSON.stringify(extras),
  }
}
