import type { PaperKind } from '../../model/paper.ts'
import type { MailTemplate } from '../../model/template.ts'
import { type DetailRow, detailTable, FONT, htmlPage, INK, LINE } from './layout.ts'
import { textRow } from './one-document.ts'

/** What makes the mail of one kind of paper different. Texts are Handlebars; Spanish, because customers and suppliers read them. */
interface PaperMail {
  /** `el pedido`, for the sentence that introduces it. */
  readonly article: string
  readonly greeting: string
  readonly reference: string
  readonly date: string
  readonly amount: string
  /** A sentence about what is asked of the reader. */
  readonly request: string
  /** HTML after the details; left out for none. */
  readonly inside?: string
}

const CUSTOMER = 'Estimado cliente'
const AUTOMATIC = 'Este mensaje se generó automáticamente.'

/** The mails for papers that are no CFDI. */
export const PAPER_TEMPLATES: Readonly<Record<PaperKind, MailTemplate>> = {
  order: paperMail({
    article: 'el pedido',
    greeting: CUSTOMER,
    reference: 'Pedido',
    date: 'Fecha del pedido',
    amount: 'Importe',
    request: 'Por favor revíselo; si algo no coincide con lo que pidió, responda a este correo.',
  }),
  'purchase-order': paperMail({
    article: 'la orden de compra',
    greeting: 'Estimado proveedor',
    reference: 'Orden de compra',
    date: 'Fecha de la orden',
    amount: 'Importe',
    request: 'Por favor confirme que la recibió y la fecha de entrega, y cite su número en la factura.',
  }),
  statement: paperMail({
    article: 'su estado de cuenta',
    greeting: 'Estimado',
    reference: 'Referencia',
    date: 'Fecha de corte',
    amount: 'Saldo',
    request: 'Si encuentra alguna diferencia, responda a este correo para aclararla.',
  }),
  ticket: paperMail({
    article: 'el ticket de su compra',
    greeting: CUSTOMER,
    reference: 'Ticket',
    date: 'Fecha de compra',
    amount: 'Total',
    request: 'Consérvelo: con él puede pedir su factura.',
    inside: `{{#if ticket}}<div class="ink" style="margin-top:18px;padding:14px 12px;border:1px dashed ${LINE};${FONT};font-size:14px;line-height:20px;color:${INK};overflow-x:auto">{{ticket}}</div>{{/if}}`,
  }),
  receipt: paperMail({
    article: 'el recibo',
    greeting: 'Estimado',
    reference: 'Recibo',
    date: 'Fecha',
    amount: 'Importe',
    request: 'Si algún dato no es correcto, responda a este correo.',
  }),
}

function paperMail(mail: PaperMail): MailTemplate {
  const from = '{{#if companyName}} de {{companyName}}{{/if}}'
  const title = '{{documentName}}{{#if reference}} {{reference}}{{/if}}'
  const greeting = `${mail.greeting}{{#if customerName}} {{customerName}}{{/if}}:`
  const intro = `Le enviamos ${mail.article}{{#if reference}} {{reference}}{{/if}}${from}.`
  const rows: readonly DetailRow[] = [
    { label: mail.reference, field: 'reference' },
    { label: mail.date, field: 'issuedOn' },
    { label: 'Para', field: 'receiverName', beside: 'receiverRfc' },
    { label: 'Archivo', field: 'attachmentNames' },
  ]
  return {
    subject: `${title}${from}`,
    body: htmlPage({
      title,
      preview: `${intro}{{#if totalText}} ${mail.amount}: {{totalText}}.{{/if}}`,
      figure: { caption: mail.amount, field: 'totalText' },
      intro: `${greeting}<br>${intro}`,
      details: `${detailTable(rows)}${mail.inside ?? ''}`,
      attached: `{{#if attached}}<strong>Adjunto: {{attached}}</strong><br>{{/if}}${mail.request}`,
      action: '',
      footer: `{{#if companyName}}{{companyName}}<br>{{/if}}${AUTOMATIC}`,
    }),
    text: `${title}

${greeting}
${intro}

{{#if totalText}}${mail.amount}: {{totalText}}
{{/if}}${rows.map(textRow).join('')}
${mail.inside === undefined ? '' : '{{ticket}}\n\n'}{{#if attached}}Adjunto: {{attached}}
{{/if}}${mail.request}

{{companyName}}
${AUTOMATIC}
`,
  }
}
