import type { CfdiKind } from '../model/cfdi.ts'
import type { Period } from '../model/period.ts'
import { type IndexedFile, toFile } from './documents.ts'
import type { Db } from './schema.ts'

/** Which rows of the index; null does not narrow. */
export interface IndexFilter {
  readonly period: Period
  readonly receiverRfcs: readonly string[] | null
  readonly kinds: readonly CfdiKind[] | null
  /** In any case. */
  readonly uuid: string | null
}

/**
 * Rows of the index by date and path, from whatever folder; files without a date come first. One after another: an index may be
 * longer than memory holds. Until the last one the store does nothing else.
 */
export async function* eachDocument(db: Db, filter: IndexFilter): AsyncGenerator<IndexedFile> {
  const { period, receiverRfcs, kinds, uuid } = filter
  let query = db.selectFrom('document').selectAll()
  if (period.from !== null) query = query.where('issued_at', '>=', period.from)
  // Later than any time of that day, as text: issued_at is local time without zone and never becomes a Date.
  if (period.to !== null) query = query.where('issued_at', '<=', `${period.to}T99`)
  if (receiverRfcs !== null) query = query.where('receiver_rfc', 'in', receiverRfcs)
  if (kinds !== null) query = query.where('kind', 'in', kinds)
  if (uuid !== null) query = query.where('uuid', '=', uuid.toUpperCase())
  for await (const row of query.orderBy('issued_at').orderBy('path').stream()) yield toFile(row)
}
