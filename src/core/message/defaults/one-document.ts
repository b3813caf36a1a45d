import type { MailTemplate } from '../../model/template.ts'
import { detailTable, htmlPage, VERIFY_BUTTON, type DetailRow } from './layout.ts'
import { paidTable, paidText } from './paid-table.ts'

/** What makes the mail of one kind of document different. Texts are Handlebars; Spanish, because customers read them. */
export interface DocumentMail {
  /** `la factura`, for the sentence that introduces it. */
  readonly article: string
  readonly amount: { readonly caption: string } | null
  readonly rows: readonly DetailRow[]
  /** Who is greeted. */
  readonly greeting: string
  /** Whether it tells which documents were paid. */
  readonly paid?: 'listed'
}

export const ISSUED: DetailRow = { label: 'Fecha de emisión', field: 'issuedOn' }
export const FISCAL_FOLIO: DetailRow = { label: 'Folio fiscal', field: 'uuid' }
export const RECEIVER: DetailRow = { label: 'Receptor', field: 'receiverName', beside: 'receiverRfc' }
export const FOLIO: DetailRow = { label: 'Folio', field: 'seriesFolio' }

const TITLE = '{{documentName}}{{#if seriesFolio}} {{seriesFolio}}{{/if}}'

const PROOF =
  'El archivo XML es el comprobante fiscal; consérvelo. El PDF, cuando se incluye, es su representación impresa.'

/** Subject, HTML body and its hand-made text for one document. */
export function documentMail(mail: DocumentMail): MailTemplate {
  const intro = `Le enviamos ${mail.article}{{#if seriesFolio}} {{seriesFolio}}{{/if}} que emitió {{companyName}}.`
  return {
    subject: `${TITLE} de {{companyName}}`,
    body: htmlPage({
      title: TITLE,
      preview: `${intro}${mail.amount === null ? '' : ` ${mail.amount.caption}: {{totalText}}.`}`,
      figure: mail.amount === null ? null : { caption: mail.amount.caption, field: 'totalText' },
      intro: `${mail.greeting}<br>${intro}`,
      details: mail.paid === undefined ? detailTable(mail.rows) : `${detailTable(mail.rows)}\n${paidTable()}`,
      attached: `<strong>Adjunto: {{attached}}</strong><br>${PROOF}`,
      action: VERIFY_BUTTON,
    }),
    text: plainText(mail, intro),
  }
}

function plainText(mail: DocumentMail, intro: string): string {
  const amount: readonly DetailRow[] =
    mail.amount === null ? [] : [{ label: mail.amount.caption, field: 'totalText' }]
  return `${TITLE}

${mail.greeting}
${intro}

${[...amount, ...mail.rows].map(textRow).join('')}{{#if issuerName}}Emisor: {{issuerName}}{{#if issuerRfc}} ({{issuerRfc}}){{/if}}
{{/if}}${mail.paid === undefined ? '' : paidText()}

Adjunto: {{attached}}
${PROOF}
{{#if verificationUrl}}

Verificar en el portal del SAT:
{{verificationUrl}}
{{/if}}

{{companyName}}
Este mensaje se generó automáticamente al emitirse el comprobante.
`
}

/** A line of the plain text, left out when the field is ''. */
export function textRow({ label, field, beside }: DetailRow): string {
  return `{{#if ${field}}}${label}: {{${field}}}${beside === undefined ? '' : `{{#if ${beside}}} ({{${beside}}}){{/if}}`}\n{{/if}}`
}
