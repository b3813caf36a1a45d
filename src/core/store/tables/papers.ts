/** Papers of an order that are no CFDI. */
export interface OrderPaperTable {
  order_id: string
  kind: string
  customer: string
  reference: string
  /** 1 for the first packaging, then one more for each `--again` and `resend`. */
  copy: number
  paper_date: string | null
  amount: string
  currency: string
  /** Name of the source file. */
  file: string
  sha256: string
}

/** Collections and payments that come from no file. The send orders made of them have a receipt of the same party and reference. */
export interface PaymentNoticeTable {
  id: string
  customer: string
  reference: string
  /** `YYYY-MM-DD`. */
  paid_on: string
  amount: string
  currency: string
  /** JSON list of PaidLine. */
  paid: string
  /** es or en. */
  language: string
  /** Name of the PDF, or ''. */
  file: string
  /** Of the PDF in the spool, or null. */
  file_sha256: string | null
  /** The send mark: 0 or 1. */
  send: number
  created_at: string
}
