import type { MailLanguage } from '../model/mail-language.ts'
import type { PaidDocument } from '../model/paid-document.ts'
import { paymentFormText } from './catalogues.ts'
import { longDate } from './dates.ts'
import type { Field } from './field.ts'
import { formatMoney } from './money.ts'

/** One document that was paid, in a mail of some language. */
export interface PaidSource extends PaidDocument {
  readonly language: MailLanguage
}

export type PaidField = Field<PaidSource>

type PaidRest = Pick<PaidField, 'example' | 'of'>

/** A document that was paid, with what its payment says of it. */
function paidField(name: string, aliases: readonly string[], rest: PaidRest): PaidField {
  return { name, aliases, type: 'text', ...rest }
}

/** Fields of one document that was paid: only inside `{{#each paid}}`. */
export const PAID_FIELDS: readonly PaidField[] = [
  paidField('paidDocument', ['documento_pagado'], {
    example: 'A-101',
    of: ({ series, folio, uuid }) => [series, folio].filter((part) => part !== '').join('-') || uuid,
  }),
  paidField('paidUuid', ['folio_fiscal_pagado'], {
    example: '6F1A3C5E-0D2B-4A7C-9E8F-1B2C3D4E5F60',
    of: ({ uuid, series, folio }) => (series + folio === '' ? '' : uuid),
  }),
  paidField('instalment', ['parcialidad'], { example: '1', of: ({ instalment }) => instalment }),
  paidField('previousBalance', ['saldo_anterior'], {
    example: '$1,160.00 MXN',
    of: ({ previousBalance, currency }) => moneyOrNothing(previousBalance, currency),
  }),
  paidField('paidAmount', ['importe_pagado'], {
    example: '$580.00 MXN',
    of: ({ paid, currency }) => moneyOrNothing(paid, currency),
  }),
  paidField('balanceLeft', ['saldo_insoluto', 'saldo_pendiente'], {
    example: '$580.00 MXN',
    of: ({ balanceLeft, currency }) => moneyOrNothing(balanceLeft, currency),
  }),
  paidField('paidDate', ['fecha_del_pago'], {
    example: '18 de mayo de 2024',
    of: ({ paidAt, language }) => longDate(paidAt, language),
  }),
  paidField('paidForm', ['forma_del_pago'], {
    example: '03 Transferencia electrónica de fondos',
    of: ({ form }) => paymentFormText(form === '' ? null : form),
  }),
]

function moneyOrNothing(amount: string, currency: string): string {
  return amount === '' ? '' : formatMoney(amount, currency)
}

/** The list that `{{#each paid}}` walks. */
export const PAID_LIST = 'paid'
