import type { ChannelFault, Session } from '../channels/channel.ts'
import { isConnectionLimit } from '../model/quota-reply.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import { dropUse } from '../store/quota.ts'
import type { Ctx } from './ctx.ts'
import { ahead } from './lane-ahead.ts'
import { giveBack, isStopped, nextReady, type Ready, tell, type Work } from './lane-queue.ts'
import type { MessageRooms } from './message-rooms.ts'
import { stopOrder } from './prepare-order.ts'
import { sendOrder, type SendOutcome } from './send-order.ts'
import { isBusy } from './settle-durably.ts'

/**
 * A server that minds only the number of connections does not stop the lane while another connection of it works: this one
 * ends, the others go on with what is left.
 */
export function takeFault(work: Work, fault: ChannelFault): void {
  if (isConnectionLimit(fault.reply) && work.connected > 1) work.empty = false
  else work.fault ??= fault
}

interface Run {
  readonly session: Session
  readonly first: Ready
  readonly rooms: MessageRooms
}

/**
 * Sends one message after another. While the server answers to one, the next is made ready.
 * @returns what is ready for another connection; null when the lane is to end
 */
export async function runSession(
  ctx: Ctx,
  work: Work,
  { session, first, rooms }: Run,
): Promise<Ready | null> {
  const find = () => nextReady(ctx, work, rooms.next)
  let ready: Ready | null = first
  let former = Promise.resolve()
  let next = ahead(find)
  try {
    for (let sent = 0; ready !== null && sent < work.profile.messagesPerConnection;) {
      if (await isLeft(ctx, work, ready)) {
        ready = await find()
        continue
      }
      rooms.begin()
      next = ahead(find)
      const meanwhile = looksAhead(work) ? next.begin : () => undefined
      const { sending, message, use } = ready
      const outcome = await sendOrder(ctx, sending, { message, session, use, former, meanwhile })
      sent++
      if (outcome.untouched) await retract(ctx, work, ready)
      former = written(ctx, work, outcome)
      if (!outcome.reusable) rooms.abandon()
      if (outcome.fault !== null) {
        takeFault(work, outcome.fault)
        await next.dismiss((ready) => giveBack(ctx, work, ready))
        return null
      }
      ready = await goingOn(ctx, work, await afterBusy(next.take, former, find))
      if (!outcome.reusable) return ready
    }
    return ready
  } finally {
    // A claim that ends after the lane has put back what it claimed would keep its orders from the next run.
    await next.over()
    await former
  }
}

/** Where the next message may have to wait for the limit of a minute, the one on its way would count as the latest for it. */
function looksAhead({ profile }: Work): boolean {
  return profile.perMinute === null && !isWhatsApp<StoredWhatsAppProfile>(profile)
}

/** What was made ready while another message was on its way may have been cancelled since. */
async function isLeft(ctx: Ctx, work: Work, { sending, use }: Ready): Promise<boolean> {
  const stopped = await stopOrder(ctx, sending)
  if (stopped === null) return false
  await dropUse(ctx.db, use)
  tell(work, stopped)
  return true
}

/** The session was over before the message began: it is to be claimed anew. */
async function retract(ctx: Ctx, work: Work, { use }: Ready): Promise<void> {
  await dropUse(ctx.db, use)
  work.empty = false
}

/** Ends when a message's outcome is written. Whoever has not awaited it by then is told when the next dot is due. */
function written(ctx: Ctx, work: Work, outcome: SendOutcome): Promise<void> {
  const end = outcome.written.then((deliveries) => {
    tell(work, deliveries)
    work.delivered += deliveries.filter(({ state }) => state === 'sent').length
    ctx.progress('send', work.told, Math.max(work.expected, work.told))
  })
  end.catch(() => undefined)
  return end
}

/** Nothing more may begin when a signal came or another connection met a fault: what was made ready goes back. */
async function goingOn(ctx: Ctx, work: Work, ready: Ready | null): Promise<Ready | null> {
  if (ready === null || !isStopped(ctx, work)) return ready
  await giveBack(ctx, work, ready)
  return null
}

/** Another writer that is in the way of the next message is in the way of the outcome too, which waits until it is through. */
async function afterBusy(
  take: () => Promise<Ready | null>,
  former: Promise<void>,
  again: () => Promise<Ready | null>,
): Promise<Ready | null> {
  try {
    return await take()
  } catch (error) {
    if (!isBusy(error)) throw error
    await former
    return await again()
  }
}
