import type { CustomersImportedResult } from './customers.ts'
import type { OrderFileReason, OrdersImportedResult } from './order-files.ts'

/** What an order of the spool says, and what would leave from here. Lists are joined by `, `. */
export interface ShadowDifference {
  readonly field: 'customer' | 'recipients' | 'subject' | 'attachments'
  readonly theirs: string
  readonly ours: string
}

/** How an order file of the other program compares with what this one would send of the same documents. */
export interface ShadowedOrder {
  readonly file: string
  readonly customer: string | null
  /** UUIDs. */
  readonly documents: readonly string[]
  /** `no-document`: it carries no CFDI, so there is nothing to compare with. */
  readonly result: 'same' | 'different' | 'unreadable' | 'no-document'
  readonly reason: OrderFileReason | null
  readonly detail: string
  readonly differences: readonly ShadowDifference[]
}

export interface ShadowComparison {
  readonly folder: string
  readonly orders: readonly ShadowedOrder[]
  readonly totals: Readonly<Record<'orders' | 'same' | 'different' | 'unreadable' | 'noDocument', number>>
}

/** What `import-proscai` took, and how the two programs compare. What was not asked for is null. */
export interface ProscaiImportedResult {
  readonly kind: 'proscai-imported'
  readonly dryRun: boolean
  readonly needsPerson: boolean
  readonly customers: CustomersImportedResult | null
  readonly orders: OrdersImportedResult | null
  readonly shadow: ShadowComparison | null
}
