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
