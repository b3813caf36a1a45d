import type { PaperReason } from '../paper-reason.ts'
import type { PaymentNotice, PaymentNoticeState } from '../payment-notice.ts'

export interface PaymentNoticeView extends PaymentNotice {
  /** '' when nobody has the code any more. */
  readonly customerName: string
  readonly state: PaymentNoticeState
  /** Its newest send order; null before there is one. */
  readonly order: string | null
}

export interface PaymentNoticesResult {
  readonly kind: 'payment-notices'
  /** Oldest first. */
  readonly notices: readonly PaymentNoticeView[]
}

/** What `notices add` and `notices send` did with one. */
export interface QueuedNotice extends PaymentNoticeView {
  /** `kept` without a mark; `already` had an order; `refused` could not be queued. */
  readonly result: 'queued' | 'kept' | 'already' | 'refused'
  /** Null unless refused. */
  readonly reason: PaperReason | null
  readonly detail: string
  readonly recipients: readonly string[]
}

export interface PaymentNoticesQueuedResult {
  readonly kind: 'payment-notices-queued'
  /** One was refused, or is held: nobody to send it to, or an address that bounces. */
  readonly needsPerson: boolean
  readonly notices: readonly QueuedNotice[]
}
