import type { GroupEvent } from '../../model/customer-group.ts'
import type { MailTemplate } from '../../model/template.ts'
import { buttonRow, detailTable, htmlPage } from './layout.ts'
import { textRow } from './one-document.ts'

/** What makes one notice different. Texts are Handlebars; Spanish, because customers read them. */
interface Notice {
  readonly subject: string
  readonly title: string
  readonly intro: string
  /** What to do, or what to know. */
  readonly note: string
  /** Where the button leads. */
  readonly button: { readonly text: string; readonly href: string } | null
}

const PORTAL = 'portal de facturación{{#if companyName}} de {{companyName}}{{/if}}'
const WHO = '{{#if contactName}}{{contactName}}{{else}}{{customerName}}{{/if}}'
const ENTER = { text: 'Entrar al portal', href: '{{portalUrl}}' } as const

const ROWS = [
  { label: 'Cliente', field: 'customerName', beside: 'customerCode' },
  { label: 'Usuario', field: 'portalUser' },
] as const

/** The six notices of a billing portal. */
export const GROUP_NOTICES: Readonly<Record<GroupEvent, MailTemplate>> = {
  'access-request': noticeMail({
    subject: `Solicite su acceso al ${PORTAL}`,
    title: 'Solicite su acceso al portal',
    intro: `Todavía no ha iniciado su acceso al ${PORTAL}, donde puede consultar y descargar sus comprobantes.`,
    note: '{{#if requestAddress}}Para solicitarlo, escriba a {{requestAddress}}.{{else}}Para solicitarlo, responda a este correo.{{/if}}',
    button: null,
  }),
  'validation-confirmed': noticeMail({
    subject: `Su acceso al ${PORTAL} quedó confirmado`,
    title: 'Acceso confirmado',
    intro: `Validamos sus datos: ya puede entrar al ${PORTAL}.`,
    note: 'Si aún no tiene contraseña, pídala en {{portalRecoveryUrl}}',
    button: ENTER,
  }),
  'new-contact': noticeMail({
    subject: 'Ahora es el contacto principal de {{customerName}}',
    title: 'Nuevo contacto principal',
    intro: `Desde hoy es el contacto principal de {{customerName}} en el ${PORTAL}.`,
    note: 'Si no le corresponde, {{#if requestAddress}}escriba a {{requestAddress}}.{{else}}responda a este correo.{{/if}}',
    button: null,
  }),
  'former-contact': noticeMail({
    subject: 'Ya no es el contacto principal de {{customerName}}',
    title: 'Cambio de contacto principal',
    intro: `Desde hoy ya no es el contacto principal de {{customerName}} en el ${PORTAL}.`,
    note: 'Si es un error, {{#if requestAddress}}escriba a {{requestAddress}}.{{else}}responda a este correo.{{/if}}',
    button: null,
  }),
  'forgotten-user': noticeMail({
    subject: `Su usuario del ${PORTAL}`,
    title: 'Su usuario del portal',
    intro: `Nos pidió recordarle su usuario del ${PORTAL}: {{portalUser}}`,
    note: 'Si no lo pidió, no tiene que hacer nada.',
    button: ENTER,
  }),
  'password-reset': noticeMail({
    subject: `Restablezca su contraseña del ${PORTAL}`,
    title: 'Restablezca su contraseña',
    intro: `Nos pidió una contraseña nueva para el ${PORTAL}. Elíjala en la página de recuperación.`,
    note: 'Si no la pidió, no tiene que hacer nada: la contraseña sigue siendo la misma.',
    button: { text: 'Elegir contraseña', href: '{{portalRecoveryUrl}}' },
  }),
}

function noticeMail({ subject, title, intro, note, button }: Notice): MailTemplate {
  const greeting = `Estimado ${WHO}:`
  return {
    subject,
    body: htmlPage({
      title,
      preview: intro,
      figure: null,
      intro: `${greeting}<br>${intro}`,
      details: detailTable(ROWS),
      attached: note,
      action: button === null ? '' : buttonRow(button),
      footer: '{{#if companyName}}{{companyName}}<br>{{/if}}Este mensaje se generó automáticamente.',
    }),
    text: `${title}

${greeting}
${intro}

${ROWS.map(textRow).join('')}
${note}
${button === null ? '' : `\n${button.text}: ${button.href}\n`}
{{companyName}}
Este mensaje se generó automáticamente.
`,
  }
}
