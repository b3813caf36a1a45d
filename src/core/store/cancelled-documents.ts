import { insertEvents } from './event-log.ts'
import type { Db } from './schema.ts'

const CHUNK = 500

/** UUIDs of documents that somebody marked as cancelled: they never leave, not even when they are queued already. */
export async function cancelledUuids(db: Db): Promise<Set<string>> {
  return new Set((await db.selectFrom('cancelled_document').select('uuid').execute()).map((row) => row.uuid))
}

/** Which of these are cancelled. */
export async function cancelledAmong(db: Db, uuids: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('cancelled_document').select('uuid').where('uuid', 'in', uuids).execute()
  return rows.map((row) => row.uuid)
}

export interface Cancellation {
  /** Upper case. */
  readonly uuids: readonly string[]
  readonly reason: string
  readonly at: string
}

/** Marks documents as cancelled; one that is marked already keeps its first mark. */
export async function markCancelled(db: Db, { uuids, reason, at }: Cancellation): Promise<void> {
  await db.transaction().execute(async (db) => {
    for (let start = 0; start < uuids.length; start += CHUNK) {
      const values = uuids.slice(start, start + CHUNK).map((uuid) => ({ uuid, reason, at }))
      await db
        .insertInto('cancelled_document')
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    await insertEvents(db, uuids.map((uuid) => documentEvent('document-cancelled', uuid, { at, detail: reason })))
  })
}

/** Takes the mark away. */
export async function unmarkCancelled(db: Db, { uuids, reason, at }: Cancellation): Promise<void> {
  await db.transaction().execute(async (db) => {
    await db.deleteFrom('cancelled_document').where('uuid', 'in', uuids).execute()
    await insertEvents(db, uuids.map((uuid) => documentEvent('document-restored', uuid, { at, detail: reason })))
  })
}

function documentEvent(
  event: 'document-cancelled' | 'document-restored',
  uuid: string,
  { at, detail }: { readonly at: string; readonly detail: string },
) {
  return { at, level: 'info' as const, event, order: null, customer: null, uuid, recipient: null, detail }
}
