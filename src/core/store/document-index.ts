import type { CompiledQuery } from 'kysely'
import type { DocumentFacts } from '../model/document-facts.ts'
import type { Db, Row } from './schema.ts'

/** Rows a statement takes: 20 columns each, SQLite allows 32,766 values in one. */
const CHUNK = 250

/** One file as it was read. */
export interface IndexedFile {
  readonly path: string
  readonly size: number
  readonly mtimeUs: number
  readonly ctimeUs: number
  readonly pdf: string | null
  readonly extras: readonly string[]
  readonly facts: DocumentFacts
}

/** Writes what was read, new or changed, in one commit. */
export async function saveFiles(db: Db, files: readonly IndexedFile[]): Promise<void> {
  if (files.length === 0) return
  await db.transaction().execute(async (db) => {
    for (let start = 0; start < files.length; start += CHUNK) await put(db, files.slice(start, start + CHUNK))
  })
}

/** For CHUNK rows, built once: building it takes as long as running it. */
let usual: CompiledQuery | undefined

async function put(db: Db, files: readonly IndexedFile[]): Promise<void> {
  const query = files.length === CHUNK ? (usual ??= insertion(db, CHUNK)) : insertion(db, files.length)
  const parameters: unknown[] = []
  for (const file of files) addValues(parameters, file)
  await db.executeQuery({ ...query, parameters })
}

/** Kysely asks for values, and only counts them here. */
function insertion(db: Db, rows: number): CompiledQuery {
  const row = Object.fromEntries(COLUMNS.map((column) => [column, 0])) as unknown as Row<'document'>
  return db
    .insertInto('document')
    .values(new Array<Row<'document'>>(rows).fill(row))
    .onConflict((conflict) =>
      conflict
        .column('path')
        .doUpdateSet((row) =>
          Object.fromEntries(FACTS.map((column) => [column, row.ref(`excluded.${column}`)])),
        ),
    )
    .compile()
}

/** Every column but the key. */
const FACTS = [
  ...(['size', 'mtime_us', 'ctime_us', 'reason', 'detail', 'uuid', 'kind', 'series', 'folio'] as const),
  ...(['issued_at', 'issuer_rfc', 'receiver_rfc', 'receiver_name', 'total', 'currency'] as const),
  ...(['seal_mark', 'payroll', 'pdf', 'extras'] as const),
] as const
const COLUMNS = ['path', ...FACTS] as const

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

/** The row's values in the order of COLUMNS. Pushed: `flatMap` takes as long as SQLite does. */
function addValues(
  parameters: unknown[],
  { path, size, mtimeUs, ctimeUs, facts, pdf, extras }: IndexedFile,
): void {
  parameters.push(path, size, mtimeUs, ctimeUs, facts.reason, facts.detail, facts.uuid, facts.kind)
  parameters.push(facts.series, facts.folio, facts.issuedAt, facts.issuerRfc, facts.receiverRfc)
  parameters.push(facts.receiverName, facts.total, facts.currency, facts.sealMark, facts.payroll)
  parameters.push(pdf, extras.length === 0 ? '[]' : JSON.stringify(extras))
}
