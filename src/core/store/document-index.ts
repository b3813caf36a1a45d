import type { CompiledQuery } from 'kysely'
import { type CfdiHead, type HeadReading, sealMark } from '../model/cfdi.ts'
import type { Db, Row } from './schema.ts'

/** Rows a statement takes: 20 columns each, SQLite allows 32,766 values in one. */
const CHUNK = 250

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

/** Writes what was read, new or changed, in one commit. */
export async function saveFiles(db: Db, files: readonly ReadFile[]): Promise<void> {
  if (files.length === 0) return
  await db.transaction().execute(async (db) => {
    for (let start = 0; start < files.length; start += CHUNK) await put(db, files.slice(start, start + CHUNK))
  })
}

/** For CHUNK rows, built once: building it takes as long as running it. */
let usual: CompiledQuery | undefined

async function put(db: Db, files: readonly ReadFile[]): Promise<void> {
  const query = files.length === CHUNK ? (usual ??= insertion(db, CHUNK)) : insertion(db, files.length)
  await db.executeQuery({ ...query, parameters: files.flatMap(valuesOf) })
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

/** The row's values in the order of COLUMNS. */
function valuesOf(file: ReadFile): readonly unknown[] {
  const { reading } = file
  const facts = reading.head === null ? NO_FACTS : factsOf(reading.head)
  return [
    file.path,
    file.size,
    file.mtimeUs,
    file.ctimeUs,
    reading.ok ? null : reading.reason,
    reading.ok ? '' : reading.detail,
    // A stamp whose UUID is none names nothing.
    !reading.ok && reading.reason === 'bad-uuid' ? null : facts.uuid,
    facts.kind,
    facts.series,
    facts.folio,
    facts.issued_at,
    facts.issuer_rfc,
    facts.receiver_rfc,
    facts.receiver_name,
    facts.total,
    facts.currency,
    facts.seal_mark,
    facts.payroll,
    file.pdf,
    file.extras.length === 0 ? '[]' : JSON.stringify(file.extras),
  ]
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
