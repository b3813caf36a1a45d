import type { NewEvent } from '../model/event.ts'
import { type FiledFile, filedKey, type FiledState } from '../model/filed-package.ts'
import { insertEvents } from './event-log.ts'
import { listed } from './listed.ts'
import type { Db, NewRow } from './schema.ts'

const CHUNK = 200
/** UUIDs in one list. */
const LIST = 5_000

/** A file that was written, with what it is for. */
export interface FiledDocument extends FiledFile {
  readonly uuid: string
  readonly customer: string
  readonly type: string
  readonly root: string
  /** Of the source, where the file is a derived copy; null where it is the same. */
  readonly sourceSha256: string | null
  /** Order whose sending it waits for, or null. */
  readonly order: string | null
  readonly state: Extract<FiledState, 'stays' | 'due'>
}

/**
 * Writes down what is in the destination folders, with events, in one commit. The files must be durable already. A file that
 * was there for an earlier order belongs to the newer one.
 */
export async function recordFiles(
  db: Db,
  {
    files,
    events,
    at,
  }: { readonly files: readonly FiledDocument[]; readonly events: readonly NewEvent[]; readonly at: Date },
): Promise<void> {
  if (files.length === 0 && events.length === 0) return
  await db.transaction().execute(async (db) => {
    for (let start = 0; start < files.length; start += CHUNK) {
      const rows = files.slice(start, start + CHUNK).map((file) => rowOf(file, at))
      await db
        .insertInto('packaged_file')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['path', 'uuid']).doUpdateSet((set) => ({
            customer: set.ref('excluded.customer'),
            type: set.ref('excluded.type'),
            root: set.ref('excluded.root'),
            sha256: set.ref('excluded.sha256'),
            bytes: set.ref('excluded.bytes'),
            source_sha256: set.ref('excluded.source_sha256'),
            order_id: set.ref('excluded.order_id'),
            state: set.ref('excluded.state'),
            reason: set.ref('excluded.reason'),
            written_at: set.ref('excluded.written_at'),
            changed_at: set.ref('excluded.changed_at'),
          })),
        )
        .execute()
    }
    await insertEvents(db, events)
  })
}

function rowOf(file: FiledDocument, at: Date): NewRow<'packaged_file'> {
  return {
    path: file.path,
    uuid: file.uuid,
    customer: file.customer,
    type: file.type,
    root: file.root,
    sha256: file.sha256,
    bytes: file.bytes,
    source_sha256: file.sourceSha256,
    order_id: file.order,
    state: file.state,
    reason: '',
    written_at: at.toISOString(),
    changed_at: null,
  }
}

/** What was written of these documents, as `filedKey` texts. */
export async function filedPairs(db: Db, uuids: readonly string[]): Promise<Set<string>> {
  const pairs = new Set<string>()
  for (let start = 0; start < uuids.length; start += LIST) {
    const rows = await db
      .selectFrom('packaged_file')
      .select(['uuid', 'customer', 'root'])
      .distinct()
      .where('uuid', 'in', listed(uuids.slice(start, start + LIST)))
      .execute()
    for (const row of rows) pairs.add(filedKey(row.uuid, row.customer, row.root))
  }
  return pairs
}
