import { sha256Of } from '../files/spool.ts'
import { composeMessage, type MessageAttachment } from '../message/compose.ts'
import type { RenderedMail } from '../message/render.ts'
import type { Customer, Recipient } from '../model/customer.ts'
import { moduleLane } from '../model/lanes.ts'
import { moduleOf } from '../model/modules.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { OrderPaper } from '../model/paper.ts'
import type { ProfileModule } from '../model/profile.ts'
import type { AddedAddenda, NewDelivery, NewOrder, OrderDocument } from '../model/send-order.ts'
import { newId } from '../store/ids.ts'
import type { Ctx } from './ctx.ts'
import { freshFacts, type OrderFacts } from './order-facts.ts'
import { type Sender, senderFor } from './sender.ts'

/** What a send order is made of, the first time and when it is repeated. */
export interface OrderParts {
  /** Without a kind it is a customer. */
  readonly customer: Pick<Customer, 'code' | 'name'> & Partial<Pick<Customer, 'kind'>>
  readonly type: PackagingType
  /** Names the sender where neither profile nor settings do; '' when it is not known. */
  readonly issuerName: string
  readonly text: RenderedMail
  readonly documents: readonly OrderDocument[]
  /** What it carries that is no CFDI; undefined for nothing. */
  readonly papers?: readonly OrderPaper[]
  readonly attachments: readonly MessageAttachment[]
  readonly recipients: readonly Recipient[]
  /** Why some of the recipients (in lower case) wait for a person; left out when none does. */
  readonly doubts?: ReadonlyMap<string, string>
  /** Left out when it follows from what it carries and for whom. */
  readonly module?: ProfileModule | null
  /** Put into the attached copies; undefined for none. */
  readonly addendas?: readonly AddedAddenda[]
  readonly resendOf: string | null
  readonly reason: string | null
  /** Left out to ask the store anew. */
  readonly facts?: OrderFacts
}

/**
 * A send order with an id, a Message-ID and a date of its own. Its message is sealed when sender and recipients are known;
 * otherwise it is sealed when they become known.
 * @throws BAD_ADDRESS when an address cannot be written in ASCII
 */
export async function newOrder(ctx: Ctx, parts: OrderParts): Promise<NewOrder> {
  const { customer, type, text, attachments, recipients, facts = freshFacts(ctx.db) } = parts
  const module = parts.module ?? moduleOfParts(parts)
  const sender = await senderFor(ctx, { type, issuerName: parts.issuerName, module }, facts)
  const now = ctx.now()
  const id = newId(now)
  const messageId = messageIdOf(id, sender, newId(now))
  const createdAt = now.toISOString()
  const to = recipients.map((recipient) => recipient.address)
  const sealed =
    sender === null || to.length === 0
      ? null
      : composeMessage({
          subject: text.subject,
          text: text.text,
          html: text.html,
          messageId,
          date: createdAt,
          seed: id,
          sender,
          replyTo: sender.replyTo,
          to,
          attachments,
        })
  return {
    id,
    subject: text.subject,
    text: text.text,
    html: text.html,
    customer: customer.code,
    customerName: customer.name,
    type: type.code,
    channel: 'email',
    profile: type.profile ?? moduleLane(module),
    sender: sender?.address ?? type.sender,
    messageId,
    createdAt,
    sealed,
    documents: parts.documents,
    papers: parts.papers ?? [],
    attachments: attachments.map(({ name, mediaType, content, sha256 }) => ({
      name,
      mediaType,
      sha256: sha256 ?? sha256Of(content),
      bytes: content.length,
    })),
    addendas: parts.addendas,
    deliveries: await deliveriesTo(facts, recipients, parts.doubts),
    resendOf: parts.resendOf,
    reason: parts.reason,
  }
}

function moduleOfParts({ customer, documents, papers = [] }: OrderParts): ProfileModule | null {
  return moduleOf({ documents, papers, party: customer.kind ?? 'customer' })
}

/**
 * One line per address. An order that has nobody to go to is held, and goes by itself once the customer has an address; an
 * address that returned mail, or that somebody doubts, is held until a person releases it.
 */
export async function deliveriesTo(
  facts: Pick<OrderFacts, 'quarantined'>,
  recipients: readonly Recipient[],
  doubts: ReadonlyMap<string, string> = new Map(),
): Promise<NewDelivery[]> {
  if (recipients.length === 0) return [{ address: '', rule: 'none', state: 'held', heldReason: 'no-address' }]
  const quarantined = await facts.quarantined(recipients.map(({ address }) => address))
  return recipients.map(({ address, rule }) => {
    const bounced = quarantined.get(address.toLowerCase())
    const why = bounced === undefined ? doubts.get(address.toLowerCase()) : `quarantine: ${bounced}`
    return why === undefined
      ? { address, rule, state: 'pending', heldReason: null }
      : { address, rule, state: 'held', heldReason: 'review', heldDetail: why }
  })
}

/** Stands for the sender's domain while there is no sender; such a Message-ID never leaves. */
const UNKNOWN_DOMAIN = 'cfdi-mail.invalid'

/** The Message-ID of an order whose sender has become known; any other stays as it is. */
export function messageIdUnder(messageId: string, sender: Pick<Sender, 'address'>): string {
  return messageId.replace(`@${UNKNOWN_DOMAIN}>`, `@${sender.address.split('@').at(-1) ?? UNKNOWN_DOMAIN}>`)
}

/**
 * The Message-ID: unique by its left side, and under the sender's domain, where receivers look for it.
 * @param salt more that nobody can guess
 */
function messageIdOf(id: string, sender: Pick<Sender, 'address'> | null, salt: string): string {
  const domain = sender?.address.split('@').at(-1) ?? UNKNOWN_DOMAIN
  return `<${id.toLowerCase()}.${salt.slice(-10).toLowerCase()}@${domain}>`
}
