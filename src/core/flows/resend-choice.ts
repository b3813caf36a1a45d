import type { DeliveryState } from '../model/delivery.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { Period } from '../model/period.ts'
import type { NotResent, NotResentReason } from '../model/results/outbox.ts'
import type { OrderView } from '../model/send-order.ts'
import { cancelledUuids } from '../store/cancelled-documents.ts'
import { listOrders, orderIdOf } from '../store/orders.ts'
import { repeatedAmong } from '../store/repeats.ts'
import type { Ctx } from './ctx.ts'
import { orderCustomers } from './order-customers.ts'

/** What to send again. Orders and filter narrow each other. */
export interface ResendRequest {
  /** Ids, or the ends of them. */
  readonly orders: readonly string[]
  /** Customer codes, or `?` to search. */
  readonly clients: readonly string[]
  /** By the documents' own date. */
  readonly period: Period
  readonly states: readonly DeliveryState[] | null
  /** Addresses instead of the customer's, as typed; [] for the customer's. */
  readonly to: readonly string[]
  /** Whether those addresses become the customer's. */
  readonly keep: 'save' | 'once'
  readonly reason: string | null
  readonly confirmed: 'yes' | 'no'
}

/** States in which a delivery may still go out by itself, or is going out at this moment. */
const UNDER_WAY: readonly DeliveryState[] = ['pending', 'leased', 'dotted', 'deferred']

export interface ChosenOrders {
  readonly orders: readonly OrderView[]
  readonly skipped: readonly NotResent[]
}

/**
 * The orders to repeat. One that a filter finds is left out when repeating it is not what a filter can mean: it is not
 * finished, it was cancelled, or another order repeats it already, so that the same command twice sends once.
 * @throws WRONG_STATE, DOCUMENT_CANCELLED for an order that is named by its id
 */
export async function chooseOrders(ctx: Ctx, request: ResendRequest): Promise<ChosenOrders> {
  const found = await findOrders(ctx, request)
  const cancelled = await cancelledUuids(ctx.db)
  const isNamed = request.orders.length > 0
  const repeated = isNamed
    ? new Set<string>()
    : await repeatedAmong(
        ctx.db,
        found.map(({ id }) => id),
      )
  const orders: OrderView[] = []
  const skipped: NotResent[] = []
  for (const order of found) {
    const reason = repeated.has(order.id) ? 'repeated' : obstacle(order, cancelled)
    if (reason === null || (reason === 'cancelled' && (isNamed || request.states?.includes('cancelled')))) {
      orders.push(order)
    } else if (isNamed) throw refusal(order, cancelled)
    else skipped.push({ id: order.id, customer: order.customer, state: order.state, reason })
  }
  return { orders, skipped }
}

async function findOrders(ctx: Ctx, request: ResendRequest): Promise<readonly OrderView[]> {
  const { period, states } = request
  const ids = new Set<string>()
  for (const typed of request.orders) ids.add(await orderIdOf(ctx.db, typed))
  const customers = await orderCustomers(ctx, request.clients)
  return listOrders(ctx.db, {
    ...(ids.size === 0 ? {} : { ids: [...ids] }),
    ...(customers === null ? {} : { customers }),
    ...(period.from === null && period.to === null ? {} : { period }),
    ...(states === null ? {} : { states }),
  })
}

function obstacle(order: OrderView, cancelled: ReadonlySet<string>): NotResentReason | null {
  if (order.deliveries.some(({ state }) => UNDER_WAY.includes(state))) return 'not-finished'
  if (order.documents.some(({ uuid }) => cancelled.has(uuid))) return 'document-cancelled'
  return order.state === 'cancelled' ? 'cancelled' : null
}

function refusal(order: OrderView, cancelled: ReadonlySet<string>): CfdiMailError {
  const id = order.id.slice(-8)
  const state = order.deliveries.map((delivery) => delivery.state).find((each) => UNDER_WAY.includes(each))
  if (state !== undefined) return new CfdiMailError('WRONG_STATE', { id, state })
  const uuid = order.documents.find((document) => cancelled.has(document.uuid))?.uuid ?? ''
  return new CfdiMailError('DOCUMENT_CANCELLED', { id, uuid })
}
