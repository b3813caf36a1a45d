import { randomUUID } from 'node:crypto'
import type { ChannelFault, Session } from '../channels/channel.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { HOST_HOLD_MINUTES, holdReason, type StoredProfile } from '../model/profile.ts'
import type { SentDelivery } from '../model/results/outbox.ts'
import { type ClaimedOrder, claimOrders } from '../store/claims.ts'
import { holdProfile, releaseProfile } from '../store/profiles.ts'
import { putBack } from '../store/settle.ts'
import type { Ctx } from './ctx.ts'
import { sendOrder } from './send-order.ts'

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

/** Minutes to wait after the server said that the account's quota is used up. */
const QUOTA_HOLD_MINUTES = 60

/** What the connections of a lane share. */
interface Work extends Lane {
  readonly token: string
  readonly password: string
  readonly queue: ClaimedOrder[]
  readonly results: SentDelivery[]
  fault: ChannelFault | null
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
export async function sendLane(ctx: Ctx, lane: Lane): Promise<readonly SentDelivery[]> {
  const password = await revealPassword(ctx, lane.profile)
  if (password === null) return []
  const work: Work = {
    ...lane,
    token: randomUUID(),
    password,
    queue: [],
    results: [],
    fault: null,
    empty: false,
    delivered: 0,
    claiming: Promise.resolve(),
  }
  try {
    await Promise.all(Array.from({ length: lane.profile.connections }, () => runConnection(ctx, work)))
  } finally {
    await putBack(ctx.db, work.token, ctx.now())
  }
  await settleProfile(ctx, work)
  return work.results
}

/** One connection after another, each for as many messages as the profile allows, until nothing is left to do. */
async function runConnection(ctx: Ctx, work: Work): Promise<void> {
  for (let order = await nextOrder(ctx, work); order !== null; order = await nextOrder(ctx, work)) {
    const opened = await ctx.channel.open(work.profile, work.password)
    if (!opened.ok) {
      work.queue.unshift(order)
      work.fault ??= opened.fault
      return
    }
    try {
      await runSession(ctx, work, { session: opened.session, first: order })
    } finally {
      await opened.session.close()
    }
  }
}

async function runSession(
  ctx: Ctx,
  work: Work,
  { session, first }: { readonly session: Session; readonly first: ClaimedOrder },
): Promise<void> {
  let order: ClaimedOrder | null = first
  for (let sent = 1; order !== null; sent++) {
    const outcome = await sendOrder(ctx, {
      order,
      session,
      token: work.token,
      profile: work.profile,
      type: work.types.get(order.type),
    })
    work.results.push(...outcome.deliveries)
    work.delivered += outcome.deliveries.filter(({ state }) => state === 'sent').length
    work.fault ??= outcome.fault
    ctx.progress('send', work.results.length, 0)
    if (!outcome.reusable || sent >= work.profile.messagesPerConnection) return
    order = await nextOrder(ctx, work)
  }
}

/** The next order to send, or null when the lane is to end: nothing due, limit reached, a fault, or a signal. */
async function nextOrder(ctx: Ctx, work: Work): Promise<ClaimedOrder | null> {
  if (work.queue.length === 0) {
    work.claiming = work.claiming.then(() => refill(ctx, work))
    await work.claiming
  }
  if (work.fault !== null || ctx.signal.aborted || work.budget.left === 0) return null
  const order = work.queue.shift()
  if (order === undefined) return null
  work.budget.left--
  return order
}

async function refill(ctx: Ctx, work: Work): Promise<void> {
  if (
    work.queue.length > 0 ||
    work.empty ||
    work.fault !== null ||
    ctx.signal.aborted ||
    work.budget.left === 0
  )
    return
  const limit = Math.min(CLAIM, work.budget.left)
  const claimed = await claimOrders(ctx.db, { profile: work.lane, now: ctx.now(), token: work.token, limit })
  work.empty = claimed.length === 0
  work.queue.push(...claimed)
}

/** A secret that cannot be read is the profile's fault like a wrong password: nothing is tried, a person has to look. */
async function revealPassword(ctx: Ctx, profile: StoredProfile): Promise<string | null> {
  try {
    return await ctx.secrets.reveal(`profile:${profile.name}:secret`, profile.secret)
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    const reason = holdReason('bad-password', Object.values(error.params).join(' '))
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
    until: holdUntil(fault, strikes, now),
    strikes,
  })
}

function holdUntil(fault: ChannelFault, strikes: number, now: Date): string | null {
  if (fault.scope === 'profile') return null
  const longest = HOST_HOLD_MINUTES.length
  const minutes =
    fault.scope === 'quota' ? QUOTA_HOLD_MINUTES : (HOST_HOLD_MINUTES[Math.min(strikes, longest) - 1] ?? 60)
  return new Date(now.getTime() + minutes * 60_000).toISOString()
}
