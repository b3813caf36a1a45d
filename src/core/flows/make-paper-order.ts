import { paperAttachmentName } from '../message/attachment-name.ts'
import type { MessageAttachment } from '../message/compose.ts'
import { paidDocuments } from '../message/paid-lines.ts'
import { TICKET_MARK, withTicket } from '../message/ticket.ts'
import { type RenderedMail, renderTemplate } from '../message/render.ts'
import { paperData, type TemplateData } from '../message/template-data.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { type AppliedSetting, settingFor } from '../model/document-setting.ts'
import { CfdiMailError } from '../model/errors.ts'
import { transmittedBytes } from '../model/message-split.ts'
import { moduleOf } from '../model/modules.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { NewOrder } from '../model/send-order.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { MatchedPaper, PaperKind } from '../model/paper.ts'
import type { ReceiptSaid } from '../model/receipt.ts'
import { listDocumentSettings } from '../store/document-settings.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder } from './make-orders.ts'
import { newOrder } from './new-order.ts'
import { paperTemplate } from './paper-template.ts'
import { freshFacts } from './order-facts.ts'
import { resolveTemplate } from './resolve-template.ts'
import { senderFor } from './sender.ts'

/** A paper with all that its message is made of. */
export interface PaperParts {
  readonly paper: MatchedPaper
  readonly type: PackagingType
  /** Of what the paper is: its file, or what is said of it. */
  readonly sha256: string
  readonly receipt: ReceiptSaid
  /** The inside of a ticket's page, judged; null without one. */
  readonly ticket: string | null
  /** What is attached; null for nothing. A page without a PDF stands in the mail itself: attached pages are what servers distrust. */
  readonly pdf: Buffer | null
}

/**
 * Makes the send order of one paper.
 * @returns `bytes` of the message
 * @throws BAD_TEMPLATE when the kind's template cannot be rendered, BAD_ADDRESS
 */
export async function makePaperOrder(
  ctx: Ctx,
  parts: PaperParts,
  reason: string | null,
): Promise<MadeOrder & { readonly bytes: number }> {
  const { paper, type, sha256, ticket, pdf } = parts
  const { customer, ...facts } = paper
  const attachments =
    pdf === null
      ? []
      : [{ name: paperAttachmentName(facts.file), mediaType: 'application/pdf', content: pdf }]
  const text = await renderPaper(ctx, parts, attachments)
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
  const bytes = order.sealed?.bytes ?? transmittedBytes([pdf?.length ?? ticket?.length ?? 0])
  const blobs = order.attachments.flatMap((each) => (pdf === null ? [] : [[each.sha256, pdf] as const]))
  return { order, blobs: new Map(blobs), bytes }
}

/** The words of its mail, with a mark where a ticket's page goes. */
async function renderPaper(
  ctx: Ctx,
  parts: PaperParts,
  attachments: readonly MessageAttachment[],
): Promise<RenderedMail> {
  const { customer, kind } = parts.paper
  const name = await paperTemplate(ctx.db, kind, {
    party: customer.kind,
    language: parts.receipt.language,
  })
  const template = await resolveTemplate(freshFacts(ctx.db), await textsFor(ctx, kind, customer), name)
  return renderTemplate(template, await paperTexts(ctx, parts, attachments))
}

/** What every field of a template says of the paper. */
export async function paperTexts(
  ctx: Ctx,
  { paper, type, receipt, ticket }: PaperParts,
  attachments: readonly Pick<MessageAttachment, 'name'>[],
): Promise<TemplateData> {
  const { customer, ...facts } = paper
  const sender = await senderFor(ctx, {
    type,
    issuerName: '',
    module: moduleOf({ documents: [], papers: [facts], party: customer.kind }),
  })
  return paperData({
    paper: facts,
    customer,
    companyName: ctx.settings.companyName ?? sender?.name ?? '',
    attachments: attachments.map((each) => each.name),
    ticket: ticket === null ? '' : TICKET_MARK,
    paid: paidDocuments(receipt.paid, facts),
    language: receipt.language,
  })
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
export function paperOrderView(order: NewOrder, id: string): PackagedOrder {
  const quarantined = order.deliveries.flatMap(({ address, heldReason }) =>
    heldReason === 'review' ? [address] : [],
  )
  const recipients = order.deliveries
    .filter(({ address }) => address !== '')
    .map(({ address, rule }) => ({ address, rule }))
  return {
    id,
    customer: order.customer,
    channel: order.channel,
    recipients,
    documents: [],
    papers: order.papers,
    attachments: order.attachments,
    state: recipients.length === 0 || quarantined.length > 0 ? 'held' : 'pending',
    quarantined,
    orderFile: null,
  }
}
