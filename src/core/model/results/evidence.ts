import type { ChainCheck, ChainedEvent } from '../audit.ts'
import type { AttemptOutcome } from '../delivery.ts'
import type { DeliveryView, OrderView } from '../send-order.ts'

/** What `audit verify` found. */
export interface AuditResult extends ChainCheck {
  readonly kind: 'audit'
  /** Every event fits, and the head that was asked for is still there. */
  readonly whole: boolean
  readonly needsPerson: boolean
}

/** Whether a source file still has the bytes that were packaged, apart from a byte order mark and an Addenda. */
export type SourceState =
  | 'same'
  | 'changed'
  | 'gone' // where the index saw it
  | 'unknown' // the index knows no file of it

/** A file that was attached, alone or inside a ZIP, and what became of its source. */
export interface SourceFact {
  readonly name: string
  readonly sha256: string
  readonly source: SourceState
  /** '' when it is not known. */
  readonly sourceFile: string
  /** Of the source, where a copy with byte order mark or Addenda was sent; null where the source's own bytes were. */
  readonly sourceSha256: string | null
}

export interface AttachmentEvidence extends SourceFact {
  readonly mediaType: string
  readonly bytes: number
  /** Whether the snapshot is in the spool and has that hash. */
  readonly kept: boolean
  /** What a ZIP holds; [] for any other file. */
  readonly entries: readonly SourceFact[]
}

/** One try to deliver to one recipient. */
export interface AttemptEvidence {
  readonly at: string
  readonly profile: string
  readonly outcome: AttemptOutcome
  readonly code: number
  /** The server's literal words. */
  readonly reply: string
  /** Milliseconds that the whole message took. */
  readonly ms: number
  /** TLS version, cipher and the server's certificate; '' in clear text. */
  readonly tls: string
}

export interface DeliveryEvidence extends DeliveryView {
  readonly enhanced: string
  /** The server's own name for the message (queue id), or ''. */
  readonly serverId: string
  /** When the final dot was about to be sent for the last time; null when it never was. */
  readonly dottedAt: string | null
  readonly attemptList: readonly AttemptEvidence[]
}

/** Why there is no `message.eml`. */
export type MessageProblem =
  | 'not-sealed' // it never had sender and recipients, so it never left
  | 'whatsapp' // no mail: the attached PDF went under a template
  | 'snapshot-missing'
  | 'changed' // the bytes are not those whose hash was stored

/** The message as it goes over the wire. */
export interface MessageEvidence {
  readonly from: string
  readonly sha256: string | null
  readonly bytes: number | null
  readonly problem: MessageProblem | null
}

/** All that is known of one order. */
export interface OrderEvidence {
  readonly order: OrderView
  readonly message: MessageEvidence
  readonly attachments: readonly AttachmentEvidence[]
  readonly deliveries: readonly DeliveryEvidence[]
  /** Of the order and of the document, oldest first. */
  readonly events: readonly ChainedEvent[]
}

/** All that is known of one document's deliveries. */
export interface Evidence {
  /** '' where it was asked by an order. */
  readonly uuid: string
  /** Id of the order that was asked about, or null. */
  readonly asked: string | null
  readonly createdAt: string
  /** Operating-system user who asked for it. */
  readonly operator: string
  readonly chain: ChainCheck
  readonly orders: readonly OrderEvidence[]
}

export interface EvidenceResult extends Evidence {
  readonly kind: 'evidence'
  /** Absolute path. */
  readonly folder: string
  /** Names inside the folder. */
  readonly files: readonly string[]
  /** A message could not be proved, or the log's chain is broken. */
  readonly needsPerson: boolean
}
