/**
 * The frame of the built-in mails: tables with inline styles, for Outlook's Word engine and Gmail; at most 600 px wide; nothing
 * loaded from outside; readable when a mail program turns colours dark. Written short, for it is stored with every order.
 */

/** The inside of a built-in mail. All are Handlebars texts. */
export interface Page {
  /** Spanish when left out. */
  readonly language?: 'en'
  readonly title: string
  /** The line that inboxes show beside the subject. */
  readonly preview: string
  /** Large figure under the title, with its caption; null for a document without amount. */
  readonly figure: { readonly caption: string; readonly field: string } | null
  readonly intro: string
  /** HTML between the introduction and the attachments. */
  readonly details: string
  /** HTML of the note about what is attached. */
  readonly attached: string
  /** HTML after the note, such as a button. */
  readonly action: string
  /** HTML of the small print; left out for a fiscal document's. */
  readonly footer?: string
}

const FISCAL_FOOTER =
  'Emisor: {{issuerName}}{{#if issuerRfc}} &middot; RFC {{issuerRfc}}{{/if}}<br>Este mensaje se gener&oacute; autom&aacute;ticamente al emitirse el comprobante.'

export const FONT = 'font-family:Arial,Helvetica,sans-serif'
export const INK = '#1f2933'
export const SOFT = '#5f6c7b'
export const LINE = '#e3e8ee'
export const ACCENT = '#17557f'

export const HEAD = `<!DOCTYPE html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>TITLE</title>
<style>
:root{color-scheme:light dark}
@media (max-width:480px){
.pad{padding-left:20px!important;padding-right:20px!important}
}
@media (prefers-color-scheme:dark){
.bg{background:#12161b!important}
.card,.card td{background:#1d232a!important}
.note td{background:#27303a!important}
.ink{color:#e9edf1!important}
.soft{color:#aab4bf!important}
.line{border-color:#37414c!important}
}
</style>
</head>`

export const TABLE = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'

/** A whole HTML body, with the `HTML` that makes it one. */
export function htmlPage(page: Page): string {
  return `HTML
${HEAD.replace('TITLE', page.title).replace('lang="es"', `lang="${page.language ?? 'es'}"`)}
<body class="bg" style="margin:0;padding:0;background:#eef1f5">
<div style="display:none;max-height:0;overflow:hidden">${page.preview}</div>
${TABLE}><tr><td class="bg" align="center" style="padding:24px 10px;background:#eef1f5">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
${TABLE} class="card" style="max-width:600px;background:#ffffff">
<tr><td style="height:4px;line-height:4px;font-size:0;background:${ACCENT}!important">&nbsp;</td></tr>
<tr><td class="pad" style="padding:28px 36px 0;${FONT}">
<p class="soft" style="margin:0 0 6px;font-size:14px;color:${SOFT}">{{companyName}}</p>
<h1 class="ink" style="margin:0;font-size:24px;line-height:30px;color:${INK};word-break:break-word">${page.title}</h1>
${figure(page.figure)}<p class="ink" style="margin:18px 0 0;font-size:15px;line-height:23px;color:${INK}">${page.intro}</p>
</td></tr>
<tr><td class="pad" style="padding:20px 36px 0">
${page.details}
</td></tr>
<tr><td class="pad" style="padding:22px 36px 0">
${TABLE} class="note"><tr><td class="ink" style="padding:14px 16px;background:#f3f6f9;border-left:3px solid ${ACCENT};${FONT};font-size:14px;line-height:21px;color:${INK};word-break:break-word">${page.attached}</td></tr></table>
</td></tr>
${page.action}<tr><td class="pad" style="padding:26px 36px 28px">
${TABLE}><tr><td class="line soft" style="padding-top:14px;border-top:1px solid ${LINE};${FONT};font-size:12px;line-height:18px;color:${SOFT}">${page.footer ?? FISCAL_FOOTER}</td></tr></table>
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`
}

function figure(shown: Page['figure']): string {
  if (shown === null) return ''
  return `{{#if ${shown.field}}}<p class="soft" style="margin:16px 0 0;font-size:13px;color:${SOFT}">${shown.caption}</p>
<p class="ink" style="margin:0;font-size:30px;line-height:36px;font-weight:bold;color:${INK}">{{${shown.field}}}</p>
{{/if}}`
}

/** A row of the details: label and field, left out when the field is ''. */
export interface DetailRow {
  readonly label: string
  readonly field: string
  /** Another field, in brackets after the first. */
  readonly beside?: string
}

/** Details of one document: label on the left, value on the right. */
export function detailTable(rows: readonly DetailRow[]): string {
  const label = `padding:8px 12px 8px 0;border-bottom:1px solid ${LINE};${FONT};font-size:14px;line-height:20px;color:${SOFT}`
  const value = `padding:8px 0;border-bottom:1px solid ${LINE};${FONT};font-size:14px;line-height:20px;color:${INK};word-break:break-word`
  const lines = rows.map(
    ({ label: name, field, beside }) =>
      `{{#if ${field}}}<tr><th scope="row" align="left" valign="top" width="34%" class="line soft" style="${label};font-weight:normal">${name}</th>` +
      `<td valign="top" class="line ink" style="${value}">{{${field}}}${beside === undefined ? '' : `{{#if ${beside}}}<br>{{${beside}}}{{/if}}`}</td></tr>{{/if}}`,
  )
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0">\n${lines.join('\n')}\n</table>`
}

/** One row for each of several documents: what it is on the left, its amount on the right. */
export function documentTable(): string {
  const cell = `padding:12px 0;border-bottom:1px solid ${LINE};${FONT};font-size:14px;line-height:20px;color:${INK}`
  const head = `padding:0 0 6px;border-bottom:1px solid ${LINE};${FONT};font-size:12px;color:${SOFT}`
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><th scope="col" align="left" class="line soft" style="${head}">Documento</th><th scope="col" align="right" class="line soft" style="${head}">Total</th></tr>
{{#each documents}}
<tr><td valign="top" class="line ink" style="${cell}"><strong>{{documentName}} {{seriesFolio}}</strong><br>{{issuedOn}}<br><span class="soft" style="font-size:12px;color:${SOFT};word-break:break-all">{{uuid}}</span>{{#if verificationUrl}}<br><a href="{{verificationUrl}}" style="font-size:13px;color:${ACCENT}"><span class="ink">Verificar en el SAT</span></a>{{/if}}</td><td align="right" valign="top" class="line ink" style="${cell};padding-left:12px;white-space:nowrap">{{totalText}}</td></tr>
{{/each}}
</table>`
}

/** The button that opens the SAT's verification page. */
export const VERIFY_BUTTON = `{{#if verificationUrl}}<tr><td class="pad" style="padding:22px 36px 0">
<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" bgcolor="${ACCENT}" style="border-radius:4px;background:${ACCENT}!important"><a href="{{verificationUrl}}" style="display:inline-block;padding:11px 20px;${FONT};font-size:14px;font-weight:bold;color:#ffffff;text-decoration:none">Verificar en el portal del SAT</a></td></tr></table>
</td></tr>
{{/if}}`

/** A button under the note. */
export function buttonRow({ text, href }: { readonly text: string; readonly href: string }): string {
  return `<tr><td class="pad" style="padding:22px 36px 0">
<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" bgcolor="${ACCENT}" style="border-radius:4px;background:${ACCENT}!important"><a href="${href}" style="display:inline-block;padding:11px 20px;${FONT};font-size:14px;font-weight:bold;color:#ffffff;text-decoration:none">${text}</a></td></tr></table>
</td></tr>
`
}
