import { sql } from 'kysely'
import type { ChainedEvent, ChainHead } from '../model/audit.ts'
import type { EventLevel, LogEvent, NewEvent } from '../model/event.ts'
import { BEFORE_ALL, chainHash, toEvent } from './event-chain.ts'
import { engineOf } from './engine.ts'
import { prepared } from './prepared.ts'
import type { Db, Row } from './schema.ts'

const UUID_LENGTH = 36

/** What to show of the log. Every part that is set narrows it. */
export interface EventFilter {
  readonly customer?: string
  /** A whole fiscal folio, or the end of it, as lists show it; upper case. */
  readonly uuid?: string
  readonly order?: string
  readonly level?: EventLevel
  /** First and last instant, ISO 8601 UTC, `to` not included. */
  readonly from?: string
  readonly to?: string
  /** Only the newest so many. */
  readonly limit?: number
}

/**
 * Appends events, each with the hash that covers the one before; call it inside the transaction of the change that they
 * explain. Two writers that read the same head would both follow it: the transaction's write lock, and the numbers' being
 * unique, keep it one chain.
 */
export async function insertEvents(db: Db, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  if (!db.isTransaction) await db.transaction().execute(async (db) => appendEvents(db, events))
  else appendEvents(db, events)
}

/**
 * The same at once, for the inside of a transaction alone. Whose connection it is the store knows, so that no writer of events
 * can forget to say it.
 */
export function appendEvents(db: Db, events: readonly NewEvent[]): void {
  if (events.length === 0) return
  const { operator } = engineOf(db)
  let head: ChainHead = last(db, {})[0] ?? BEFORE_ALL
  for (const event of events) {
    const row = rowAfter(head, event, operator)
    put(db, row)
    head = { seq: row.seq, hash: row.hash }
  }
}

/** The limit is written out: one that is bound has SQLite plan the statement anew each time, which takes four times what it does. */
const last = prepared((db) =>
  db.selectFrom('event').select(['seq', 'hash']).orderBy('seq', 'desc').limit(sql.lit(1)),
)

const put = prepared((db, blank: Row<'event'>) =>
  db.insertInto('event').values({
    seq: blank.seq,
    at: blank.at,
    level: blank.level,
    event: blank.event,
    order_id: blank.order_id,
    customer: blank.customer,
    uuid: blank.uuid,
    recipient: blank.recipient,
    detail: blank.detail,
    operator: blank.operator,
    prev_hash: blank.prev_hash,
    hash: blank.hash,
  }),
)

function rowAfter(head: ChainHead, event: NewEvent, operator: string | null): Row<'event'> {
  const row = {
    seq: head.seq + 1,
    at: event.at,
    level: event.level,
    event: event.event,
    order_id: event.order,
    customer: storable(event.customer),
    uuid: event.uuid,
    recipient: storable(event.recipient),
    detail: storable(event.detail),
    operator,
    prev_hash: head.hash,
    hash: '',
  }
  row.hash = chainHash(head.hash, toEvent(row))
  return row
}

/** Text as it will be read back: half a surrogate pair is written as U+FFFD, and no engine keeps a NUL in the same way. */
function storable<T extends string | null>(text: T): T {
  if (text === null || (text.isWellFormed() && !text.includes('\0'))) return text
  return Buffer.from(text).toString().replaceAll('\0', '\uFFFD') as T
}

/** Events that pass the filter, oldest first. An event of an order is found by any of the order's documents. */
export async function listEvents(db: Db, filter: EventFilter): Promise<LogEvent[]> {
  return (await rowsThat(db, filter).execute()).map(toEvent)
}

/** The same one after another: a log may be longer than memory holds. Until the last one the store does nothing else. */
export async function* eachEvent(db: Db, filter: EventFilter): AsyncGenerator<LogEvent> {
  for await (const row of rowsThat(db, filter).stream()) yield toEvent(row)
}

/** The same events with their places in the chain, for proof. */
export async function listChained(db: Db, filter: EventFilter): Promise<ChainedEvent[]> {
  return (await rowsThat(db, filter).execute()).map((row) => ({
    ...toEvent(row),
    prevHash: row.prev_hash,
    hash: row.hash,
  }))
}

function rowsThat(db: Db, filter: EventFilter) {
  const { limit } = filter
  if (limit === undefined) return passing(db, filter).orderBy('seq')
  const newest = passing(db, filter).orderBy('seq', 'desc').limit(limit)
  return db.selectFrom(newest.as('newest')).selectAll().orderBy('seq')
}

function passing(db: Db, filter: EventFilter) {
  let query = db.selectFrom('event').selectAll()
  if (filter.customer !== undefined) query = query.where('customer', '=', filter.customer)
  if (filter.order !== undefined) query = query.where('order_id', '=', filter.order)
  if (filter.level !== undefined) query = query.where('level', '=', filter.level)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  if (filter.uuid !== undefined) {
    const [uuid, compares] =
      filter.uuid.length < UUID_LENGTH ? [`%${filter.uuid}`, 'like' as const] : [filter.uuid, '=' as const]
    query = query.where((where) =>
      where.or([
        where('uuid', compares, uuid),
        where('order_id', 'in', (sub) =>
          sub.selectFrom('order_document').select('order_id').where('uuid', compares, uuid),
        ),
      ]),
    )
  }
  return query
}
