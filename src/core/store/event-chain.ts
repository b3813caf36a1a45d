import { hash as digest } from 'node:crypto'
import type { LogEvent } from '../model/event.ts'
import type { ChainCheck, ChainHead } from '../model/audit.ts'
import type { Db, Row } from './schema.ts'

/** Rows read at a time. */
const PAGE = 2000

/** What the first event follows. */
export const BEFORE_ALL: ChainHead = { seq: 0, hash: '' }

/**
 * An event's hash: SHA-256, lower-case hex, of the hash before it, a line feed, and the event as JSON with its keys in this
 * order and no spaces (docs/evidence.md). The number is part of it, so that a row cannot take another place. What is released
 * here never changes: the hashes are in people's hands.
 */
export function chainHash(before: string, event: LogEvent): string {
  const { seq, at, level, event: kind, order, customer, uuid, recipient, detail, operator } = event
  // What is undefined JSON leaves out.
  const json = JSON.stringify({
    seq,
    at,
    level,
    event: kind,
    order,
    customer,
    uuid,
    recipient,
    detail,
    operator,
  })
  return digest('sha256', `${before}\n${json}`, 'hex')
}

/** The last event's number and hash. */
export async function chainHead(db: Db): Promise<ChainHead> {
  const row = await db
    .selectFrom('event')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? BEFORE_ALL
}

/**
 * Walks the whole chain and recomputes every hash, up to the first event that does not fit.
 * @param wanted a head that was written down before, or null
 */
export async function verifyChain(db: Db, wanted: string | null): Promise<ChainCheck> {
  let head = BEFORE_ALL
  let events = 0
  let found: number | null = null
  for (let rows = await pageAfter(db, 0); rows.length > 0; rows = await pageAfter(db, head.seq)) {
    for (const row of rows) {
      const problem = problemOf(row, head.hash)
      if (problem !== null) return { events, head, wanted, found, bad: { seq: row.seq, problem } }
      if (row.hash === wanted) found = row.seq
      head = { seq: row.seq, hash: row.hash }
      events++
    }
  }
  return { events, head, wanted, found, bad: null }
}

async function pageAfter(db: Db, seq: number): Promise<Row<'event'>[]> {
  return db.selectFrom('event').selectAll().where('seq', '>', seq).orderBy('seq').limit(PAGE).execute()
}

function problemOf(row: Row<'event'>, before: string): 'link' | 'content' | null {
  if (row.prev_hash !== before) return 'link'
  return chainHash(before, toEvent(row)) === row.hash ? null : 'content'
}

/** A row as the rest of the program sees it. */
export function toEvent(row: Omit<Row<'event'>, 'prev_hash' | 'hash'>): LogEvent {
  return {
    seq: row.seq,
    at: row.at,
    level: row.level as LogEvent['level'],
    event: row.event as LogEvent['event'],
    order: row.order_id,
    customer: row.customer,
    uuid: row.uuid,
    recipient: row.recipient,
    detail: row.detail,
    ...(row.operator === null ? {} : { operator: row.operator }),
  }
}
