import { readHead } from '../cfdi/read-head.ts'
import type { MessageAttachment } from '../message/compose.ts'
import { saysPassword, withoutPassword } from '../message/password-mask.ts'
import type { RenderedMail } from '../message/render.ts'
import { sameAddress } from '../model/address.ts'
import { numbersOf } from '../model/customer-channel.ts'
import { type Customer, type Recipient, recipientsOf } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { GRAL, type PackagingType } from '../model/packaging-type.ts'
import { hasPayroll } from '../model/payroll.ts'
import { portalPages } from '../model/portal.ts'
import type { AccessGrant, NewOrder, OrderView } from '../model/send-order.ts'
import { findCustomer } from '../store/customers.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import { orderPassword } from '../store/portal-access.ts'
import type { Ctx } from './ctx.ts'
import { repeatChat } from './make-whatsapp-order.ts'
import { newOrder } from './new-order.ts'
import { orderContents } from './order-contents.ts'
import { orderWords, type OrderWords } from './order-words.ts'
import { passwordPlace } from './portal-desk.ts'

/** How an order is repeated. */
export interface Repetition {
  /** Null for the customer's own. */
  readonly recipients: readonly Recipient[] | null
  /** `owed`: not to those of the order who have it already. */
  readonly among: 'all' | 'owed'
  readonly reason: string
}

/**
 * A new order with the words and the attachments of another, composed as a new message. Sender and profile are those that the
 * packaging type has now: a wrong one may be the very reason to send again.
 * @returns `missing`: an attachment that is no longer in the spool
 * @throws CUSTOMER_NOT_FOUND when the recipients are the customer's and it is gone
 */
export async function repeatOrder(
  ctx: Ctx,
  order: OrderView,
  { recipients, among, reason }: Repetition,
): Promise<NewOrder | { readonly missing: string }> {
  const customer = await findCustomer(ctx.db, order.customer)
  if (customer === undefined && recipients === null) {
    throw new CfdiMailError('CUSTOMER_NOT_FOUND', { code: order.customer })
  }
  const contents = await orderContents(ctx, order.id)
  const attachments: MessageAttachment[] = []
  for (const [i, { name, mediaType }] of order.attachments.entries()) {
    const content = contents[i] ?? null
    if (content === null) return { missing: name }
    attachments.push({ name, mediaType, content })
  }
  const { profile, ...words } = await orderWords(ctx, order.id)
  const to =
    recipients ??
    ownRecipients(order, customer).filter(({ address }) => among === 'all' || !hasIt(order, address))
  if (order.channel === 'whatsapp')
    return await repeatChat(ctx, order, { text: words, recipients: to, reason })
  const { text, password } = await passwordAgain(ctx, order.id, words)
  const repeated = await newOrder(ctx, {
    customer: customer ?? { code: order.customer, name: order.customerName },
    module: order.module,
    type: await typeOf(ctx, order, profile),
    issuerName: issuerNameIn(attachments),
    text,
    documents: order.documents,
    papers: order.papers,
    attachments,
    recipients: to,
    resendOf: order.id,
    reason,
  })
  return password === null ? repeated : { ...repeated, access: saidAgain(ctx, repeated.id, password) }
}

/**
 * A mail that said a first password says it again while that is still on its way; afterwards it says where to ask for another,
 * because the password itself is nowhere any more.
 */
async function passwordAgain(
  ctx: Ctx,
  order: string,
  text: RenderedMail,
): Promise<{ readonly text: RenderedMail; readonly password: string | null }> {
  if (!saysPassword(text)) return { text, password: null }
  const sealed = await orderPassword(ctx.db, order)
  if (sealed !== null) return { text, password: await ctx.secrets.reveal(passwordPlace(order), sealed) }
  return { text: withoutPassword(text, portalPages(ctx.settings)?.recovery ?? '—'), password: null }
}

function saidAgain(ctx: Ctx, order: string, password: string): AccessGrant {
  const sealed = ctx.secrets.seal(passwordPlace(order), password)
  return { user: '', isNew: false, passwordHash: null, sealed }
}

/** Who gets the customer's documents by the order's channel. */
function ownRecipients(
  { channel, documents }: OrderView,
  customer: Customer | undefined,
): readonly Recipient[] {
  if (customer === undefined) return []
  // Who is no employee any more gets no payroll: the order waits for an address.
  if (hasPayroll(documents.map(({ kind }) => kind)) && customer.kind !== 'employee') return []
  return channel === 'whatsapp' ? numbersOf(customer) : recipientsOf(customer)
}

/** Whether a server took the order for that address. */
function hasIt({ deliveries }: OrderView, address: string): boolean {
  return deliveries.some(
    ({ recipient, state }) => sameAddress(recipient, address) && (state === 'sent' || state === 'delivered'),
  )
}

async function typeOf(ctx: Ctx, order: OrderView, profile: OrderWords['profile']): Promise<PackagingType> {
  return (await findPackagingType(ctx.db, order.type)) ?? { ...GRAL, code: order.type, profile }
}

/** The sender's name, where only the document says it. */
function issuerNameIn(attachments: readonly MessageAttachment[]): string {
  const xml = attachments.find(({ name }) => name.toLowerCase().endsWith('.xml'))
  return xml === undefined ? '' : (readHead(xml.content).head?.issuer.name ?? '')
}
