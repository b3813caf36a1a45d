import { randomUUID } from 'node:crypto'
import type { ChannelFault, Credential, Session } from '../channels/channel.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { pieces, transactionSize } from '../model/limits.ts'
import { holdReason, type StoredProfile } from '../model/profile.ts'
import { isConnectionLimit } from '../model/quota-reply.ts'
import type { SentDelivery } from '../model/results/outbox.ts'
import { type ClaimedOrder, claimOrders } from '../store/claims.ts'
import { holdProfile, releaseProfile } from '../store/profiles.ts'
import { dropUse, endUses } from '../store/quota.ts'
import { putBack } from '../store/settle.ts'
import { wordsOfSecretError } from './access-tokens.ts'
import type { Ctx } from './ctx.ts'
import { type LimitHit, takeSlot } from './lane-slot.ts'
import type { LoadedMessage } from './load-message.ts'
import { credentialOf } from './profile-credential.ts'
import { holdUntil } from './quota-hold.ts'
import { prepareOrder, type Sending, sendOrder } from './send-order.ts'

/** Messages that the run may still send, shared by all lanes. */
export interface Budget {
  left: number
}

export interface Lane {
  /** The profile's name in the orders, or null for orders that take the default one. */
  readonly lane: string | null
  readonly profile: StoredProfile
  readonly types: ReadonlyMap<string, PackagingType>
  readonly budget: Budget
}

/** Orders claimed in one commit and shared by the lane's connections. */
const CLAIM = 20

/** What a lane did. */
export interface LaneOutcome {
  readonly deliveries: readonly SentDelivery[]
  /** The profile's own limit that ended it. */
  readonly hit: LimitHit | null
}

/** A message that may go out, with its place in the ledger. */
interface Ready {
  readonly sending: Sending
  readonly message: LoadedMessage
  readonly use: string
}

