import { CLAIMABLE_STATES } from '../model/delivery.ts'
import type { NewEvent } from '../model/event.ts'
import { insertEvents } from './event-log.ts'
import type { Db, Row } from './schema.ts'

const CHUNK = 500

/** How the log's `held` events of these deliveries begin; a release finds by it what it has to let go. */
export const QUARANTINE_MARK = 'review: quarantine'

export interface NewQuarantine {
  readonly address: string
  /** RFC 3463 code, or ''. */
  readonly status: string
  readonly reason: string
  readonly order: string | null
  readonly customer: string | null
  /** ISO 8601 UTC. */
  readonly at: string
}

/** Addresses in quarantine, by time. */
export async function listQuarantine(db: Db): Promise<Row<'quarantine'>[]> {
  return await db.selectFrom('quarantine').selectAll().orderBy('since').orderBy('address').execute()
}

/** Which of the addresses are in quarantine, in lower case, each with why. */
export async function quarantinedAmong(
  db: Db,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const keys = addresses.map((address) => address.toLowerCase())
  for (let start = 0; start < keys.length; start += CHUNK) {
    const rows = await db
      .selectFrom('quarantine')
      .selectAll()
      .where('address', 'in', keys.slice(start, start + CHUNK))
      .execute()
    for (const { address, status, reason } of rows) found.set(address, `${status} ${reason}`.trim())
  }
  return found
}

/**
 * Puts an address in quarantine and holds what waits to be sent to it. Call it inside a transaction.
 * @returns the address, or none when it was there
 */
export async function quarantineAddress(db: Db, wanted: NewQuarantine): Promise<readonly string[]> {
  const address = wanted.address.toLowerCase()
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('quarantine')
    .values({
      address,
      since: wanted.at,
      status: wanted.status,
      reason: wanted.reason,
      order_id: wanted.order,
    })
    .onConflict((conflict) => conflict.column('address').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) return []
  const held = await db
    .updateTable('delivery')
    .set({ state: 'held', held_reason: 'review' })
    .where('state', 'in', CLAIMABLE_STATES)
    .where((where) => where(where.fn<string>('lower', ['recipient']), '=', address))
    .returning(['order_id', 'recipient'])
    .execute()
  const why = `${wanted.status} ${wanted.reason}`.trim()
  await insertEvents(db, [
    eventOf(wanted, { event: 'quarantined', level: 'warning', order: wanted.order, detail: why }),
    ...held.map(({ order_id: order, recipient }) => ({
      ...eventOf(wanted, { event: 'held', level: 'error', order, detail: `${QUARANTINE_MARK}: ${why}` }),
      recipient,
    })),
  ])
  return [address]
}

/**
 * Ends an address's quarantine and lets go what was held for it, at once. Call it inside a transaction.
 * @param by who and why, for the log
 * @returns the order of each delivery that goes again; null when the address was not in quarantine
 */
export async function releaseAddress(
  db: Db,
  typed: string,
  { at, by }: { readonly at: string; readonly by: string },
): Promise<readonly string[] | null> {
  const address = typed.toLowerCase()
  const { numDeletedRows } = await db
    .deleteFrom('quarantine')
    .where('address', '=', address)
    .executeTakeFirst()
  if (numDeletedRows === 0n) return null
  const held = await heldForQuarantine(db, address)
  for (let start = 0; start < held.length; start += CHUNK) {
    const ids = held.slice(start, start + CHUNK).map(({ id }) => id)
    await db
      .updateTable('delivery')
      .set({ state: 'pending', held_reason: null, due_at: at })
      .where('state', '=', 'held')
      .where('id', 'in', ids)
      .execute()
  }
  const about = { address, at, customer: null }
  await insertEvents(db, [
    eventOf(about, { event: 'quarantine-released', level: 'info', order: null, detail: by }),
    ...held.map(({ order_id: order, recipient }) => ({
      ...eventOf(about, { event: 'released', level: 'info', order, detail: by }),
      recipient,
    })),
  ])
  return held.map(({ order_id }) => order_id)
}

/** Deliveries that are held for an address's quarantine and for nothing else. */
export async function heldForQuarantine(
  db: Db,
  address: string,
): Promise<Pick<Row<'delivery'>, 'id' | 'order_id' | 'recipient'>[]> {
  return await db
    .selectFrom('delivery')
    .select(['id', 'order_id', 'recipient'])
    .where('state', '=', 'held')
    .where('held_reason', '=', 'review')
    .where((where) => where(where.fn<string>('lower', ['recipient']), '=', address))
    .where((where) =>
      where.exists(
        where
          .selectFrom('event')
          .select('seq')
          .whereRef('event.order_id', '=', 'delivery.order_id')
          .whereRef('event.recipient', '=', 'delivery.recipient')
          .where('event.event', '=', 'held')
          .where('event.detail', 'like', `${QUARANTINE_MARK}%`),
      ),
    )
    .execute()
}

function eventOf(
  { address, at, customer }: Pick<NewQuarantine, 'address' | 'at' | 'customer'>,
  event: Pick<NewEvent, 'event' | 'level' | 'order' | 'detail'>,
): NewEvent {
  return { at, customer, uuid: null, recipient: address, ...event }
}
