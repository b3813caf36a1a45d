import { CLAIMABLE_STATES, STOPPABLE_STATES } from '../model/delivery.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { DoneAction, DoneResult } from '../model/results/house.ts'
import type { OrderView } from '../model/send-order.ts'
import { listOrders, orderIdOf } from '../store/orders.ts'
import type { Db } from '../store/schema.ts'
import { steerDeliveries, type Steering } from '../store/steer.ts'
import type { Ctx } from './ctx.ts'

/** Orders that a person wants changed. */
export interface SteerRequest {
  /** Ids, or the ends of them. */
  readonly orders: readonly string[]
  /** '' for none. */
  readonly reason: string
}

interface Action extends Pick<Steering, 'from' | 'to' | 'event'> {
  readonly action: DoneAction
}

const HOLD: Action = { action: 'held', from: CLAIMABLE_STATES, to: 'held', event: 'held' }
const RELEASE: Action = { action: 'released', from: ['held'], to: 'pending', event: 'released' }
const CANCEL: Action = { action: 'cancelled', from: STOPPABLE_STATES, to: 'cancelled', event: 'cancelled' }
const ARRIVED: Action = { action: 'resolved', from: ['unknown'], to: 'sent', event: 'resolved' }
const RESEND: Action = { action: 'resolved', from: ['unknown'], to: 'pending', event: 'resolved' }

/**
 * Stops deliveries that wait: they do not go until they are released.
 * @throws ORDER_NOT_FOUND, AMBIGUOUS_ID, WRONG_STATE when an order has none that waits; then nothing is changed
 */
export async function holdOrders(ctx: Ctx, request: SteerRequest): Promise<DoneResult> {
  return steer(ctx, request, HOLD)
}

/**
 * Lets held deliveries go again, at once.
 * @throws ORDER_NOT_FOUND, AMBIGUOUS_ID, WRONG_STATE; NO_ADDRESS for an order that has nobody to go to
 */
export async function releaseOrders(ctx: Ctx, request: SteerRequest): Promise<DoneResult> {
  return steer(ctx, request, RELEASE)
}

/**
 * Gives up deliveries that have not left. What a sender has in its hands at this moment is not touched.
 * @throws ORDER_NOT_FOUND, AMBIGUOUS_ID, WRONG_STATE
 */
export async function cancelOrders(ctx: Ctx, request: SteerRequest): Promise<DoneResult> {
  return steer(ctx, request, CANCEL)
}

/** What a person found out about uncertain deliveries: they arrived, or they are to go again as the same message. */
export interface ResolveRequest {
  readonly order: string
  readonly verdict: 'sent' | 'resend'
  /** Only this address; null for all of the order. */
  readonly recipient: string | null
  readonly reason: string
}

/**
 * Ends the doubt about deliveries that the server may or may not have taken.
 * @throws ORDER_NOT_FOUND, AMBIGUOUS_ID, NOT_A_RECIPIENT, WRONG_STATE when none of them is uncertain
 */
export async function resolveOrder(ctx: Ctx, request: ResolveRequest): Promise<DoneResult> {
  const { order, verdict, recipient, reason } = request
  const action = verdict === 'sent' ? ARRIVED : RESEND
  return steer(
    ctx,
    { orders: [order], reason: [verdict, reason].filter(Boolean).join(': '), recipient },
    action,
  )
}

/** All of the orders or none: a list that is half done is worse than an error. */
async function steer(
  ctx: Ctx,
  request: SteerRequest & { readonly recipient?: string | null },
  { action, ...change }: Action,
): Promise<DoneResult> {
  const names = new Set<string>()
  for (const typed of request.orders) names.add(await orderIdOf(ctx.db, typed))
  const orders = [...names]
  const detail = byOperator(ctx, request.reason)
  await ctx.db.transaction().execute(async (db) => {
    const recipients = await storedSpelling(db, orders, request.recipient ?? null)
    const steered = await steerDeliveries(db, { ...change, orders, recipients, at: ctx.now(), detail })
    const changed = new Set(steered.map(({ order }) => order))
    const left = orders.find((order) => !changed.has(order))
    if (left !== undefined) throw await refusal(db, left, change)
  })
  return { kind: 'done', action, subject: 'order', names: orders }
}

/** Who did it and why, for the log. */
export function byOperator(ctx: Pick<Ctx, 'operator'>, reason: string): string {
  return reason === '' ? ctx.operator : `${ctx.operator}: ${reason}`
}

/** The address as the order has it, whatever case it was typed in. */
async function storedSpelling(
  db: Db,
  ids: readonly string[],
  typed: string | null,
): Promise<readonly string[] | null> {
  if (typed === null) return null
  const orders = await listOrders(db, { ids })
  const recipients = orders.flatMap((order) => order.deliveries.map(({ recipient }) => recipient))
  const wanted = typed.trim().toLowerCase()
  const meant = recipients.filter((recipient) => recipient.toLowerCase() === wanted)
  if (meant.length > 0) return meant
  const id = ids.map((order) => order.slice(-8)).join(', ')
  throw new CfdiMailError('NOT_A_RECIPIENT', {
    ...{ id, recipient: typed },
    recipients: recipients.join(', '),
  })
}

async function refusal(db: Db, id: string, { to }: Pick<Action, 'to'>): Promise<CfdiMailError> {
  const [order] = await listOrders(db, { ids: [id] })
  if (order === undefined) return new CfdiMailError('ORDER_NOT_FOUND', { id })
  if (to === 'pending' && isWithoutAddress(order)) {
    return new CfdiMailError('NO_ADDRESS', { id: id.slice(-8), customer: order.customer })
  }
  return new CfdiMailError('WRONG_STATE', { id: id.slice(-8), state: order.state })
}

function isWithoutAddress(order: OrderView): boolean {
  return order.deliveries.some(({ state, heldReason }) => state === 'held' && heldReason === 'no-address')
}
