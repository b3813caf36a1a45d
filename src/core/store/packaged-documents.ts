import type { DeliveryState } from '../model/delivery.ts'
import { packagedKey } from '../model/choice.ts'
import type { NewOrder } from '../model/send-order.ts'
import { listed } from './listed.ts'
import type { Db } from './schema.ts'

const CHUNK = 200
/** UUIDs in one list. */
const LIST = 5_000

/**
 * Which of the documents have a live order, as `packagedKey` texts. An order that was cancelled for all its recipients does
 * not count.
 * @param gone states that make no order live
 */
export async function packagedPairs(
  db: Db,
  uuids: readonly string[],
  gone: readonly DeliveryState[] = ['cancelled'],
): Promise<Set<string>> {
  const pairs = new Set<string>()
  for (let start = 0; start < uuids.length; start += LIST) {
    const rows = await db
      .selectFrom('order_document')
      .select(['uuid', 'customer'])
      .where('uuid', 'in', listed(uuids.slice(start, start + LIST)))
      .where((where) =>
        where.exists(
          where
            .selectFrom('delivery')
            .select('id')
            .whereRef('delivery.order_id', '=', 'order_document.order_id')
            .where('state', 'not in', gone),
        ),
      )
      .execute()
    for (const row of rows) pairs.add(packagedKey(row.uuid, row.customer))
  }
  return pairs
}

/** The orders with no document that is packaged already: two `package` runs at once choose the same documents; the second to get here finds them packaged. */
export async function withoutPackaged(db: Db, orders: readonly NewOrder[]): Promise<readonly NewOrder[]> {
  const pairs = await packagedPairs(
    db,
    orders.flatMap((order) => order.documents.map((document) => document.uuid)),
  )
  return orders.filter((order) =>
    order.documents.every((document) => !pairs.has(packagedKey(document.uuid, order.customer))),
  )
}

/** The highest copy number so far by `uuid customer type`. */
export async function lastCopies(db: Db, orders: readonly NewOrder[]): Promise<Map<string, number>> {
  const uuids = orders.flatMap((order) => order.documents.map((document) => document.uuid))
  const copies = new Map<string, number>()
  for (let start = 0; start < uuids.length; start += CHUNK) {
    const rows = await db
      .selectFrom('order_document')
      .select(['uuid', 'customer', 'type', (select) => select.fn.max('copy').as('last')])
      .where('uuid', 'in', uuids.slice(start, start + CHUNK))
      .groupBy(['uuid', 'customer', 'type'])
      .execute()
    for (const row of rows) copies.set(`${row.uuid} ${row.customer} ${row.type}`, Number(row.last))
  }
  return copies
}

/** All documents of each order that has any of these. */
export async function documentsOfOrdersWith(db: Db, uuids: readonly string[]) {
  const rows: { readonly order_id: string; readonly uuid: string; readonly customer: string }[] = []
  for (let start = 0; start < uuids.length; start += CHUNK) {
    const chunk = uuids.slice(start, start + CHUNK)
    const found = await db
      .selectFrom('order_document')
      .select(['order_id', 'uuid', 'customer'])
      .where('order_id', 'in', (sub) =>
        sub.selectFrom('order_document').select('order_id').where('uuid', 'in', chunk),
      )
      .execute()
    rows.push(...found)
  }
  return rows
}
