import type { OpenPacks } from '../files/snapshots.ts'
import type { Room } from '../message/assemble.ts'
import type { HeldReason, RecipientResult } from '../model/delivery.ts'
import type { SentDelivery } from '../model/results/outbox.ts'
import { cancelledAmong } from '../store/cancelled-documents.ts'
import type { Settlement } from '../store/settle.ts'
import type { Ctx } from './ctx.ts'
import { loadMessage } from './load-message.ts'
import type { LoadedMessage } from './loaded-message.ts'
import { deliveryEvent, sentDelivery, settleResults } from './order-outcome.ts'
import { payrollObstacle } from './payroll-guard.ts'
import type { Sending } from './sending.ts'
import { settleDurably } from './settle-durably.ts'

/** What does not go out has its outcome written already. */
export type Prepared =
  | { readonly ready: true; readonly message: LoadedMessage }
  | { readonly ready: false; readonly deliveries: readonly SentDelivery[] }

/** Where a message's snapshots are read from, and its bytes are put. */
export interface MessagePlaces {
  readonly packs: OpenPacks
  readonly room: Room
}

/** What can be known without asking the server: whether the order may still go out, with what bytes, and not too many. */
export async function prepareOrder(
  ctx: Ctx,
  sending: Sending,
  { packs, room }: MessagePlaces,
): Promise<Prepared> {
  const { order, profile, type } = sending
  const stopped = await stopUnfit(ctx, sending, order.cancelled)
  if (stopped !== null) return { ready: false, deliveries: stopped }
  const message = await loadMessage(ctx, { order, profile, type, sealing: 'fix', packs, room })
  if ('missing' in message)
    return await leave(ctx, sending, { state: 'held', held: 'review', detail: message.missing })
  if (profile.maxBytes !== null && message.bytes > profile.maxBytes)
    return await refuse(ctx, sending, `${message.bytes} bytes; the profile takes ${profile.maxBytes}`)
  return { ready: true, message }
}

/**
 * Stops an order with a document that is cancelled by now, or with payroll for an address that is no longer its employee's own.
 * @returns the outcome, which is written; null for an order that may go out
 */
export async function stopOrder(ctx: Ctx, sending: Sending): Promise<readonly SentDelivery[] | null> {
  const [cancelled = null] = await cancelledAmong(ctx.db, sending.order.uuids)
  return await stopUnfit(ctx, sending, cancelled)
}

/** @param cancelled the document that is, or null */
async function stopUnfit(
  ctx: Ctx,
  sending: Sending,
  cancelled: string | null,
): Promise<readonly SentDelivery[] | null> {
  const { order } = sending
  if (cancelled !== null)
    return (await leave(ctx, sending, { state: 'cancelled', held: null, detail: cancelled })).deliveries
  const obstacle = await payrollObstacle(ctx, order)
  if (obstacle === null) return null
  return (await leave(ctx, sending, { state: 'held', held: 'review', detail: obstacle })).deliveries
}

/** RFC 3463: 5.3.4, message too big for system; what the server would say after all of it was sent. */
async function refuse(ctx: Ctx, sending: Sending, reply: string): Promise<Prepared> {
  const recipients = sending.order.deliveries.map(({ recipient }): RecipientResult => ({
    ...{ address: recipient, outcome: 'rejected', code: 0, enhanced: '5.3.4', reply, serverId: '' },
  }))
  const result = { recipients, fault: null, reusable: true }
  return { ready: false, ...(await settleResults(ctx, sending, { result, ms: 0, tls: '', use: null })) }
}

interface Left {
  readonly state: 'cancelled' | 'held'
  readonly held: HeldReason | null
  readonly detail: string
}

/** Does not send: writes why, for every delivery of the claim. */
async function leave(
  ctx: Ctx,
  sending: Sending,
  left: Left,
): Promise<{ readonly ready: false; readonly deliveries: readonly SentDelivery[] }> {
  const { order, token, profile } = sending
  const at = ctx.now().toISOString()
  const settlements = order.deliveries.map((delivery): Settlement => ({
    delivery,
    next: { state: left.state, dueAt: null },
    heldReason: left.held,
    result: null,
  }))
  const events = order.deliveries.map((delivery) =>
    deliveryEvent(sending, {
      at,
      delivery,
      event: left.state,
      level: left.state === 'held' ? 'error' : 'info',
      detail: left.detail,
    }),
  )
  await settleDurably(ctx, {
    token,
    profile: profile.name,
    at,
    ms: 0,
    tls: '',
    use: null,
    settlements,
    events,
  })
  const deliveries = order.deliveries.map((delivery) =>
    sentDelivery(order, delivery, {
      next: { state: left.state, dueAt: null },
      answer: { code: 0, enhanced: '', reply: left.detail },
      tried: 0,
    }),
  )
  return { ready: false, deliveries }
}
