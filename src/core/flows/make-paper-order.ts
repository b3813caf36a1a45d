import { paperAttachmentName } from '../message/attachment-name.ts'
import { TICKET_MARK, withTicket } from '../message/ticket.ts'
import { type RenderedMail, renderTemplate } from '../message/render.ts'
import { paperData } from '../message/template-data.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { type AppliedSetting, settingFor } from '../model/document-setting.ts'
import { CfdiMailError } from '../model/errors.ts'
import { transmittedBytes } from '../model/message-split.ts'
import { moduleOf } from '../model/modules.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { NewOrder } from '../model/send-order.ts'
import type { PaperKind } from '../model/paper.ts'
import { listDocumentSettings } from '../store/document-settings.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder } from './make-orders.ts'
import { newOrder } from './new-order.ts'
import type { ReadPaper } from './read-papers.ts'
import { resolveTemplate } from './resolve-template.ts'
import { senderFor } from './sender.ts'

/**
 * Makes the send order of one paper.
 * @returns `bytes` of the message
 * @throws BAD_TEMPLATE when the kind's template cannot be rendered, BAD_ADDRESS
 */
export async function makePaperOrder(
  ctx: Ctx,
  read: ReadPaper,
  reason: string | null,
): Promise<MadeOrder & { readonly bytes: number }> {
  const { paper, type, content, sha256, ticket } = read
  const { customer, ...facts } = paper
  const name = paperAttachmentName(facts.file)
  // A page without a PDF stands in the mail itself: attached pages are what servers distrust.
  const attachments = read.page === read.path ? [] : [{ name, mediaType: 'application/pdf', content }]
  const sender = await senderFor(ctx, {
    type,
    issuerName: '',
    module: moduleOf({ documents: [], papers: [facts], party: customer.kind }),
  })
  const companyName = ctx.settings.companyName ?? sender?.name ?? ''
  const template = await resolveTemplate(ctx.db, await textsFor(ctx, paper.kind, customer), paper.kind)
  const data = {
    ...{ paper: facts, customer, companyName, attachments: attachments.map((each) => each.name) },
    ticket: ticket === null ? '' : TICKET_MARK,
  }
  const text = renderTemplate(template, paperData(data))
  const order = await newOrder(ctx, {
    customer,
    type,
    issuerName: '',
    text: ticket === null ? text : inEnvelope(text, ticket),
    documents: [],
    papers: [{ ...facts, sha256 }],
    attachments,
    recipients: recipientsOf(customer),
    resendOf: null,
    reason,
  })
  const bytes = order.sealed?.bytes ?? transmittedBytes([content.length])
  return { order, blobs: new Map(order.attachments.map((each) => [each.sha256, content])), bytes }
}

/** A packaging type's own texts are for CFDI: a paper has what is said of its kind, else the template of its kind. */
async function textsFor(
  ctx: Ctx,
  kind: PaperKind,
  customer: Customer,
): Promise<Pick<AppliedSetting, 'subject' | 'body'>> {
  const settings = await listDocumentSettings(ctx.db)
  return settingFor(settings, { kind, customerClass: customer.class ?? '' })
}

/** @throws BAD_TEMPLATE when the template has no `{{ticket}}` */
function inEnvelope(text: RenderedMail, ticket: string): RenderedMail {
  const mail = withTicket(text, ticket)
  if (mail !== null) return mail
  throw new CfdiMailError('BAD_TEMPLATE', { problem: 'unknown-field', part: 'body', found: '{{ticket}}' })
}

/** An order of papers as `package` tells it. */
export function paperOrderView(order: NewOrder, { paper }: ReadPaper, id: string): PackagedOrder {
  const quarantined = order.deliveries.flatMap(({ address, heldReason }) =>
    heldReason === 'review' ? [address] : [],
  )
  const recipients = recipientsOf(paper.customer)
  return {
    id,
    customer: order.customer,
    channel: 'email',
    recipients,
    documents: [],
    papers: order.papers,
    attachments: order.attachments,
    state: recipients.length === 0 || quarantined.length > 0 ? 'held' : 'pending',
    quarantined,
    orderFile: null,
  }
}
