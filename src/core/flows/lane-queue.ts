import type { ChannelFault, Credential } from '../channels/channel.ts'
import type { OpenPacks } from '../files/snapshots.ts'
import type { Room } from '../message/assemble.ts'
import { pieces, transactionSize } from '../model/limits.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { AnyProfile } from '../model/lanes.ts'
import type { SentDelivery } from '../model/results/outbox.ts'
import type { ClaimedOrder } from '../store/claimed-orders.ts'
import { claimOrders } from '../store/claims.ts'
import { dropUse } from '../store/quota.ts'
import type { Ctx } from './ctx.ts'
import { type LimitHit, takeSlot } from './lane-slot.ts'
import type { LoadedMessage } from './loaded-message.ts'
import { prepareOrder } from './prepare-order.ts'
import type { Sending } from './sending.ts'
import type { SendingReport } from './sending-report.ts'

/** Messages that the run may still send, shared by all lanes. */
export interface Budget {
  left: number
}

export interface Lane {
  /** All that the profile sends (model/lanes.ts). */
  readonly lanes: readonly (string | null)[]
  readonly profile: AnyProfile
  readonly types: ReadonlyMap<string, PackagingType>
  readonly budget: Budget
  /** Deliveries that were due when it began: only told. */
  readonly due: number
  /** Takes what becomes of them. */
  readonly report: SendingReport
}

/** Orders claimed in one commit and shared by the lane's connections. */
const CLAIM = 20

/** A message that may go out, with its place in the ledger. */
export interface Ready {
  readonly sending: Sending
  readonly message: LoadedMessage
  readonly use: string
}

/** What the connections of a lane share. */
export interface Work extends Lane {
  /** Deliveries that it will come to if nothing stops it: only told. */
  readonly expected: number
  readonly token: string
  readonly credential: Credential
  readonly packs: OpenPacks
  readonly queue: ClaimedOrder[]
  /** Deliveries of which it is known what became of them: only told. */
  told: number
  fault: ChannelFault | null
  hit: LimitHit | null
  /** Connections that have not ended. */
  connected: number
  /** Something was thrown: without a store to write to, nothing more may leave. */
  broken: boolean
  /** Whether claiming found nothing more. */
  empty: boolean
  delivered: number
  /** One claim at a time, or two connections would both find the queue empty and claim twice. */
  claiming: Promise<void>
}

/**
 * The next message that may go out now, or null when the lane is to end. What may not go out is settled on the way.
 * @param room where its bytes are put
 */
export async function nextReady(ctx: Ctx, work: Work, room: Room): Promise<Ready | null> {
  for (let order = await nextOrder(ctx, work); order !== null; order = await nextOrder(ctx, work)) {
    const sending = {
      order,
      token: work.token,
      profile: work.profile,
      type: work.types.get(order.type),
    }
    const places = { packs: work.packs, room }
    const prepared = await keepingOrder(work, order, () => prepareOrder(ctx, sending, places))
    if (!prepared.ready) {
      tell(work, prepared.deliveries)
      continue
    }
    const slot = await keepingOrder(work, order, () =>
      takeSlot(ctx, { profile: work.profile, order, token: work.token, isOver: () => isOver(ctx, work) }),
    )
    if (slot.outcome === 'granted') return { sending, message: prepared.message, use: slot.use }
    if (slot.outcome === 'limit') work.hit ??= slot.hit
    returnOrder(work, order)
    return null
  }
  return null
}

/** What could not be looked at because the store failed is still to be sent. */
async function keepingOrder<T>(work: Work, order: ClaimedOrder, look: () => Promise<T>): Promise<T> {
  try {
    return await look()
  } catch (error) {
    returnOrder(work, order)
    throw error
  }
}

function returnOrder(work: Work, order: ClaimedOrder): void {
  work.queue.unshift(order)
  work.budget.left++
}

/** Back to the queue: nothing was said to the server about it. */
export async function giveBack(ctx: Ctx, work: Work, { sending, use }: Ready): Promise<void> {
  await dropUse(ctx.db, use)
  returnOrder(work, sending.order)
}

/** What became of some deliveries, which is written. */
export function tell(work: Work, deliveries: readonly SentDelivery[]): void {
  work.report.add(deliveries)
  work.told += deliveries.length
}

/** The next order to send, or null when the lane is to end: nothing due, limit reached, a fault, or a signal. */
async function nextOrder(ctx: Ctx, work: Work): Promise<ClaimedOrder | null> {
  if (work.queue.length === 0) {
    // A claim that failed is its caller's to know; the next one tries anew.
    work.claiming = work.claiming.catch(() => undefined).then(() => refill(ctx, work))
    await work.claiming
  }
  if (isOver(ctx, work) || work.budget.left === 0) return null
  const order = work.queue.shift()
  if (order === undefined) return null
  work.budget.left--
  return order
}

/** Whether nothing more may begin, not even what has its place already. */
export function isStopped(ctx: Ctx, { fault, broken }: Work): boolean {
  return fault !== null || broken || ctx.signal.aborted
}

function isOver(ctx: Ctx, work: Work): boolean {
  return isStopped(ctx, work) || work.hit !== null
}

async function refill(ctx: Ctx, work: Work): Promise<void> {
  if (work.queue.length > 0 || work.empty || work.budget.left === 0 || isOver(ctx, work)) return
  const limit = Math.min(CLAIM, work.budget.left)
  const { lanes, token } = work
  const claimed = await claimOrders(ctx.db, { lanes, now: ctx.now(), token, limit })
  ctx.fault('claim')
  work.empty = claimed.length === 0
  const size = transactionSize(work.profile)
  work.queue.push(...claimed.flatMap((order) => transactionsOf(order, size)))
}

/** One order a transaction: the same message, each time to as many recipients as one may have. */
function transactionsOf(order: ClaimedOrder, size: number): ClaimedOrder[] {
  if (order.deliveries.length <= size) return [order]
  return pieces(order.deliveries, size).map((deliveries) => ({ ...order, deliveries }))
}
