import { type IndexedFile, toFile } from './documents.ts'
import { listed } from './listed.ts'
import type { Db } from './schema.ts'
import { inRange, rangeOf } from './under-folder.ts'

export interface UnpackagedFilter {
  /** Absolute folders, and files besides. */
  readonly folders: readonly string[]
  readonly paths: readonly string[]
  /** First day of issue, `YYYY-MM-DD`, or null; files whose date could not be read are never outside. */
  readonly from: string | null
}

/**
 * The indexed files that no order was ever made of: not even a cancelled one, because what a person cancelled does not come
 * back by itself. A file with the UUID of a packaged document and another seal is one of them.
 */
export async function unpackagedFiles(db: Db, filter: UnpackagedFilter): Promise<IndexedFile[]> {
  const rows = await db
    .selectFrom('document')
    .selectAll()
    .where((where) =>
      where.or([
        ...filter.folders.map((folder) => inRange(where, rangeOf(folder))),
        where('path', 'in', listed(filter.paths)),
      ]),
    )
    .where((where) => where.or([where('issued_at', 'is', null), where('issued_at', '>=', filter.from ?? '')]))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('order_document')
            .select('order_id')
            .whereRef('order_document.uuid', '=', 'document.uuid')
            .whereRef('order_document.seal_mark', '=', 'document.seal_mark'),
        ),
      ),
    )
    .orderBy('receiver_rfc')
    .orderBy('issued_at')
    .orderBy('path')
    .execute()
  return rows.map(toFile)
}
