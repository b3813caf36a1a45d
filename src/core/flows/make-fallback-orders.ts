import { readHead } from '../cfdi/read-head.ts'
import { verificationUrl } from '../cfdi/verification-url.ts'
import type { MessageAttachment } from '../message/compose.ts'
import { renderTemplate } from '../message/render.ts'
import { templateData } from '../message/template-data.ts'
import type { StampedHead } from '../model/cfdi.ts'
import { numbersOf } from '../model/customer-channel.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { settingFor, withSettingTexts } from '../model/document-setting.ts'
import { GRAL, type PackagingType } from '../model/packaging-type.ts'
import type { NewOrder, OrderView } from '../model/send-order.ts'
import { templateFor } from '../model/template-use.ts'
import { listDocumentSettings } from '../store/document-settings.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import type { Ctx } from './ctx.ts'
import { chatOf } from './make-whatsapp-order.ts'
import { newOrder } from './new-order.ts'
import { orderContents } from './order-contents.ts'
import { freshFacts } from './order-facts.ts'
import { resolveTemplate } from './resolve-template.ts'

/**
 * The orders that bring what is in an order to its customer on the other channel; none where the customer has no address
 * there, or nothing in it can go that way.
 * @param reason what the fallback is for, stored with the new orders
 */
export async function makeFallbackOrders(
  ctx: Ctx,
  { order, customer, reason }: Omit<Way, 'attachments'>,
): Promise<NewOrder[]> {
  const contents = await orderContents(ctx, order.id)
  const attachments = order.attachments.flatMap(({ name, mediaType }, i): MessageAttachment[] => {
    const content = contents[i] ?? null
    return content === null ? [] : [{ name, mediaType, content }]
  })
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
  const type = await typeOf(ctx, order, { customer, heads })
  const template = await resolveTemplate(
    freshFacts(ctx.db),
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

/** The order's packaging type, with the texts that settings say for the document and the customer's class. */
async function typeOf(
  { db }: Ctx,
  order: OrderView,
  { customer, heads }: { readonly customer: Customer; readonly heads: readonly StampedHead[] },
): Promise<PackagingType> {
  const type = (await findPackagingType(db, order.type)) ?? { ...GRAL, code: order.type }
  const [head, another] = heads
  if (head === undefined || another !== undefined) return type
  const about = { kind: head.kind, customerClass: customer.class ?? '' }
  return withSettingTexts(type, head.kind, settingFor(await listDocumentSettings(db), about))
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
