import { type Compilable, sql, type SqlBool } from 'kysely'
import { type DocumentFilter, inPeriod, isEverything, isIn, isSelected } from './document-filter.ts'
import {
  CHOICE_COLUMNS,
  type FileValues,
  fileOf,
  type IndexedFile,
  TOLD_COLUMNS,
  toFile,
} from './documents.ts'
import { listed } from './listed.ts'
import { preparedValues } from './prepared.ts'
import type { Db, Row } from './schema.ts'

/** Rows in memory at once. */
const PAGE = 200

/**
 * `any` is for whoever looks neither at it nor at what is only told of a document (`TOLD_COLUMNS`), which is then left empty: all
 * rows by their path, as the table holds them, and half of their columns take a third of the time.
 */
export type DocumentOrder = 'by-receiver' | 'any'

/** Some of the selected rows. */
export interface DocumentPage {
  readonly files: readonly IndexedFile[]
  /** UUIDs of those that are somewhere else too: in another file, an order, a destination folder. */
  readonly elsewhere: readonly string[]
  /** Those of them that stand on several files. */
  readonly repeated: readonly string[]
  /** Those of them that may stand on documents with different seals: on several files, or in an order with another seal. */
  readonly doubtful: readonly string[]
}

/**
 * The rows inside the filter by receiver, date and path, and before them every file of the sources whose receiver or date could
 * not be read: nobody can say that those are outside. Rows that are written or forgotten between two pages do no harm.
 */
export async function* selectDocuments(
  db: Db,
  filter: DocumentFilter,
  order: DocumentOrder = 'by-receiver',
): AsyncGenerator<DocumentPage> {
  const repeated = await repeatedUuids(db)
  const pages = (read: Reading, from: Place) => pagesOf((last) => read(db, last), { from, repeated })
  if (order === 'any' && isEverything(filter)) {
    yield* pages(byPath(filter), START)
    return
  }
  yield* pages(undated(filter), START)
  if (filter.receiverRfcs === null) yield* pages(dated(filter), START)
  const own = ofReceiver(filter)
  for (const rfc of [...(filter.receiverRfcs ?? [])].sort())
    yield* pages(own, { ...START, receiver_rfc: rfc })
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

/** Whether its UUID is somewhere else: nowhere, in an order or a destination folder, in an order with another seal. */
type Elsewhere = 0 | 1 | 2

/** A row of a page. */
type Flagged = FileValues<Elsewhere>
/** A row's place in each order. */
type Place = Pick<Row<'document'>, 'receiver_rfc' | 'issued_at' | 'path'>
/** The page after a place. */
type Reading = (db: Db, last: Place) => readonly Flagged[]

function reading(build: (db: Db, last: Place) => Compilable): Reading {
  return preparedValues(build) as Reading
}

/** Before all rows. */
const START: Place = { receiver_rfc: '', issued_at: '', path: '' }

function brief(db: Db) {
  const elsewhere = sql<Elsewhere>`coalesce(
    (select 1 + max(order_document.seal_mark <> document.seal_mark)
      from order_document where order_document.uuid = document.uuid),
    exists (select 1 from packaged_file where packaged_file.uuid = document.uuid))`
  return db.selectFrom('document').select([elsewhere.as('elsewhere'), ...CHOICE_COLUMNS])
}

function whole(db: Db) {
  return brief(db).select(TOLD_COLUMNS)
}

function byPath(filter: DocumentFilter): Reading {
  return reading((db, last) =>
    brief(db).where(isIn(filter)).where('path', '>', last.path).orderBy('path').limit(PAGE),
  )
}

/** Without a date there is no head, and so no receiver: their place in the index. */
function undated(filter: DocumentFilter): Reading {
  return reading((db, last) =>
    whole(db)
      .where(isIn(filter))
      .where('receiver_rfc', '=', '')
      .where('issued_at', 'is', null)
      .where('path', '>', last.path)
      .orderBy('path')
      .limit(PAGE),
  )
}

function dated(filter: DocumentFilter): Reading {
  return reading((db, last) => datedAfter(db, filter, last))
}

function ofReceiver(filter: DocumentFilter): Reading {
  return reading((db, last) => datedAfter(db, filter, last).where('receiver_rfc', '=', last.receiver_rfc))
}

function datedAfter(db: Db, filter: DocumentFilter, { receiver_rfc: rfc, issued_at: date, path }: Place) {
  return whole(db)
    .where(isIn(filter))
    .where((where) => where.and([where('issued_at', 'is not', null), ...inPeriod(where, filter)]))
    .where(sql<SqlBool>`(receiver_rfc, issued_at, path) > (${rfc}, ${date}, ${path})`)
    .orderBy('receiver_rfc')
    .orderBy('issued_at')
    .orderBy('path')
    .limit(PAGE)
}

interface Paging {
  readonly from: Place
  readonly repeated: ReadonlySet<string | null>
}

function* pagesOf(
  read: (last: Place) => readonly Flagged[],
  { from, repeated }: Paging,
): Generator<DocumentPage> {
  let last: Place | undefined = from
  do {
    const rows = read(last)
    const page = pageOf(rows, repeated)
    if (rows.length > 0) yield page
    last = rows.length === PAGE ? placeOf(page.files.at(-1)) : undefined
  } while (last !== undefined)
}

function placeOf(file: IndexedFile | undefined): Place | undefined {
  return file && { receiver_rfc: file.receiverRfc, issued_at: file.issuedAt, path: file.path }
}

function pageOf(rows: readonly Flagged[], several: ReadonlySet<string | null>): DocumentPage {
  const files: IndexedFile[] = []
  const elsewhere: string[] = []
  const repeated: string[] = []
  const doubtful: string[] = []
  for (const row of rows) {
    const file = fileOf(row)
    files.push(file)
    const { uuid } = file
    if (uuid === null) continue
    const isRepeated = several.has(uuid)
    if (isRepeated) repeated.push(uuid)
    const [place] = row
    if (isRepeated || place === 2) doubtful.push(uuid)
    if (isRepeated || place > 0) elsewhere.push(uuid)
  }
  return { files, elsewhere, repeated, doubtful }
}
