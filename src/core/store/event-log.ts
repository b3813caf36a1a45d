import { sql } from 'kysely'
import type { ChainedEvent, ChainHead } from '../model/audit.ts'
import type { EventLevel, LogEvent, NewEvent } from '../model/event.ts'
import { BEFORE_ALL, chainHash, toEvent } from './event-chain.ts'
import type { Db, Row } from './schema.ts'

/** Rows a statement takes: a query builder costs per statement, SQLite allows 32,766 values in one. */
const CHUNK = 200

/** What to show of the log. Every part that is set narrows it. */
export interface EventFilter {
  readonly customer?: string
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
  if (!db.isTransaction) await db.transaction().execute((db) => append(db, events))
  else await append(db, events)
}

async function append(db: Db, events: readonly NewEvent[]): Promise<void> {
  const { operator, ...last } = await headAndOperator(db)
  let head: ChainHead = last
  for (let start = 0; start < events.length; start += CHUNK) {
    const rows = events.slice(start, start + CHUNK).map((event) => {
      const row = rowAfter(head, event, operator)
      head = row
      return row
    })
    await db.insertInto('event').values(rows).execute()
  }
}

/** The chain's last event, and whose connection this is: the store knows, so that no writer of events can forget to say it. */
async function headAndOperator(db: Db): Promise<ChainHead & { readonly operator: string | null }> {
  const { rows } = await sql<{ operator: string | null; seq: number | null; hash: string | null }>`
    select me.operator, head.seq, head.hash from (select current_operator() as operator) as me
    left join (select seq, hash from event order by seq desc limit 1) as head on true`.execute(db)
  const [row] = rows
  return {
    operator: row?.operator ?? null,
    seq: row?.seq ?? BEFORE_ALL.seq,
    hash: row?.hash ?? BEFORE_ALL.hash,
  }
}

function rowAfter(head: ChainHead, event: NewEvent, operator: string | null) {
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
  }
  return { ...row, prev_hash: head.hash, hash: chainHash(head.hash, toEvent(row)) }
}

/** Text as it will be read back: half a surrogate pair is written as U+FFFD, and no engine keeps a NUL in the same way. */
function storable<T extends string | null>(text: T): T {
  if (text === null) return text
  return Buffer.from(text).toString().replaceAll('\0', '\uFFFD') as T
}

/** Events that pass the filter, oldest first. An event of an order is found by any of the order's documents. */
export async function listEvents(db: Db, filter: EventFilter): Promise<LogEvent[]> {
  return (await selectRows(db, filter)).map(toEvent)
}

/** The same events with their places in the chain, for proof. */
export async function listChained(db: Db, filter: EventFilter): Promise<ChainedEvent[]> {
  return (await selectRows(db, filter)).map((row) => ({
    ...toEvent(row),
    prevHash: row.prev_hash,
    hash: row.hash,
  }))
}

async function selectRows(db: Db, filter: EventFilter): Promise<Row<'event'>[]> {
  let query = db.selectFrom('event').selectAll().orderBy('seq', 'desc')
  if (filter.customer !== undefined) query = query.where('customer', '=', filter.customer)
  if (filter.order !== undefined) query = query.where('order_id', '=', filter.order)
  if (filter.level !== undefined) query = query.where('level', '=', filter.level)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  if (filter.uuid !== undefined) {
    const uuid = filter.uuid
    query = query.where((where) =>
      where.or([
        where('uuid', '=', uuid),
        where('order_id', 'in', (sub) =>
          sub.selectFrom('order_document').select('order_id').where('uuid', '=', uuid),
        ),
      ]),
    )
  }
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).reverse()
}
