import type { Recipient } from '../customer.ts'
import type { DeliveryState, HeldReason } from '../delivery.ts'
import type { DocumentReason } from '../document-reason.ts'
import { PAYROLL_ORDER_REASONS } from '../payroll-order.ts'

/** Why an order file is not queued, besides the reasons of the documents it carries. Stable codes. */
export const ORDER_FILE_REASONS = [
  'taken', // the same file with the same attachments was taken before
  'id-reused', // another content under an identification that was taken
  'in-hand', // another process got it first
  'settling', // it is still changing
  'cut-off', // its XML ends too early: it may be in the middle of being written
  'missing-attachment', // a file that it names is not there (yet)
  'half-attachment', // a PDF or XML that it names is not complete (yet)
  'bad-name', // the file's name is not `_CFD_MAIL_REQ_<identification>.XML`
  'outside', // an attachment's path leads out of the attachments' folder
  'link', // the order or an attachment is a link
  'owner', // an attachment belongs to another user
  'not-a-file',
  'too-large',
  'empty-order', // no recipient, or neither subject, text nor attachment
  'unknown-customer', // it names no recipient, and a customer that does not exist
  'bare-markup', // its subject or body has elements in it: HTML that nobody escaped
  'bad-recipient', // recipients are named, and none is an address
  'hidden-copy', // asks for copies that the others must not see
  'several-receivers', // its CFDI are of different receivers
  'other-receiver', // its CFDI are not of the customer that it names
  'duplicate-document', // the same CFDI twice
  ...PAYROLL_ORDER_REASONS,
  'bad-file-kind', // an attachment of a kind that mail servers refuse
  'failed-before', // it ended the program several times
] as const
export type OrderFileReason = (typeof ORDER_FILE_REASONS)[number] | DocumentReason

/** What an order file says and this program does not obey. */
export const IGNORED_PARTS = ['server', 'profile', 'sender', 'address'] as const
export type IgnoredPart = (typeof IGNORED_PARTS)[number]

export interface Ignored {
  readonly part: IgnoredPart
  readonly value: string
}

/** Why a recipient of an order waits for a person. */
export const RECIPIENT_DOUBTS = ['foreign-recipient', 'no-customer', 'unknown-customer', 'already'] as const
export type RecipientDoubt = (typeof RECIPIENT_DOUBTS)[number]

export interface OrderFileRecipient extends Recipient {
  readonly state: DeliveryState
  readonly heldReason: HeldReason | null
  /** More about why it is held: a `RecipientDoubt`, or the words of a bounce; ''. */
  readonly detail: string
}

/** `queued`: it is a send order now. `refused`: it is in `bad`. `waiting`: it stays for the next run. */
export const ORDER_FILE_OUTCOMES = ['queued', 'repeated', 'waiting', 'refused'] as const
export type OrderFileOutcome = (typeof ORDER_FILE_OUTCOMES)[number]

export interface OrderFileView {
  readonly file: string
  /** The identification in its name; '' for a name without. */
  readonly identification: string
  readonly result: OrderFileOutcome
  /** Null when queued. */
  readonly reason: OrderFileReason | null
  readonly detail: string
  /** Id of the send order; null when there is none, '' in a dry run. */
  readonly order: string | null
  readonly customer: string | null
  /** The mail profile that it is bound to; null when that of its module, or the default one, sends it. */
  readonly profile: string | null
  readonly subject: string
  readonly recipients: readonly OrderFileRecipient[]
  /** UUIDs. */
  readonly documents: readonly string[]
  readonly attachments: readonly string[]
  readonly ignored: readonly Ignored[]
}

export interface OrdersImportedResult {
  readonly kind: 'orders-imported'
  readonly dryRun: boolean
  readonly folder: string
  readonly files: readonly OrderFileView[]
  /** Whether files are left: there are more than one run takes, or a signal ended it. */
  readonly more: boolean
  readonly needsPerson: boolean
  readonly totals: {
    readonly files: number
    readonly queued: number
    readonly held: number
    readonly repeated: number
    readonly waiting: number
    readonly refused: number
  }
}
