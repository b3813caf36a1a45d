import { sha256Of } from '../files/spool.ts'
import { paperAttachmentName } from '../message/attachment-name.ts'
import { channelsOf, hasWhatsAppAlone, numbersOf } from '../model/customer-channel.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { textOf } from '../model/json-object.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder } from './make-orders.ts'
import { type PaperParts, paperTexts } from './make-paper-order.ts'
import { newChat } from './make-whatsapp-order.ts'

/**
 * The WhatsApp order of a paper: its PDF, and every field's text for the template.
 * @returns null where the party's channel has no WhatsApp, or there is no PDF: a ticket's page is no file that WhatsApp takes
 */
export async function makePaperChat(
  ctx: Ctx,
  parts: PaperParts,
  reason: string | null,
): Promise<MadeOrder | null> {
  const { paper, type, sha256, pdf } = parts
  const { customer, ...facts } = paper
  if (pdf === null || !channelsOf(customer).includes('whatsapp')) return null
  const file = { name: paperAttachmentName(facts.file), mediaType: 'application/pdf', bytes: pdf.length }
  const texts = await paperTexts(ctx, parts, [file])
  const blob = sha256Of(pdf)
  const order = {
    ...(await newChat(ctx, numbersOf(customer))),
    ...{ customer: customer.code, customerName: customer.name, type: type.code },
    subject: [textOf(texts['documentName']), facts.reference].filter(Boolean).join(' '),
    text: JSON.stringify({ ...texts, documents: undefined }),
    html: null,
    documents: [],
    papers: [{ ...facts, sha256 }],
    attachments: [{ ...file, sha256: blob }],
    ...{ resendOf: null, reason },
  }
  return { order, blobs: new Map([[blob, pdf]]) }
}

/** Whether a paper that goes by WhatsApp goes by mail too: always, but to who has WhatsApp alone and no address. */
export function goesByMailToo(customer: Customer): boolean {
  return !hasWhatsAppAlone(customer) || recipientsOf(customer).length > 0
}
