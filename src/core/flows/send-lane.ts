import { randomUUID } from 'node:crypto'
import type { ChannelFault, Session } from '../channels/channel.ts'
import { isConnectionLimit } from '../model/quota-reply.ts'
import type { SentDelivery } from '../model/results/outbox.ts'
import { tuneForSending } from '../store/sending-pragmas.ts'
import { dropUse, endUses } from '../store/quota.ts'
import { putBack } from '../store/settle.ts'
import type { Ctx } from './ctx.ts'
import { openCredential, settleProfile } from './lane-profile.ts'
import { giveBack, type Lane, nextReady, type Ready, type Work } from './lane-queue.ts'
import type { LimitHit } from './lane-slot.ts'
import { type MessageRoom, messageRoom } from './message-room.ts'
import { openSession } from './open-session.ts'
import { sendOrder, type SendOutcome } from './send-order.ts'
import { isBusy } from './settle-durably.ts'

/** What a lane did. */
export interface LaneOutcome {
  readonly deliveries: readonly SentDelivery[]
  /** The profile's own limit that ended it. */
  readonly hit: LimitHit | null
}

/**
 * Sends a lane's due orders over the profile's connections. The first fault that is the profile's own ends the lane: the
 * profile goes on hold and what was claimed goes back, with no try counted.
 */
export async function sendLane(ctx: Ctx, lane: Lane): Promise<LaneOutcome> {
  await tuneForSending(ctx.db)
  const credential = await openCredential(ctx, lane.profile)
  if (credential === null) return { deliveries: [], hit: null }
  const work: Work = {
    ...lane,
    expected: Math.min(lane.due, lane.budget.left),
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
  const room = messageRoom()
  const next = () => nextReady(ctx, work, room.take)
  for (let ready = await next(); ready !== null; ready = await next()) {
    ctx.fault('before-connect')
    const opened = await openSession(ctx, work.profile, work.credential)
    if (!opened.ok) {
      await giveBack(ctx, work, ready)
      if (opened.fault !== null) takeFault(work, opened.fault)
      return
    }
    try {
      if ((await runSession(ctx, work, { session: opened.session, first: ready, room })) === 'end') return
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
  { session, first, room }: { readonly session: Session; readonly first: Ready; readonly room: MessageRoom },
): Promise<'go-on' | 'end'> {
  let ready: Ready | null = first
  for (let sent = 1; ready !== null; sent++) {
    const { sending, message, use } = ready
    const outcome = await sendOrder(ctx, sending, { message, session, use })
    if (outcome.fault !== null) takeFault(work, outcome.fault)
    if (!outcome.reusable) room.abandon()
    const isLast = !outcome.reusable || sent >= work.profile.messagesPerConnection
    const then = isLast || outcome.fault !== null ? 'stop' : 'go-on'
    ready = await settleAndNext(ctx, work, { outcome, use, then, room })
    if (outcome.fault !== null) return 'end'
    if (isLast) return 'go-on'
  }
  return 'end'
}

interface Settled {
  readonly outcome: SendOutcome
  readonly use: string
  readonly then: 'go-on' | 'stop'
  readonly room: MessageRoom
}

/** Waits until a message's outcome is written. The reservation of the next one shares its commit. */
async function settleAndNext(
  ctx: Ctx,
  work: Work,
  { outcome, use, then, room }: Settled,
): Promise<Ready | null> {
  if (outcome.untouched) {
    await dropUse(ctx.db, use)
    work.empty = false
  }
  const next = then === 'go-on' ? nextReady(ctx, work, room.take) : Promise.resolve(null)
  // Whichever fails, the other is through when this ends.
  const [written, ready] = await Promise.allSettled([outcome.written, next])
  if (written.status === 'rejected') throw written.reason
  work.results.push(...written.value)
  work.delivered += written.value.filter(({ state }) => state === 'sent').length
  ctx.progress('send', work.results.length, Math.max(work.expected, work.results.length))
  if (ready.status === 'fulfilled') return ready.value
  // Another writer was in the way of both, and the outcome waited until that one was through.
  if (isBusy(ready.reason)) return await nextReady(ctx, work, room.take)
  throw ready.reason
}
