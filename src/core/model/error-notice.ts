import type { EventKind } from './event.ts'

/** The digest for the administrator: what of the log it tells, and what it says of each. Pure. */

/** Events that need a person. */
export const TOLD_EVENTS = [
  'failed',
  'dead',
  'unknown',
  'held',
  'bounced',
  'profile-held',
  'document-rejected',
  'order-file-refused',
] as const
export type ToldEvent = (typeof TOLD_EVENTS)[number] & EventKind

/** One thing that needs a person. */
export interface ErrorFact {
  readonly seq: number
  /** ISO 8601 UTC. */
  readonly at: string
  readonly event: ToldEvent
  /** Null where it is not about an order. */
  readonly order: string | null
  readonly customer: string | null
  readonly customerName: string
  /** '' for an order with nobody to go to, null where it is not about a recipient. */
  readonly recipient: string | null
  /** Series and folio of what was to be sent. */
  readonly documents: readonly string[]
  /** The server's words, a reason's code, a file: one line. */
  readonly detail: string
}

export const NOTICE_STATES = ['pending', 'dotted', 'sent', 'failed', 'unknown', 'cancelled'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

/** A digest as it is kept. Its text is not: while it waits, a later run adds to it. */
export interface ErrorNotice {
  readonly id: string
  readonly recipient: string
  readonly messageId: string
  readonly createdAt: string
  readonly subject: string
  readonly facts: number
  readonly state: NoticeState
  readonly attempts: number
  readonly dueAt: string
  readonly code: number
  readonly reply: string
  readonly finishedAt: string | null
}
