import type { DeliveryState } from './delivery.ts'
import type { MailLanguage } from './mail-language.ts'
import type { PaidLine } from './paid-line.ts'
import type { SendMark } from './send-mark.ts'

/** A collection (aviso de cobro) or a payment to a supplier (aviso de pago) that comes from no file. */
export interface PaymentNotice {
  readonly id: string
  /** Code of the customer who paid, or of the supplier who was paid. */
  readonly customer: string
  /** What the firm calls it: with the party it is there once. */
  readonly reference: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  /** Decimal text. */
  readonly amount: string
  readonly currency: string
  readonly paid: readonly PaidLine[]
  readonly language: MailLanguage
  /** The PDF that goes along; null for none. */
  readonly pdf: { readonly name: string; readonly sha256: string } | null
  readonly send: SendMark
  /** ISO 8601 UTC. */
  readonly createdAt: string
}

/** What became of a notice: it waits for its mark, or its newest send order is in that state. */
export type PaymentNoticeState = 'not-marked' | DeliveryState
