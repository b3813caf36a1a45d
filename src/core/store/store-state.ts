import { sql } from 'kysely'
import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'

/**
 * A text that is another one as soon as a row of the store was written, through this connection or by another process. For
 * whoever wants to know whether what was read a while ago still holds.
 */
export function storeState(db: Db): string {
  return read(db, {})[0]?.state ?? ''
}

const read = prepared((db, _nothing: object) =>
  db.selectNoFrom(
    sql<string>`(select data_version from pragma_data_version) || ' ' || total_changes()`.as('state'),
  ),
)
