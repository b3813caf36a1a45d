import { STOPPABLE_STATES } from '../model/delivery.ts'
import { packagedKey } from '../model/choice.ts'
import { EVENT_SENTENCES } from '../model/event-sentences.ts'
import type { NewOrder } from '../model/send-order.ts'
import { insertEvents } from './event-log.ts'
import { attachmentRows, deliveryRows, documentRows, orderRow, queuedEvents } from './order-rows.ts'
import { documentsOfOrdersWith, lastCopies, withoutPackaged } from './packaged-documents.ts'
import { lastPaperCopies, paperRows } from './paper-rows.ts'
import { grantAccess, withoutStaleAccess } from './portal-access.ts'
import type { Db, NewRow } from './schema.ts'
import { placesIn } from './snapshots.ts'
import { steerDeliveries } from './steer.ts'

const CHUNK = 200

/** `once` leaves out an order whose document got a live order meanwhile; `again` writes it as a further copy. */
export type Repetition = 'once' | 'again'

/**
 * Writes orders with their documents, attachments, deliveries and events in one commit. Their attachments must be in the
 * spool already.
 * @returns ids of the orders that were written
 */
export async function enqueueOrders(
  db: Db,
  orders: readonly NewOrder[],
  repetition: Repetition,
): Promise<Set<string>> {
  if (orders.length === 0) return new Set()
  return await db.transaction().execute(async (db) => {
    const unpackaged = repetition === 'again' ? orders : await withoutPackaged(db, orders)
    // What is left out has its turn in the next run.
    const fresh = await withoutStaleAccess(db, unpackaged)
    if (repetition === 'again') await supersede(db, fresh)
    await writeOrders(db, fresh)
    return new Set(fresh.map((order) => order.id))
  })
}

/** Writes all of the orders, each document as a further copy of itself. Call it inside a transaction. */
export async function writeOrders(db: Db, orders: readonly NewOrder[]): Promise<void> {
  const copies = await lastCopies(db, orders)
  const paperCopies = await lastPaperCopies(db, orders)
  await insertAll(db, 'send_order', orders.map(orderRow))
  await insertAll(
    db,
    'order_document',
    orders.flatMap((order) => documentRows(order, copies)),
  )
  await insertAll(
    db,
    'order_paper',
    orders.flatMap((order) => paperRows(order, paperCopies)),
  )
  const places = await placesIn(
    db,
    orders.flatMap(({ resendOf }) => resendOf ?? []),
  )
  await insertAll(
    db,
    'order_attachment',
    orders.flatMap((order) => attachmentRows(order, places)),
  )
  await insertAll(db, 'delivery', orders.flatMap(deliveryRows))
  await grantAccess(db, orders)
  await insertEvents(db, orders.flatMap(queuedEvents))
}

/**
 * What has not left yet of earlier orders of the same documents does not leave any more: the customer gets them once, from
 * the new order. An order with other documents too stays, or those would be lost.
 */
async function supersede(db: Db, orders: readonly NewOrder[]): Promise<void> {
  const [first] = orders
  if (first === undefined) return
  const fresh = new Set(
    orders.flatMap(({ customer, documents }) => documents.map(({ uuid }) => packagedKey(uuid, customer))),
  )
  const uuids = [...new Set(orders.flatMap(({ documents }) => documents.map(({ uuid }) => uuid)))]
  const earlier = new Map<string, boolean>()
  for (const row of await documentsOfOrdersWith(db, uuids)) {
    const isFresh = fresh.has(packagedKey(row.uuid, row.customer))
    earlier.set(row.order_id, isFresh && (earlier.get(row.order_id) ?? true))
  }
  await steerDeliveries(db, {
    orders: [...earlier].flatMap(([id, isWhole]) => (isWhole ? [id] : [])),
    from: STOPPABLE_STATES,
    to: 'cancelled',
    recipients: null,
    at: new Date(first.createdAt),
    event: 'cancelled',
    detail: EVENT_SENTENCES['packaged-again'],
  })
}

async function insertAll<
  Table extends 'send_order' | 'order_document' | 'order_paper' | 'order_attachment' | 'delivery',
>(db: Db, table: Table, rows: readonly NewRow<Table>[]): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    await db
      .insertInto(table)
      .values(rows.slice(start, start + CHUNK))
      .execute()
  }
}
