import type { DeliveryState } from '../model/delivery.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { Period } from '../model/period.ts'
import type { OrderView } from '../model/send-order.ts'
import { ID_LENGTH } from './ids.ts'
import { loadViews } from './order-views.ts'
import { listProfiles } from './profiles.ts'
import type { Db } from './schema.ts'
import { listWhatsAppProfiles } from './whatsapp-profiles.ts'

const CHUNK = 500

/** Which orders. Every part that is set narrows it. */
export interface OrderFilter {
  readonly ids?: readonly string[]
  readonly customers?: readonly string[]
  /** Orders with at least one delivery in one of these states. */
  readonly states?: readonly DeliveryState[]
  /** By the documents' own date. */
  readonly period?: Period
  readonly uuid?: string
  /** Only the newest so many. */
  readonly limit?: number
}

/** Orders that pass the filter, oldest first, with all that belongs to them. */
export async function listOrders(db: Db, filter: OrderFilter): Promise<OrderView[]> {
  const orders: OrderView[] = []
  for await (const order of eachOrder(db, filter)) orders.push(order)
  return orders
}

/** The same one after another: an outbox may be longer than memory holds. */
export async function* eachOrder(db: Db, filter: OrderFilter): AsyncGenerator<OrderView> {
  const ids = await orderIds(db, filter)
  if (ids.length === 0) return
  const profiles = [...(await listProfiles(db)), ...(await listWhatsAppProfiles(db))]
  for (let start = 0; start < ids.length; start += CHUNK)
    yield* await loadViews(db, ids.slice(start, start + CHUNK), profiles)
}

/**
 * The full id of an order from what a person typed: the id, or its last characters when only one order ends so.
 * @throws ORDER_NOT_FOUND, AMBIGUOUS_ID
 */
export async function orderIdOf(db: Db, typed: string): Promise<string> {
  const ending = typed.trim().toUpperCase()
  const rows = await db
    .selectFrom('send_order')
    .select('id')
    .where((where) =>
      where(where.fn('substr', ['id', where.val(ID_LENGTH + 1 - ending.length)]), '=', ending),
    )
    .limit(2)
    .execute()
  const [row, another] = ending === '' ? [] : rows
  if (row === undefined) throw new CfdiMailError('ORDER_NOT_FOUND', { id: typed })
  if (another !== undefined) throw new CfdiMailError('AMBIGUOUS_ID', { id: typed })
  return row.id
}

async function orderIds(db: Db, filter: OrderFilter): Promise<string[]> {
  let query = db.selectFrom('send_order').select('id').orderBy('id', 'desc')
  if (filter.ids !== undefined) query = query.where('id', 'in', filter.ids)
  if (filter.customers !== undefined) query = query.where('customer', 'in', filter.customers)
  if (filter.states !== undefined) {
    const states = filter.states
    query = query.where('id', 'in', (sub) =>
      sub.selectFrom('delivery').select('order_id').where('state', 'in', states),
    )
  }
  if (filter.uuid !== undefined) {
    const uuid = filter.uuid.toUpperCase()
    query = query.where('id', 'in', (sub) =>
      sub.selectFrom('order_document').select('order_id').where('uuid', '=', uuid),
    )
  }
  if (filter.period !== undefined) {
    const { from, to } = filter.period
    query = query.where((where) =>
      where.or([
        where('id', 'in', (sub) => {
          let documents = sub.selectFrom('order_document').select('order_id')
          if (from !== null) documents = documents.where('issued_at', '>=', from)
          if (to !== null) documents = documents.where('issued_at', '<=', `${to}T99`)
          return documents
        }),
        where('id', 'in', (sub) => {
          let papers = sub.selectFrom('order_paper').select('order_id')
          if (from !== null) papers = papers.where('paper_date', '>=', from)
          if (to !== null) papers = papers.where('paper_date', '<=', to)
          return papers
        }),
      ]),
    )
  }
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map((row) => row.id).reverse()
}
