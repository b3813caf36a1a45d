import type { TemplateProblem } from '../template.ts'
import type { TemplateScope } from '../template-use.ts'

export interface TemplateView {
  readonly name: string
  /** As it comes with the program, changed by somebody, or of a name that the program does not have. */
  readonly origin: 'built-in' | 'changed' | 'custom'
  /** What it is for, in a person's words; '' for none. */
  readonly description: string
  readonly scope: TemplateScope
  readonly subject: string
  readonly body: string
}

export interface TemplatesResult {
  readonly kind: 'templates'
  readonly templates: readonly Omit<TemplateView, 'body'>[]
}

export interface TemplateResult extends TemplateView {
  readonly kind: 'template'
  readonly problems: readonly TemplateProblem[]
}

export interface TemplatesCheckedResult {
  readonly kind: 'templates-checked'
  /** One of them has an error. */
  readonly needsPerson: boolean
  readonly templates: readonly { readonly name: string; readonly problems: readonly TemplateProblem[] }[]
}

/** What may stand in a template, in the order of docs/templates.md. */
export interface TemplateFieldView {
  readonly name: string
  /** Of each document, of the message as a whole, or of each document that was paid (`{{#each paid}}`). */
  readonly scope: 'document' | 'message' | 'paid'
  /** With their `@@`. */
  readonly aliases: readonly string[]
  readonly example: string
}

export interface TemplateFieldsResult {
  readonly kind: 'template-fields'
  readonly fields: readonly TemplateFieldView[]
}

export interface PreviewResult {
  readonly kind: 'preview'
  /** '' for the built-in sample, and for a notice. */
  readonly uuid: string
  /** Code of the customer whose notice it is; '' for a document's mail. */
  readonly customer: string
  readonly template: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** File that holds the page, or null when none was asked for. */
  readonly file: string | null
}
