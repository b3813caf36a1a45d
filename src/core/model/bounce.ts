import { type DeliveryState, FOLLOWS } from './delivery.ts'

/** Mail that comes back: what it says of which message and address, and what that changes. Pure. */

/** Action field of a delivery status notification (RFC 3464 § 2.3.3). */
export const BOUNCE_ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const
export type BounceAction = (typeof BOUNCE_ACTIONS)[number]

/** What a mail of the bounce mailbox is: `report` RFC 3464, `text` a bounce in words only; the others are left alone. */
export type ReturnedSort = 'report' | 'text' | 'auto-reply' | 'other'

/** What a report says of one recipient. */
export interface ReportedRecipient {
  /** The address that the sender gave (ORCPT) first, then the one that was tried. */
  readonly addresses: readonly string[]
  readonly action: BounceAction
  /** RFC 3463 code such as `5.1.1`, or ''. */
  readonly status: string
  /** The remote server's words, one line, or ''. */
  readonly diagnostic: string
}

/** A mail of the bounce mailbox, read. */
export interface ReturnedMail {
  readonly sort: ReturnedSort
  /** SHA-256 of its content, the same for a file with CRLF and one with LF. */
  readonly hash: string
  /** Original-Envelope-Id (the ENVID of RFC 3461), decoded, or ''. */
  readonly envelopeId: string
  /** Message-IDs of the mail that is returned or answered, with their angle brackets. */
  readonly messageIds: readonly string[]
  /** Orders that the addresses name which the mail came back to (VERP). */
  readonly returnPaths: readonly string[]
  readonly recipients: readonly ReportedRecipient[]
}

/** What ties a returned mail to an order. */
export const BOUNCE_PROOFS = ['envelope-id', 'return-path', 'message-id', 'archive', 'whatsapp'] as const
export type BounceProof = (typeof BOUNCE_PROOFS)[number]

/**
 * What a returned mail means for one delivery. `soft` is a bounce that nobody can vouch for: words without the standard form,
 * or an address that is not the one the order went to. `archived`: a copy of the message lies in a mailbox. `read`: WhatsApp's second tick turned blue.
 */
export const BOUNCE_VERDICTS = [
  'bounced',
  'soft',
  'delayed',
  'delivered',
  'read',
  'relayed',
  'archived',
] as const
export type BounceVerdict = (typeof BOUNCE_VERDICTS)[number]

/** The verdict on one recipient of a report whose address is the order's. */
export function verdictOf(sort: ReturnedSort, action: BounceAction): BounceVerdict {
  if (action === 'delayed') return 'delayed'
  if (sort !== 'report') return 'soft'
  switch (action) {
    case 'failed':
      return 'bounced'
    case 'delivered':
      return 'delivered'
    // A list or a gateway took it: no promise that a mailbox has it (RFC 3464 § 2.3.3).
    case 'relayed':
    case 'expanded':
      return 'relayed'
  }
}

const NEXT: Readonly<Record<BounceVerdict, DeliveryState | null>> = {
  bounced: 'bounced',
  delivered: 'delivered',
  read: 'delivered',
  relayed: 'sent',
  archived: 'sent',
  soft: null,
  delayed: null,
}

/** The state that evidence moves a delivery to, or null when it stays as it is. */
export function stateByEvidence(state: DeliveryState, verdict: BounceVerdict): DeliveryState | null {
  const next = NEXT[verdict]
  if (next === null || !FROM.includes(state)) return null
  return FOLLOWS[state].includes(next) ? next : null
}

/** Evidence speaks of what has left; a delivery that waits for another try is not settled by news of an earlier one. */
const FROM: readonly DeliveryState[] = ['sent', 'unknown', 'delivered']

/** Permanent failures (class 5) that are not the address's fault: full mailbox, size, content, policy, routing, expiry. */
const NOT_THE_ADDRESS = /^5\.(?:2\.[234]|3\.\d+|4\.[67]|6\.\d+|7\.\d+)$/

/** Whether a failure says that the address itself is no good: then it is not written to again until a person says so. */
export function isHardBounce(status: string): boolean {
  return status.startsWith('5.') && !NOT_THE_ADDRESS.test(status)
}
