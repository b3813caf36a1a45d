import { verificationUrl } from '../cfdi/verification-url.ts'
import { sha256Of } from '../files/spool.ts'
import { mediaTypeOf } from '../message/attachment-name.ts'
import type { MessageAttachment } from '../message/compose.ts'
import { templateData } from '../message/template-data.ts'
import { numbersOf } from '../model/customer-channel.ts'
import type { StampedHead } from '../model/cfdi.ts'
import type { Customer, Recipient } from '../model/customer.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { defaultLane } from '../model/lanes.ts'
import type { NewOrder, OrderView } from '../model/send-order.ts'
import { textOf } from '../model/json-object.ts'
import { LARGEST_DOCUMENT } from '../model/whatsapp-profile.ts'
import { newId } from '../store/ids.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder, Parcel } from './make-orders.ts'
import { orderDocumentOf } from '../model/order-document.ts'
import { deliveriesTo } from './new-order.ts'
import { freshFacts, type OrderFacts } from './order-facts.ts'
import type { PreparedDocument } from './prepare-document.ts'

/** Why a document cannot go by WhatsApp. */
type NoWhatsApp = 'no-pdf' | 'too-big'

/**
 * The WhatsApp order of one document: its PDF, and every field's text for the template. A template has one document, so a
 * parcel of several becomes several orders. XML and ZIP are not among the files that WhatsApp takes.
 */
async function makeWhatsAppOrder(
  ctx: Ctx,
  { customer, type, reason, facts }: Pick<Parcel, 'customer' | 'type' | 'reason' | 'facts'>,
  { head, attachments }: PreparedDocument,
): Promise<MadeOrder | NoWhatsApp> {
  const pdf = attachments.find(({ mediaType }) => mediaType === PDF)
  if (pdf === undefined) return 'no-pdf'
  if (pdf.content.length > LARGEST_DOCUMENT) return 'too-big'
  // Kept for mail, should the number not have WhatsApp.
  const xml = customer.channel === 'whatsapp' ? attachments.filter(({ name }) => /\.xml$/i.test(name)) : []
  return await chatOf(ctx, { customer, type, head, files: [pdf, ...xml], reason, resendOf: null, facts })
}

/** A document for WhatsApp. */
export interface Chat {
  readonly customer: Customer
  readonly type: Pick<PackagingType, 'code'>
  readonly head: StampedHead
  /** The PDF that goes, and what is kept beside it. */
  readonly files: readonly MessageAttachment[]
  readonly reason: string | null
  readonly resendOf: string | null
  /** Left out to ask the store anew. */
  readonly facts?: OrderFacts
}

export async function chatOf(
  ctx: Ctx,
  { customer, type, head, files, reason, resendOf, facts }: Chat,
): Promise<MadeOrder> {
  const texts = templateData({
    ...{ heads: [head], customer, settings: ctx.settings },
    ...{ verificationUrls: [verificationUrl(head)], attachments: files.map(({ name }) => name) },
  })
  const kept = files.map(({ name, mediaType, content }) => ({
    ...{ name, mediaType, sha256: sha256Of(content), bytes: content.length },
  }))
  const order = {
    ...(await newChat(ctx, numbersOf(customer), facts)),
    ...{ customer: customer.code, customerName: customer.name, type: type.code },
    subject: [textOf(texts['documentName']), textOf(texts['seriesFolio'])].filter(Boolean).join(' '),
    text: JSON.stringify({ ...texts, documents: undefined }),
    html: null,
    documents: [orderDocumentOf(head)],
    attachments: kept,
    ...{ resendOf, reason },
  }
  const contents = files.map(({ content }) => content)
  return { order, blobs: new Map(kept.map(({ sha256 }, i) => [sha256, contents[i] ?? Buffer.alloc(0)])) }
}

const PDF = mediaTypeOf('a.pdf')

/** WhatsApp orders, and by path the documents that cannot go that way. */
export interface Chats {
  readonly made: readonly MadeOrder[]
  readonly unfit: ReadonlyMap<string, NoWhatsApp>
}

/** The WhatsApp orders of a parcel. */
export async function makeChats(ctx: Ctx, parcel: Parcel): Promise<Chats> {
  const made: MadeOrder[] = []
  const unfit = new Map<string, NoWhatsApp>()
  for (const document of parcel.documents) {
    const chat = await makeWhatsAppOrder(ctx, parcel, document)
    if (typeof chat === 'string') unfit.set(document.file.path, chat)
    else made.push(chat)
  }
  return { made, unfit }
}

/** Another message to the same or other numbers, with the words and the PDF of an order. */
export async function repeatChat(
  ctx: Ctx,
  { id, customer, customerName, type, documents, papers, attachments }: OrderView,
  repeat: {
    readonly text: Pick<NewOrder, 'subject' | 'text' | 'html'>
    readonly recipients: readonly Recipient[]
    readonly reason: string
  },
): Promise<NewOrder> {
  return {
    ...(await newChat(ctx, repeat.recipients)),
    ...{ customer, customerName, type, documents, papers, attachments, ...repeat.text },
    ...{ resendOf: id, reason: repeat.reason },
  }
}

/** What every WhatsApp order has, whatever it is of. */
export async function newChat(
  ctx: Ctx,
  recipients: readonly Recipient[],
  facts: OrderFacts = freshFacts(ctx.db),
) {
  const now = ctx.now()
  const id = newId(now)
  return {
    ...{ id, messageId: id.toLowerCase(), createdAt: now.toISOString() },
    ...{
      channel: 'whatsapp' as const,
      profile: defaultLane('whatsapp'),
      sender: null,
      sealed: null,
      papers: [],
    },
    deliveries: await deliveriesTo(facts, recipients),
  }
}
