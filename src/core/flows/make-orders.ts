import type { StampedHead } from '../model/cfdi.ts'
import { readPayments } from '../cfdi/read-payments.ts'
import { mediaTypeOf } from '../message/attachment-name.ts'
import type { Archive } from '../files/archive.ts'
import type { MessageAttachment } from '../message/compose.ts'
import type { Customer, Recipient } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { tellsPassword } from '../model/file-password.ts'
import { orderDocumentOf } from '../model/order-document.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { PaidDocument } from '../model/paid-document.ts'
import { isInstead, namesPage } from '../model/portal.ts'
import type { NewOrder } from '../model/send-order.ts'
import type { Ctx } from './ctx.ts'
import { newOrder } from './new-order.ts'
import type { OrderFacts } from './order-facts.ts'
import { archiveName, filesOf, lockedArchive, type Lock, lockOf } from './parcel-archive.ts'
import type { AccessOffer } from './portal-desk.ts'
import type { PreparedDocument } from './prepare-document.ts'
import { renderDocuments } from './render-documents.ts'

/** Documents that travel in one message. */
export interface Parcel {
  readonly customer: Customer
  readonly type: PackagingType
  readonly documents: readonly PreparedDocument[]
  /** Which of several messages for one customer, from 1; 0 when there is only one. */
  readonly part: number
  readonly recipients: readonly Recipient[]
  /** The customer's way into the portal, or null when the mail says nothing of it. */
  readonly access: AccessOffer | null
  readonly reason: string | null
  /** Its ZIP, which is being made already; null for none, or a locked one. */
  readonly archive: Promise<Archive> | null
  /** Shared by the parcels of a batch. */
  readonly facts: OrderFacts
}

/** An order with the bytes that have to be in the spool before it is written. */
export interface MadeOrder {
  readonly order: NewOrder
  readonly blobs: ReadonlyMap<string, Buffer>
}

/**
 * Makes the send order of a parcel: renders subject and body once, and, when sender and recipients are known, seals the
 * message's bytes. Otherwise it is sealed when they become known.
 * @throws BAD_TEMPLATE when the template cannot be rendered for these documents, PASSWORD_IN_MAIL, PORTAL_UNSAID
 */
export async function makeOrder(ctx: Ctx, parcel: Parcel): Promise<MadeOrder> {
  const { customer, type, documents, recipients } = parcel
  const lock = await lockOf(ctx, parcel)
  const attachments = await attachmentsOf(parcel, { now: ctx.now(), lock })
  const text = await renderParcel(ctx, parcel, attachments)
  if (lock !== null) {
    checkUnsaid(parcel, lock, [text.subject, text.text, text.html, ...attachments.map(({ name }) => name)])
  }
  checkWayTold(parcel, text.text)
  const made = await newOrder(ctx, {
    customer,
    type,
    module: isAccessAlone(parcel) ? 'portal' : null,
    issuerName: documents[0]?.head.issuer.name ?? '',
    text,
    documents: documents.map(({ head }) => orderDocumentOf(head)),
    attachments,
    recipients,
    resendOf: null,
    reason: parcel.reason,
    addendas: documents.flatMap(({ head, addenda }) =>
      addenda === null ? [] : [{ uuid: head.stamp.uuid, detail: addenda }],
    ),
    facts: parcel.facts,
  })
  const access = await parcel.access?.grant(made.id, text)
  const order = access === undefined ? made : { ...made, access }
  return {
    order,
    blobs: new Map(
      order.attachments.map(({ sha256 }, i) => [sha256, attachments[i]?.content ?? Buffer.alloc(0)]),
    ),
  }
}

/**
 * Whether the mail tells the way into the portal and carries no file: such a mail is the portal's. One with files is a delivery
 * of the document, told by the profile that customers know for it, and the way in is only said besides.
 */
function isAccessAlone({ type, documents }: Pick<Parcel, 'type' | 'documents'>): boolean {
  return documents.every(({ head }) => isInstead(type, head.kind))
}

async function attachmentsOf(
  parcel: Parcel,
  { now, lock }: { readonly now: Date; readonly lock: Lock | null },
): Promise<readonly MessageAttachment[]> {
  if (isAccessAlone(parcel)) return []
  const files = filesOf(parcel.documents)
  const archive = lock === null ? await parcel.archive : { content: await lockedArchive(files, lock, now) }
  if (archive === null) return files
  const name = archiveName(
    parcel,
    parcel.documents.map((document) => document.head.issuedAt),
  )
  return [{ name, mediaType: mediaTypeOf(name), ...archive }]
}

/** A mail that says the password locks nothing. @throws PASSWORD_IN_MAIL */
function checkUnsaid(parcel: Parcel, lock: Lock, texts: readonly (string | null)[]): void {
  const all = [...texts, ...parcel.recipients.map(({ address }) => address)]
  if (all.some((text) => tellsPassword(text ?? '', lock)))
    throw new CfdiMailError('PASSWORD_IN_MAIL', { code: parcel.customer.code, type: parcel.type.code })
}

/** Neither the files nor the way to them would be a mail about nothing. @throws PORTAL_UNSAID */
function checkWayTold(parcel: Parcel, text: string): void {
  const { access, type } = parcel
  if (isAccessAlone(parcel) && access !== null && !namesPage(access.data, text))
    throw new CfdiMailError('PORTAL_UNSAID', { type: type.code })
}

async function renderParcel(
  ctx: Ctx,
  { customer, type, documents, access: offer, facts }: Parcel,
  attachments: readonly MessageAttachment[],
) {
  const names = attachments.map((attachment) => attachment.name)
  const heads = documents.map(({ head }) => (type.passwordRule === null ? head : withoutReceiver(head)))
  const paid = documents.flatMap(paidBy)
  return await renderDocuments(ctx, {
    customer,
    type,
    names,
    heads,
    paid,
    access: offer?.data ?? null,
    facts,
  })
}

/** What a payment complement pays, from the very XML that is attached. */
function paidBy({ head, attachments }: PreparedDocument): readonly PaidDocument[] {
  const [xml] = attachments
  return head.kind !== 'P' || xml === undefined ? [] : readPayments(xml.content)
}

/** The receiver's RFC is what many passwords are made of, and the SAT's link says it too. */
function withoutReceiver(head: StampedHead): StampedHead {
  return { ...head, receiver: { ...head.receiver, rfc: '' } }
}
