import type { ReceiptTemplate } from '../../model/receipt.ts'
import type { MailTemplate } from '../../model/template.ts'
import { type DetailRow, detailTable, htmlPage } from './layout.ts'
import { textRow } from './one-document.ts'
import { PAID_EN, PAID_ES, paidTable, paidText } from './paid-table.ts'

/** What makes one receipt different. Texts are Handlebars. */
interface Receipt {
  readonly title: string
  readonly greeting: string
  readonly intro: string
  /** Caption of the amount. */
  readonly total: string
  /** A sentence about what is asked of the reader. */
  readonly request: string
}

/** What all receipts of one language share. */
interface Language {
  readonly of: string
  readonly attached: string
  readonly automatic: string
  readonly rows: readonly DetailRow[]
  readonly paid: typeof PAID_ES
}

const SPANISH: Language = {
  of: 'de',
  attached: 'Adjunto',
  automatic: 'Este mensaje se generó automáticamente.',
  rows: [
    { label: 'Recibo', field: 'reference' },
    { label: 'Fecha del pago', field: 'paidOn' },
    { label: 'Moneda', field: 'currency' },
    { label: 'Forma de pago', field: 'paymentForm' },
    { label: 'Para', field: 'receiverName', beside: 'receiverRfc' },
    { label: 'Folio fiscal', field: 'uuid' },
  ],
  paid: PAID_ES,
}

const ENGLISH: Language = {
  of: 'from',
  attached: 'Attached',
  automatic: 'This message was generated automatically.',
  rows: [
    { label: 'Receipt', field: 'reference' },
    { label: 'Date of payment', field: 'paidOn' },
    { label: 'Currency', field: 'currency' },
    { label: 'Form of payment', field: 'paymentForm' },
    { label: 'For', field: 'receiverName', beside: 'receiverRfc' },
    { label: 'Fiscal folio', field: 'uuid' },
  ],
  paid: PAID_EN,
}

/** The mails of a collection and of a payment to a supplier, with the table of what was paid. */
export const RECEIPTS: Readonly<Record<ReceiptTemplate, MailTemplate>> = {
  collection: receiptMail(SPANISH, {
    title: 'Recibo de cobro',
    greeting: 'Estimado cliente',
    intro: 'Recibimos su pago. Muchas gracias.',
    total: 'Total recibido',
    request: 'Si algún dato no coincide con lo que pagó, responda a este correo.',
  }),
  'supplier-payment': receiptMail(SPANISH, {
    title: 'Recibo de pago',
    greeting: 'Estimado proveedor',
    intro: 'Le informamos del pago que le hicimos.',
    total: 'Total pagado',
    request: 'Si algún dato no coincide con sus facturas, responda a este correo.',
  }),
  'collection-en': receiptMail(ENGLISH, {
    title: 'Payment receipt',
    greeting: 'Dear customer',
    intro: 'We have received your payment. Thank you.',
    total: 'Total received',
    request: 'If anything differs from what you paid, please reply to this message.',
  }),
  'supplier-payment-en': receiptMail(ENGLISH, {
    title: 'Payment notice',
    greeting: 'Dear supplier',
    intro: 'This is to let you know of the payment that we made to you.',
    total: 'Total paid',
    request: 'If anything differs from your invoices, please reply to this message.',
  }),
}

function receiptMail(language: Language, { total, request, ...receipt }: Receipt): MailTemplate {
  const { of, attached, automatic, rows, paid } = language
  const title = `${receipt.title}{{#if reference}} {{reference}}{{/if}}`
  const greeting = `${receipt.greeting}{{#if customerName}} {{customerName}}{{/if}}:`
  return {
    subject: `${title}{{#if companyName}} ${of} {{companyName}}{{/if}}`,
    body: htmlPage({
      ...(language === ENGLISH ? { language: 'en' } : {}),
      title,
      preview: `${receipt.intro}{{#if totalText}} ${total}: {{totalText}}.{{/if}}`,
      figure: { caption: total, field: 'totalText' },
      intro: `${greeting}<br>${receipt.intro}`,
      details: `${detailTable(rows)}\n${paidTable(paid)}`,
      attached: `{{#if attached}}<strong>${attached}: {{attached}}</strong><br>{{/if}}${request}`,
      action: '',
      footer: `{{#if companyName}}{{companyName}}<br>{{/if}}${automatic}`,
    }),
    text: `${title}

${greeting}
${receipt.intro}

{{#if totalText}}${total}: {{totalText}}
{{/if}}${rows.map(textRow).join('')}${paidText(paid)}

{{#if attached}}${attached}: {{attached}}
{{/if}}${request}

{{companyName}}
${automatic}
`,
  }
}
