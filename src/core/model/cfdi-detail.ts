/** What an addenda may quote of a document besides its head. Texts as written; numbers stay text; '' is "not there". */

export interface CfdiTax {
  readonly kind: 'transferred' | 'withheld'
  /** c_Impuesto (`002`); in 3.2 a name (`IVA`). */
  readonly tax: string
  /** Tasa, Cuota, Exento; '' in 3.2. */
  readonly factor: string
  /** `0.160000`; in 3.2 a percentage (`16.00`). */
  readonly rate: string
  readonly amount: string
}

/** One Concepto. */
export interface CfdiLine {
  readonly productKey: string
  /** NoIdentificacion: the article number, often its bar code. */
  readonly sku: string
  readonly quantity: string
  readonly unitKey: string
  readonly unit: string
  readonly description: string
  readonly unitPrice: string
  readonly amount: string
  readonly discount: string
  /** None in 3.2, which has them only for the whole document. */
  readonly taxes: readonly CfdiTax[]
}

export interface CfdiDetail {
  readonly discount: string
  readonly paymentConditions: string
  readonly transferred: string
  readonly withheld: string
  /** Of the whole document. */
  readonly taxes: readonly CfdiTax[]
  readonly lines: readonly CfdiLine[]
}
