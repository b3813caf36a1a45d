import type { OrderChannel } from './channel.ts'
import type { CfdiKind } from './cfdi.ts'
import type { RecipientRule } from './customer.ts'
import type { ProfileModule } from './profile.ts'
import type { OrderPaper } from './paper.ts'
import type { PackPlaces } from './snapshot.ts'
import type { DeliveryState, HeldReason } from './delivery.ts'

/** A document inside a send order: what is needed to list, search and prove it without the source file. */
export interface OrderDocument {
  readonly uuid: string
  readonly kind: CfdiKind
  readonly series: string
  readonly folio: string
  readonly issuedAt: string
  readonly total: string
  readonly currency: string
  readonly issuerRfc: string
  readonly receiverRfc: string
  /** End of its Sello (`sealMark`). */
  readonly sealMark: string
}

/** A snapshot of one attached file in the spool. */
export interface Attachment {
  readonly name: string
  readonly mediaType: string
  readonly sha256: string
  readonly bytes: number
}

/** What is written about one recipient when an order is queued. */
export interface NewDelivery {
  readonly address: string
  readonly rule: RecipientRule
  readonly state: Extract<DeliveryState, 'pending' | 'held' | 'exported'>
  readonly heldReason: HeldReason | null
  /** More about why it is held, for the log; left out when the reason says it all. */
  readonly heldDetail?: string
}

/** The message's bytes, all but the attachments' content; see message/compose.ts. */
export interface SealedMessage {
  readonly sender: string
  /** Header and text parts, ASCII, ends with CRLF. */
  readonly head: string
  /** Header of each attachment's MIME part, in the order of the attachments. */
  readonly partHeaders: readonly string[]
  /** What follows the last part. */
  readonly tail: string
  readonly sha256: string
  readonly bytes: number
}

/** A customer's way into the portal, as far as an order's mail gives it. */
export interface AccessGrant {
  readonly user: string
  /** Whether user and password are written with the order; otherwise the order says again what is on its way already. */
  readonly isNew: boolean
  readonly passwordHash: string | null
  /** The first password, sealed for this order; null when its mail says none. */
  readonly sealed: string | null
}

/** An addenda that was put into the copy of a document. */
export interface AddedAddenda {
  readonly uuid: string
  /** Its name and what was done, `soriana: inserted`. */
  readonly detail: string
}

/** An order to be written, with the texts its message is made of. */
export interface NewOrder {
  readonly id: string
  readonly customer: string
  readonly customerName: string
  readonly type: string
  readonly channel: OrderChannel
  /** Its lane (model/lanes.ts): the profile that its packaging type named, or that of its module or channel. */
  readonly profile: string | null
  /** From address that the packaging type asks for, or null. */
  readonly sender: string | null
  readonly messageId: string
  readonly createdAt: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  readonly sealed: SealedMessage | null
  readonly documents: readonly OrderDocument[]
  /** What it carries that is no CFDI. */
  readonly papers: readonly OrderPaper[]
  readonly attachments: readonly Attachment[]
  /** Where the spool has what it attaches; left out for files of their own, and where the order that it repeats has them. */
  readonly places?: PackPlaces | undefined
  /** Documents whose attached copy has an addenda that the file does not have; left out when there are none. */
  readonly addendas?: readonly AddedAddenda[] | undefined
  readonly deliveries: readonly NewDelivery[]
  /** Left out when its mail gives nobody a way into the portal. */
  readonly access?: AccessGrant | undefined
  /** The order this one repeats, and why; null for a first one. */
  readonly resendOf: string | null
  readonly reason: string | null
}

/** One recipient's line of an order, as people and scripts see it. */
export interface DeliveryView {
  readonly recipient: string
  readonly rule: RecipientRule
  readonly state: DeliveryState
  readonly heldReason: HeldReason | null
  readonly attempts: number
  readonly code: number
  readonly reply: string
  readonly dueAt: string | null
  readonly finishedAt: string | null
}

/** An order with its deliveries, as people and scripts see it. */
export interface OrderView {
  readonly id: string
  readonly customer: string
  readonly customerName: string
  readonly type: string
  readonly channel: OrderChannel
  /** Profile that its packaging type named, or null. */
  readonly profile: string | null
  /** Module whose profile sends it when it names none; null goes by the default one. */
  readonly module: ProfileModule | null
  /** Profile that sends it as things are now; null while there is none. */
  readonly goesBy: string | null
  readonly state: DeliveryState
  readonly subject: string
  readonly messageId: string
  readonly createdAt: string
  readonly resendOf: string | null
  readonly reason: string | null
  readonly documents: readonly OrderDocument[]
  /** What it carries that is no CFDI. */
  readonly papers: readonly OrderPaper[]
  readonly attachments: readonly Attachment[]
  readonly deliveries: readonly DeliveryView[]
}
