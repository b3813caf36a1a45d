import type { EventKind, EventLevel, LogEvent, NewEvent } from '../model/event.ts'
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

/** Appends events; call it inside the transaction of the change that they explain. */
export async function insertEvents(db: Db, events: readonly NewEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += CHUNK) {
    const values = events.slice(start, start + CHUNK).map((event) => ({
      at: event.at,
      level: event.level,
      event: event.event,
      order_id: event.order,
      customer: event.customer,
      uuid: event.uuid,
      recipient: event.recipient,
      detail: event.detail,
    }))
    await db.insertInto('event').values(values).execute()
  }
}

/** Events that pass the filter, oldest first. An event of an order is found by any of the order's documents. */
export async function listEvents(db: Db, filter: EventFilter): Promise<LogEvent[]> {
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
  return (await query.execute()).map(toEvent).reverse()
}

function toEvent(row: Row<'event'>): LogEvent {
  return {
    seq: row.seq,
    at: row.at,
    level: row.level as EventLevel,
    event: row.event as EventKind,
    order: row.order_id,
    customer: row.customer,
    uuid: row.uuid,
    recipient: row.recipient,
    detail: row.detail,
  }
}
