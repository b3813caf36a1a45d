import type { PartyKind } from './customer.ts'
import type { MailLanguage } from './mail-language.ts'
import type { PaidLine } from './paid-line.ts'

/** What a paper's mail says besides what every paper has. */
export interface ReceiptSaid {
  readonly paid: readonly PaidLine[]
  readonly language: MailLanguage
}

/** A paper of which nobody says what it paid, in Spanish. */
export const NO_RECEIPT: ReceiptSaid = { paid: [], language: 'es' }

/**
 * The mails of receipts: a collection (cobro) goes to the customer who paid, a payment to the supplier who was paid. Each is
 * there in Spanish, and in English under its name with `-en`.
 */
export const RECEIPT_TEMPLATES = [
  'collection',
  'supplier-payment',
  'collection-en',
  'supplier-payment-en',
] as const
export type ReceiptTemplate = (typeof RECEIPT_TEMPLATES)[number]

/** The mail of a receipt for such a party, or null: employees and banks get the plain `receipt`. */
export function receiptTemplateFor(party: PartyKind, language: MailLanguage): ReceiptTemplate | null {
  switch (party) {
    case 'customer':
      return language === 'en' ? 'collection-en' : 'collection'
    case 'supplier':
      return language === 'en' ? 'supplier-payment-en' : 'supplier-payment'
    case 'employee':
    case 'bank':
      return null
  }
}

/** The language that a template is in: that of the receipts with `-en` is English. */
export function languageOfTemplate(name: string): MailLanguage {
  return RECEIPT_TEMPLATES.some((receipt) => receipt === name && receipt.endsWith('-en')) ? 'en' : 'es'
}
