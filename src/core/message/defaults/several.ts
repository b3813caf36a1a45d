import type { MailTemplate } from '../../model/template.ts'
import { documentTable, htmlPage } from './layout.ts'
import { paidTable, paidText } from './paid-table.ts'

const INTRO = 'Le enviamos {{documentCount}} comprobantes fiscales que emitió {{companyName}}.'
const PROOF =
  'Los archivos XML son los comprobantes fiscales; consérvelos. Los PDF son su representación impresa.'

/** One mail with a customer's documents of a run. */
export const SEVERAL: MailTemplate = {
  subject: '{{documentCount}} comprobantes fiscales de {{companyName}}',
  body: htmlPage({
    title: '{{documentCount}} comprobantes fiscales',
    preview: `${INTRO} {{seriesFolio}}`,
    figure: null,
    intro: `Estimado cliente {{customerName}}:<br>${INTRO}`,
    details: `${documentTable()}\n${paidTable()}`,
    attached: `<strong>Adjuntos: {{attached}}</strong><br>${PROOF}`,
    action: '',
  }),
  text: `{{documentCount}} comprobantes fiscales

Estimado cliente {{customerName}}:
${INTRO}

{{#each documents}}
{{documentName}} {{seriesFolio}}{{#if totalText}}: {{totalText}}{{/if}}
  Fecha de emisión: {{issuedOn}}
  Folio fiscal: {{uuid}}
{{#if verificationUrl}}
  Verificar en el SAT: {{verificationUrl}}
{{/if}}

{{/each}}
${paidText()}
Emisor: {{issuerName}}{{#if issuerRfc}} ({{issuerRfc}}){{/if}}

Adjuntos: {{attached}}
${PROOF}

{{companyName}}
Este mensaje se generó automáticamente al emitirse los comprobantes.
`,
}
