import type { OrderChannel } from '../channel.ts'
import type { CfdiKind } from '../cfdi.ts'
import type { Recipient } from '../customer.ts'
import type { DeliveryState } from '../delivery.ts'
import type { DocumentReason } from '../document-reason.ts'
import type { OrderPaper, PaperKind } from '../paper.ts'
import type { PaperReason } from '../paper-reason.ts'
import type { Attachment } from '../send-order.ts'
import type { Listing } from './listing.ts'

/** `filed` was written into the destination folder and needs no message. */
export type DocumentResult = 'queued' | 'filed' | 'already' | 'skipped' | 'rejected'

/** One document or unreadable file of a `package` run. Facts that could not be read are null. */
export interface PackagedDocument {
  readonly uuid: string | null
  readonly file: string
  readonly documentKind: CfdiKind | PaperKind | null
  readonly series: string
  readonly folio: string
  /** Of a paper that is no CFDI, what it is known by; left out of a CFDI. */
  readonly reference?: string
  readonly issuedAt: string | null
  readonly total: string
  readonly currency: string
  readonly receiverRfc: string
  readonly customer: string | null
  readonly result: DocumentResult
  /** Null when queued or filed. */
  readonly reason: DocumentReason | PaperReason | null
  /** What exactly, as a short technical fragment (an offset, the other file); '' when the reason says it all. */
  readonly detail: string
  /** Its files in the destination folder; in a dry run, where they would go. Several documents may share a ZIP. */
  readonly files: readonly string[]
}

export interface PackagedOrder {
  /** '' in a dry run. */
  readonly id: string
  readonly customer: string
  readonly channel: OrderChannel
  readonly recipients: readonly Recipient[]
  /** UUIDs. */
  readonly documents: readonly string[]
  /** What it carries that is no CFDI; left out when it carries CFDI. */
  readonly papers?: readonly OrderPaper[]
  readonly attachments: readonly Attachment[]
  readonly state: DeliveryState
  /** Those of its recipients that are held, because mail to them came back. */
  readonly quarantined: readonly string[]
  /** Name of the order file that was written for another mailer; null when it leaves from here. */
  readonly orderFile: string | null
}

/** What a run of `package` did. */
export interface PackagedRun {
  readonly kind: 'packaged'
  readonly dryRun: boolean
  /** Packaging type asked for, or null for each customer's own. */
  readonly type: string | null
  /** A document stays for a reason that somebody has to do something about, or an order is held. */
  readonly needsPerson: boolean
  /** A signal came: what it tells of is done, the rest is for the next run. */
  readonly interrupted: boolean
  readonly documents: Listing<PackagedDocument>
  readonly orders: Listing<PackagedOrder>
  readonly totals: {
    readonly documents: number
    readonly queued: number
    readonly filed: number
    readonly already: number
    readonly skipped: number
    readonly rejected: number
  }
}

/** One whose lists are small enough to be held. */
export interface PackagedResult extends PackagedRun {
  readonly documents: readonly PackagedDocument[]
  readonly orders: readonly PackagedOrder[]
}

/** One row of the document index. */
export interface IndexedDocument {
  readonly uuid: string | null
  readonly file: string
  readonly documentKind: CfdiKind | null
  readonly series: string
  readonly folio: string
  readonly issuedAt: string | null
  readonly total: string
  readonly currency: string
  readonly issuerRfc: string
  readonly receiverRfc: string
  readonly receiverName: string
  readonly pdf: string | null
  readonly extras: readonly string[]
  readonly reason: DocumentReason | null
  readonly detail: string
}

export interface DocumentsResult {
  readonly kind: 'documents'
  readonly documents: Listing<IndexedDocument>
  /** How many of them may not leave. */
  readonly bad: number
}

/** Documents that were marked as cancelled, and what it stopped. */
export interface DocumentsCancelledResult {
  readonly kind: 'documents-cancelled'
  /** Newly marked. */
  readonly uuids: readonly string[]
  /** Marked before. */
  readonly already: readonly string[]
  /** What the SAT's receipt names without having cancelled it, with its EstatusUUID: left as they are. */
  readonly refused: readonly { readonly uuid: string; readonly status: string }[]
  /** Orders with deliveries that will not go any more. */
  readonly orders: readonly string[]
  /** How many deliveries that are. */
  readonly deliveries: number
}
