import { FONT, INK, LINE, SOFT } from './layout.ts'

/** Words of the list of documents that were paid. */
interface PaidWords {
  readonly title: string
  /** Before the number. */
  readonly instalment: string
  readonly previous: string
  readonly paid: string
  readonly left: string
  readonly uuid: string
  readonly date: string
  readonly form: string
}

export const PAID_ES: PaidWords = {
  title: 'Documentos pagados',
  instalment: 'parcialidad',
  previous: 'Saldo anterior',
  paid: 'Pagado',
  left: 'Saldo pendiente',
  uuid: 'Folio fiscal',
  date: 'Fecha del pago',
  form: 'Forma de pago',
}

export const PAID_EN: PaidWords = {
  title: 'Documents paid',
  instalment: 'instalment',
  previous: 'Previous balance',
  paid: 'Paid',
  left: 'Balance left',
  uuid: 'Fiscal folio',
  date: 'Date of payment',
  form: 'Form of payment',
}

/** One block for each document that was paid: which, and under it what was owed, paid and is left. Nothing without one. */
export function paidTable(words = PAID_ES): string {
  const label = `${FONT};font-size:12px;line-height:18px;color:${SOFT}`
  const cell = (align: string) =>
    `padding:2px 0 12px;border-bottom:1px solid ${LINE};${FONT};font-size:13px;line-height:20px;color:${INK};text-align:${align}`
  const amount = (name: string, field: string, align: string) =>
    `<td width="33%" valign="top" class="line ink" style="${cell(align)}">{{#if ${field}}}<span class="soft" style="${label}">${name}</span><br>{{${field}}}{{/if}}</td>`
  return `{{#if paid}}<h2 class="ink" style="margin:22px 0 0;${FONT};font-size:16px;line-height:22px;color:${INK}">${words.title}</h2>
<table width="100%" cellpadding="0" cellspacing="0" border="0">
{{#each paid}}
<tr><td colspan="3" class="ink" style="padding:12px 0 4px;${FONT};font-size:14px;line-height:20px;color:${INK};word-break:break-word"><strong>{{paidDocument}}</strong>{{#if instalment}} &middot; ${words.instalment} {{instalment}}{{/if}}{{#if paidUuid}}<br><span class="soft" style="font-size:12px;color:${SOFT};word-break:break-all">{{paidUuid}}</span>{{/if}}<br><span class="soft" style="font-size:12px;color:${SOFT}">{{paidDate}}{{#if paidForm}} &middot; {{paidForm}}{{/if}}</span></td></tr>
<tr>${amount(words.previous, 'previousBalance', 'left')}${amount(words.paid, 'paidAmount', 'center')}${amount(words.left, 'balanceLeft', 'right')}</tr>
{{/each}}
</table>{{/if}}`
}

/** The same in plain text. */
export function paidText(words = PAID_ES): string {
  return `{{#if paid}}
${words.title}:
{{#each paid}}

{{paidDocument}}{{#if instalment}}, ${words.instalment} {{instalment}}{{/if}}
{{#if paidUuid}}  ${words.uuid}: {{paidUuid}}
{{/if}}  ${words.date}: {{paidDate}}
{{#if paidForm}}  ${words.form}: {{paidForm}}
{{/if}}{{#if previousBalance}}  ${words.previous}: {{previousBalance}}
{{/if}}  ${words.paid}: {{paidAmount}}
{{#if balanceLeft}}  ${words.left}: {{balanceLeft}}
{{/if}}{{/each}}
{{/if}}`
}