/** What the connections of a lane share. */
interface Work extends Lane {
  readonly token: string
  readonly credential: Credential
  readonly queue: ClaimedOrder[]
  readonly results: SentDelivery[]
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
 * Sends a lane's due orders over the profile's connections. The first fault that is the profile's own ends the lane: the
 * profile goes on hold and what was claimed goes back, with no try counted.
 */
export async function sendLane(ctx: Ctx, lane: Lane): Promise<LaneOutcome> {
  const credential = await openCredential(ctx, lane.profile)
  if (credential === null) return { deliveries: [], hit: null }
  const work: Work = {
    ...lane,
    token: randomUUID(),
    credential,
    queue: [],
    results: [],
    fault: null,
    hit: null,
    connected: 0,
    broken: false,
    empty: false,
    delivered: 0,
    claiming: Promise.resolve(),
  }
  try {
    await runConnections(ctx, work)
  } catch (error) {
    // Best done now, but not at the price of the reason: the next run takes it up as well.
    await putBack(ctx.db, work.token).catch(() => undefined)
    throw error
  }
  await putBack(ctx.db, work.token)
  await endUses(ctx.db, work.token, ctx.now())
  await settleProfile(ctx, work)
  return { deliveries: work.results, hit: work.hit }
}

/**
 * Waits for all connections, whatever happens to one: the others finish what is in hand and begin nothing.
 * @throws the first that was thrown
 */
async function runConnections(ctx: Ctx, work: Work): Promise<void> {
  const running = Array.from({ length: work.profile.connections }, async () => {
    work.connected++
    try {
      await runConnection(ctx, work)
    } catch (error) {
      work.broken = true
      throw error
    } finally {
      work.connected--
    }
  })
  const broken = (await Promise.allSettled(running)).find((end) => end.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}

/** One connection after another, each for as many messages as the profile allows, until nothing is left to do. */
async function runConnection(ctx: Ctx, work: Work): Promise<void> {
  for (let ready = await nextReady(ctx, work); ready !== null; ready = await nextReady(ctx, work)) {
    ctx.fault('before-connect')
    const opened = await ctx.channel.open(work.profile, work.credential)
    if (!opened.ok) {
      await giveBack(ctx, work, ready)
      takeFault(work, opened.fault)
      return
    }
    try {
      if ((await runSession(ctx, work, { session: opened.session, first: ready })) === 'end') return
    } finally {
      await opened.session.close()
    }
  }
}

/**
 * A server that minds only the number of connections does not stop the lane while another connection of it works: this one
 * ends, the others go on with what is left.
 */
function takeFault(work: Work, fault: ChannelFault): void {
  if (isConnectionLimit(fault.reply) && work.connected > 1) work.empty = false
  else work.fault ??= fault
}

async function runSession(
  ctx: Ctx,
  work: Work,
  { session, first }: { readonly session: Session; readonly first: Ready },
): Promise<'go-on' | 'end'> {
  let ready: Ready | null = first
  for (let sent = 1; ready !== null; sent++) {
    const { sending, message, use } = ready
    const outcome = await sendOrder(ctx, sending, { message, session, use })
    if (outcome.untouched) await dropUse(ctx.db, use)
    work.results.push(...outcome.deliveries)
    work.delivered += outcome.deliveries.filter(({ state }) => state === 'sent').length
    ctx.progress('send', work.results.length, 0)
    if (outcome.fault !== null) {
      takeFault(work, outcome.fault)
      return 'end'
    }
    if (outcome.untouched) work.empty = false
    if (!outcome.reusable || sent >= work.profile.messagesPerConnection) return 'go-on'
    ready = await nextReady(ctx, work)
  }
  return 'end'
}

/** The next message that may go out now, or null when the lane is to end. What may not go out is settled on the way. */
async function nextReady(ctx: Ctx, work: Work): Promise<Ready | null> {
  for (let order = await nextOrder(ctx, work); order !== null; order = await nextOrder(ctx, work)) {
    const sending = {
      order,
      token: work.token,
      profile: work.profile,
      type: work.types.get(order.type),
    }
    const prepared = await prepareOrder(ctx, sending)
    if (!prepared.ready) {
      work.results.push(...prepared.deliveries)
      continue
    }
    const slot = await takeSlot(ctx, { ...sending, isOver: () => isOver(ctx, work) })
    if (slot.outcome === 'granted') return { sending, message: prepared.message, use: slot.use }
    if (slot.outcome === 'limit') work.hit ??= slot.hit
    work.queue.unshift(order)
    work.budget.left++
    return null
  }
  return null
}

/** Back to the queue: nothing was said to the server about it. */
async function giveBack(ctx: Ctx, work: Work, { sending, use }: Ready): Promise<void> {
  await dropUse(ctx.db, use)
  work.queue.unshift(sending.order)
  work.budget.left++
}

/** The next order to send, or null when the lane is to end: nothing due, limit reached, a fault, or a signal. */
async function nextOrder(ctx: Ctx, work: Work): Promise<ClaimedOrder | null> {
  if (work.queue.length === 0) {
    work.claiming = work.claiming.then(() => refill(ctx, work))
    await work.claiming
  }
  if (isOver(ctx, work) || work.budget.left === 0) return null
  const order = work.queue.shift()
  if (order === undefined) return null
  work.budget.left--
  return order
}

function isOver(ctx: Ctx, { fault, hit, broken }: Work): boolean {
  return fault !== null || hit !== null || broken || ctx.signal.aborted
}

async function refill(ctx: Ctx, work: Work): Promise<void> {
  if (work.queue.length > 0 || work.empty || work.budget.left === 0 || isOver(ctx, work)) return
  const limit = Math.min(CLAIM, work.budget.left)
  const claimed = await claimOrders(ctx.db, { profile: work.lane, now: ctx.now(), token: work.token, limit })
  ctx.fault('claim')
  work.empty = claimed.length === 0
  const size = transactionSize(work.profile)
  work.queue.push(...claimed.flatMap((order) => transactionsOf(order, size)))
}

/** One order a transaction: the same message, each time to as many recipients as one may have. */
function transactionsOf(order: ClaimedOrder, size: number): ClaimedOrder[] {
  return pieces(order.deliveries, size).map((deliveries) => ({ ...order, deliveries }))
}

/** A secret that cannot be read is the profile's fault like a wrong password: nothing is tried, a person has to look. */
async function openCredential(ctx: Ctx, profile: StoredProfile): Promise<Credential | null> {
  try {
    return await credentialOf(ctx, profile)
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    const reason = holdReason('secret-unreadable', wordsOfSecretError(error))
    await holdProfile(ctx.db, profile.name, { at: ctx.now().toISOString(), reason, until: null, strikes: 0 })
    return null
  }
}

/** After a fault the profile waits: for a person when the fault is its own, by itself and longer each time when it is the host's. */
async function settleProfile(ctx: Ctx, { profile, fault, delivered }: Work): Promise<void> {
  const now = ctx.now()
  if (fault === null) {
    if (profile.hold !== null && delivered > 0) await releaseProfile(ctx.db, profile.name, now.toISOString())
    return
  }
  const strikes = delivered > 0 ? 1 : (profile.hold?.strikes ?? 0) + 1
  await holdProfile(ctx.db, profile.name, {
    at: now.toISOString(),
    reason: holdReason(fault.cause, fault.reply),
    until: await holdUntil(ctx, { profile, fault, strikes }),
    strikes,
  })
}
