import { readHead } from '../cfdi/read-head.ts'
import { verificationUrl } from '../cfdi/verification-url.ts'
import { readBlob } from '../files/spool.ts'
import type { MessageAttachment } from '../message/compose.ts'
import { renderTemplate } from '../message/render.ts'
import { templateData } from '../message/template-data.ts'
import type { StampedHead } from '../model/cfdi.ts'
import { numbersOf } from '../model/customer-channel.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { parseReply } from '../model/reply.ts'
import { classifyReply } from '../model/reply-rules.ts'
import type { DeliveryView, NewOrder, OrderView } from '../model/send-order.ts'
import { GRAL } from '../model/packaging-type.ts'
import { templateFor } from '../model/template-use.ts'
import { whatsappRule } from '../model/whatsapp-rules.ts'
import { writeOrders } from '../store/enqueue.ts'
import { findCustomer } from '../store/customers.ts'
import { listOrders } from '../store/orders.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import { fallbackCandidates } from '../store/whatsapp-deliveries.ts'
import type { Ctx } from './ctx.ts'
import { chatOf } from './make-whatsapp-order.ts'
import { newOrder } from './new-order.ts'
import { resolveTemplate } from './resolve-template.ts'

/**
 * Queues what did not reach its customer on the other channel: mail that came back goes by WhatsApp where the customer wants
 * that (`fallback`), WhatsApp that could not be delivered goes by mail. Once an order, and never back again.
 * @returns ids of the new orders
 */
export async function queueFallbacks(ctx: Ctx): Promise<string[]> {
  const ids = await fallbackCandidates(ctx.db, ctx.now())
  const made: string[] = []
  for (const order of ids.length === 0 ? [] : await listOrders(ctx.db, { ids })) {
    const customer = reachedNobody(order) ? await findCustomer(ctx.db, order.customer) : undefined
    const orders = customer === undefined ? [] : await otherWay(ctx, order, customer)
    if (orders.length === 0) continue
    await ctx.db.transaction().execute((db) => writeOrders(db, orders))
    made.push(...orders.map(({ id }) => id))
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

async function otherWay(ctx: Ctx, order: OrderView, customer: Customer): Promise<NewOrder[]> {
  const attachments = order.attachments.flatMap(({ name, mediaType, sha256 }): MessageAttachment[] => {
    const content = readBlob(ctx.folders.spool, sha256)
    return content === null ? [] : [{ name, mediaType, content }]
  })
  const reason = `${FALLBACK}${order.deliveries.map(({ reply }) => reply).join('; ')}`.slice(0, 200)
  const way = { order, customer, attachments, reason }
  return order.channel === 'email' ? await byWhatsApp(ctx, way) : await byMail(ctx, way)
}

interface Way {
  readonly order: OrderView
  readonly customer: Customer
  readonly attachments: readonly MessageAttachment[]
  readonly reason: string
}

/** One message for each PDF whose XML lies beside it: the XML says what the template's fields are. */
async function byWhatsApp(ctx: Ctx, { order, customer, attachments, reason }: Way): Promise<NewOrder[]> {
  if (numbersOf(customer).length === 0) return []
  const orders: NewOrder[] = []
  for (const pdf of attachments.filter(({ name }) => /\.pdf$/i.test(name))) {
    const xml = attachments.find(
      ({ name }) => name.toLowerCase() === pdf.name.toLowerCase().replace(/pdf$/, 'xml'),
    )
    const [head] = xml === undefined ? [] : headsIn([xml])
    if (head === undefined) continue
    const type = { code: order.type }
    const chat = await chatOf(ctx, { customer, type, head, files: [pdf], reason, resendOf: order.id })
    orders.push(chat.order)
  }
  return orders
}

async function byMail(ctx: Ctx, { order, customer, attachments, reason }: Way): Promise<NewOrder[]> {
  const recipients = recipientsOf(customer)
  const heads = headsIn(attachments)
  if (recipients.length === 0 || heads.length === 0) return []
  const type = (await findPackagingType(ctx.db, order.type)) ?? { ...GRAL, code: order.type }
  const template = await resolveTemplate(
    ctx.db,
    type,
    templateFor({ templates: type.templates, kinds: heads.map(({ kind }) => kind), portal: 'unsaid' }),
  )
  const text = renderTemplate(
    template,
    templateData({
      ...{ heads, customer, settings: ctx.settings, verificationUrls: heads.map(verificationUrl) },
      attachments: attachments.map(({ name }) => name),
    }),
  )
  const parts = { customer, type, text, attachments, recipients, reason, documents: order.documents }
  return [await newOrder(ctx, { ...parts, issuerName: heads[0]?.issuer.name ?? '', resendOf: order.id })]
}

/** What the XML files among the attachments say. */
function headsIn(attachments: readonly MessageAttachment[]): StampedHead[] {
  return attachments
    .filter(({ name }) => /\.xml$/i.test(name))
    .flatMap(({ content }) => {
      const reading = readHead(content)
      return reading.ok ? [reading.head] : []
    })
}
