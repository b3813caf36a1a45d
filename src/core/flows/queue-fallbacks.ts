import { parseReply } from '../model/reply.ts'
import { classifyReply } from '../model/reply-rules.ts'
import type { Fallback } from '../model/results/outbox.ts'
import type { DeliveryView, NewOrder, OrderView } from '../model/send-order.ts'
import { whatsappRule } from '../model/whatsapp-rules.ts'
import { findCustomer } from '../store/customers.ts'
import { writeOrders } from '../store/enqueue.ts'
import { listOrders } from '../store/orders.ts'
import { fallbackCandidates } from '../store/whatsapp-deliveries.ts'
import type { Ctx } from './ctx.ts'

/**
 * Queues what did not reach its customer on the other channel: mail that came back goes by WhatsApp where the customer wants
 * that (`fallback`), WhatsApp that could not be delivered goes by mail. Once an order, and never back again.
 * @returns the new orders, and which each brings on another channel
 */
export async function queueFallbacks(ctx: Ctx): Promise<Fallback[]> {
  const ids = await fallbackCandidates(ctx.db, ctx.now())
  const made: Fallback[] = []
  for (const order of ids.length === 0 ? [] : await listOrders(ctx.db, { ids })) {
    const orders = reachedNobody(order) ? await fallbackOrders(ctx, order) : []
    if (orders.length === 0) continue
    await ctx.db.transaction().execute((db) => writeOrders(db, orders))
    made.push(...orders.map(({ id }) => ({ order: id, resendOf: order.id })))
  }
  return made
}

/** Every delivery failed for its recipient's sake; a fault of the message's own would meet the other channel as well. */
function reachedNobody({ deliveries, resendOf, channel, reason }: OrderView): boolean {
  if (resendOf !== null && (reason ?? '').startsWith(FALLBACK)) return false
  const open = deliveries.filter(({ state }) => state !== 'cancelled')
  return open.length > 0 && open.every((delivery) => isUnreachable(delivery, channel))
}

const FALLBACK = 'fallback: '

function isUnreachable({ state, code, reply }: DeliveryView, channel: OrderView['channel']): boolean {
  if (channel === 'whatsapp') {
    const isBad = state === 'failed' || state === 'bounced'
    return isBad && whatsappRule(code === 0 ? Number.parseInt(reply, 10) : code, 0).scope === 'recipient'
  }
  if (state === 'bounced') return true
  return state === 'failed' && classifyReply({ phase: 'rcpt', ...parseReply(reply) }).scope === 'recipient'
}

async function fallbackOrders(ctx: Ctx, order: OrderView): Promise<NewOrder[]> {
  const customer = await findCustomer(ctx.db, order.customer)
  if (customer === undefined) return []
  const reason = `${FALLBACK}${order.deliveries.map(({ reply }) => reply).join('; ')}`.slice(0, 200)
  // Loaded only now: it makes whole messages, and most runs that cron starts queue none.
  const { makeFallbackOrders } = await import('./make-fallback-orders.ts')
  return await makeFallbackOrders(ctx, { order, customer, reason })
}
