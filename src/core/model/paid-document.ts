/** A document that a payment pays, as a receipt tells it. Texts as written; numbers stay text; '' is "not there". */
export interface PaidDocument {
  readonly uuid: string
  readonly series: string
  readonly folio: string
  /** Number of the instalment (NumParcialidad). */
  readonly instalment: string
  /** In `currency`, that of the document and not of the payment. */
  readonly previousBalance: string
  readonly paid: string
  readonly balanceLeft: string
  readonly currency: string
  /** Of the payment: `YYYY-MM-DD`, with or without a time. */
  readonly paidAt: string
  /** c_FormaPago. */
  readonly form: string
}
