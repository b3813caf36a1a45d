import type { CfdiKind } from './cfdi.ts'

/** Templates that come with the program: one for each kind of document, and one for several documents in one message. */
export const BUILT_IN_TEMPLATES = [
  'invoice',
  'credit-note',
  'payment',
  'waybill',
  'payroll',
  'withholdings',
  'several',
  'portal-access',
] as const
export type BuiltInTemplate = (typeof BUILT_IN_TEMPLATES)[number]

const BY_KIND: Readonly<Record<CfdiKind, BuiltInTemplate>> = {
  I: 'invoice',
  E: 'credit-note',
  P: 'payment',
  T: 'waybill',
  N: 'payroll',
  R: 'withholdings',
}

/** The mail that says how to enter the portal, for documents of any kind. */
export const PORTAL_TEMPLATE = 'portal-access' satisfies BuiltInTemplate

/** Name of the template for a message with documents of these kinds. */
export function templateNameOf(kinds: readonly CfdiKind[]): BuiltInTemplate {
  const [kind, second] = kinds
  return kind === undefined || second !== undefined ? 'several' : BY_KIND[kind]
}

/** The texts a message is made of, in Handlebars. */
export interface MailTemplate {
  readonly subject: string
  /** Text, or `HTML` and then HTML. */
  readonly body: string
  /** Plain-text twin of an HTML body, written by hand; null derives it from the HTML. */
  readonly text: string | null
}

/** What can be wrong with a template. Stable codes; words in ui/messages under `template-problem.<code>`. */
export const TEMPLATE_PROBLEMS = [
  'syntax', // not Handlebars
  'empty',
  'too-long',
  'unknown-field',
  'unknown-alias', // an `@@name` that stands for no field
  'unknown-helper', // anything but each, if, unless
  'not-supported', // partials, decorators, sub-expressions, literals, block parameters
  'not-text', // the list of documents, or a whole document, written as if it were text
  'not-a-list', // `each` over something else than documents
  'nested-each', // documents times documents
  'raw-output', // {{{x}}} or {{&x}} in HTML: a customer's name could then write HTML
  'unquoted-attribute', // a field where HTML gives it power: in a tag, or in an attribute value without quotes
  'field-in-code', // a field in a style or a script
  'split-html', // a block whose branches end in different places of the HTML
  'script', // scripts and elements that load other pages
  'bad-url', // a link that is not https, http, mailto or tel, or that begins with a field that is no URL
  'not-in-notice', // a document's field in a notice that has no document
  'password-in-subject', // where everybody sees it
  'render', // fails with the data of a sample document
  'remote-image', // warning: most mail programs do not show it, and it tells who read
  'html-without-prefix', // warning: looks like HTML but does not begin with `HTML`, so it goes as text
] as const
export type TemplateProblemCode = (typeof TEMPLATE_PROBLEMS)[number]

export interface TemplateProblem {
  readonly part: 'subject' | 'body'
  /** A template with an error is never saved nor rendered. */
  readonly level: 'error' | 'warning'
  readonly code: TemplateProblemCode
  /** What stands there: a name, an attribute, the parser's words. */
  readonly found: string
  /** The known name most like `found`, or ''. */
  readonly nearest: string
  /** From 1; 0 when the place is the whole text. */
  readonly line: number
  /** From 1; 0 when it is not known. */
  readonly column: number
}
