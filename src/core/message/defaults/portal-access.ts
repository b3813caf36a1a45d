import type { MailTemplate } from '../../model/template.ts'
import { ACCENT, buttonRow, FONT, htmlPage, INK, LINE, SOFT } from './layout.ts'

const TITLE = '{{documentName}}{{#if seriesFolio}} {{seriesFolio}}{{/if}}'
const INTRO = `{{companyName}} emitió a su nombre: {{documentName}}{{#if seriesFolio}} {{seriesFolio}}{{/if}}. Puede consultar y descargar sus comprobantes en el portal de facturación.`
const FIRST = 'Es una contraseña provisional y solo se envía esta vez: cámbiela al entrar.'

/** User, and the first password or where to ask for another. */
export const PORTAL_ACCESS: MailTemplate = {
  subject: `Su acceso al portal: ${TITLE} de {{companyName}}`,
  body: htmlPage({
    title: TITLE,
    preview: INTRO,
    figure: { caption: 'Total', field: 'totalText' },
    intro: `Estimado cliente {{customerName}}:<br>${INTRO}`,
    details: accessTable(),
    attached: `{{#if attached}}<strong>Adjunto: {{attached}}</strong><br>El archivo XML es el comprobante fiscal; consérvelo.{{else}}<strong>Este correo no lleva archivos.</strong><br>Descargue el XML del portal y consérvelo: es el comprobante fiscal.{{/if}}`,
    action: buttonRow({ text: 'Entrar al portal', href: '{{portalUrl}}' }),
  }),
  text: `${TITLE}

Estimado cliente {{customerName}}:
${INTRO}

Portal: {{portalUrl}}
Usuario: {{portalUser}}
{{#if portalPassword}}Contraseña: {{portalPassword}}
${FIRST}
{{else}}¿Olvidó su contraseña? Recupérela en:
{{portalRecoveryUrl}}
{{/if}}

{{#if totalText}}Total: {{totalText}}
{{/if}}{{#if uuid}}Folio fiscal: {{uuid}}
{{/if}}{{#if issuerName}}Emisor: {{issuerName}}{{#if issuerRfc}} ({{issuerRfc}}){{/if}}
{{/if}}
{{#if attached}}Adjunto: {{attached}}
El archivo XML es el comprobante fiscal; consérvelo.{{else}}Este correo no lleva archivos. Descargue el XML del portal y consérvelo: es el comprobante fiscal.{{/if}}
{{#if verificationUrl}}

Verificar en el portal del SAT:
{{verificationUrl}}
{{/if}}

{{companyName}}
Este mensaje se generó automáticamente al emitirse el comprobante.
`,
}

function accessTable(): string {
  const label = `padding:8px 12px 8px 0;border-bottom:1px solid ${LINE};${FONT};font-size:14px;line-height:20px;color:${SOFT};font-weight:normal`
  const value = `padding:8px 0;border-bottom:1px solid ${LINE};${FONT};font-size:14px;line-height:20px;color:${INK};word-break:break-word`
  const row = (name: string, html: string) =>
    `<tr><th scope="row" align="left" valign="top" width="34%" class="line soft" style="${label}">${name}</th><td valign="top" class="line ink" style="${value}">${html}</td></tr>`
  const link = `<a href="{{portalRecoveryUrl}}" style="color:${ACCENT}"><span class="ink">Recuperar contrase&ntilde;a</span></a>`
  const clear = `<span style="font-family:Consolas,Menlo,monospace;font-size:16px">{{portalPassword}}</span><br><span class="soft" style="font-size:12px;color:${SOFT}">${FIRST}</span>`
  const uuid = `{{uuid}}{{#if verificationUrl}}<br><a href="{{verificationUrl}}" style="color:${ACCENT}"><span class="ink">Verificar en el SAT</span></a>{{/if}}`
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0">
${row('Usuario', '<strong>{{portalUser}}</strong>')}
{{#if portalPassword}}${row('Contraseña', clear)}{{else}}${row('¿Olvidó su contraseña?', link)}{{/if}}
{{#if issuedOn}}${row('Fecha de emisión', '{{issuedOn}}')}{{/if}}
{{#if uuid}}${row('Folio fiscal', uuid)}{{/if}}
</table>`
}
