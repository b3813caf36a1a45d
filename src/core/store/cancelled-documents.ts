import { insertEvents } from './event-log.ts'
import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'

const CHUNK = 500

/** UUIDs of documents that somebody marked as cancelled: they never leave, not even when they are queued already. */
export async function cancelledUuids(db: Db): Promise<Set<string>> {
  return new Set((await db.selectFrom('cancelled_document').select('uuid').execute()).map((row) => row.uuid))
}

/** Which of these are cancelled. */
export async function cancelledAmong(db: Db, uuids: readonly string[]): Promise<string[]> {
  const [only, ...others] = uuids
  if (only !== undefined && others.length === 0) return find(db, { uuid: only }).map(({ uuid }) => uuid)
  const cancelled: string[] = []
  for (let start = 0; start < uuids.length; start += CHUNK) {
    const rows = await db
      .selectFrom('cancelled_document')
      .select('uuid')
      .where('uuid', 'in', uuids.slice(start, start + CHUNK))
      .execute()
    cancelled.push(...rows.map((row) => row.uuid))
  }
  return cancelled
}

/** Most messages carry one document. */
const find = prepared((db, blank: { readonly uuid: string }) =>
  db.selectFrom('cancelled_document').select('uuid').where('uuid', '=', blank.uuid),
)

export interface Cancellation {
  /** Upper case. */
  readonly uuids: readonly string[]
  readonly reason: string
  readonly at: string
  /** Who and why, for the log; the reason when left out. */
  readonly detail?: string
}

/**
 * Marks documents as cancelled; one that is marked already keeps its first mark. Call it inside a transaction.
 * @returns those that were not marked before
 */
export async function markCancelled(
  db: Db,
  { uuids, reason, at, detail = reason }: Cancellation,
): Promise<string[]> {
  const marked = new Set(await cancelledAmong(db, uuids))
  const fresh = uuids.filter((uuid) => !marked.has(uuid))
  for (let start = 0; start < fresh.length; start += CHUNK) {
    const values = fresh.slice(start, start + CHUNK).map((uuid) => ({ uuid, reason, at }))
    await db.insertInto('cancelled_document').values(values).execute()
  }
  await insertEvents(
    db,
    fresh.map((uuid) => documentEvent('document-cancelled', uuid, { at, detail })),
  )
  return fresh
}

/**
 * Takes the mark away. Call it inside a transaction.
 * @returns those that had it
 */
export async function unmarkCancelled(
  db: Db,
  { uuids, reason, at, detail = reason }: Cancellation,
): Promise<string[]> {
  const marked = await cancelledAmong(db, uuids)
  for (let start = 0; start < marked.length; start += CHUNK) {
    await db
      .deleteFrom('cancelled_document')
      .where('uuid', 'in', marked.slice(start, start + CHUNK))
      .execute()
  }
  await insertEvents(
    db,
    marked.map((uuid) => documentEvent('document-restored', uuid, { at, detail })),
  )
  return marked
}

/** Orders that carry any of the documents. */
export async function ordersWith(db: Db, uuids: readonly string[]): Promise<string[]> {
  const orders = new Set<string>()
  for (let start = 0; start < uuids.length; start += CHUNK) {
    const rows = await db
      .selectFrom('order_document')
      .select('order_id')
      .distinct()
      .where('uuid', 'in', uuids.slice(start, start + CHUNK))
      .execute()
    for (const row of rows) orders.add(row.order_id)
  }
  return [...orders]
}

function documentEvent(
  event: 'document-cancelled' | 'document-restored',
  uuid: string,
  { at, detail }: { readonly at: string; readonly detail: string },
) {
  return { at, level: 'info' as const, event, order: null, customer: null, uuid, recipient: null, detail }
}
