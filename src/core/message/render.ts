import { cleanLine } from '../model/clean.ts'
import type { MailTemplate } from '../model/template.ts'
import { compile, type Render } from './compile.ts'
import { splitBody } from './html-prefix.ts'
import { keeping } from './keeping.ts'
import type { TemplateData } from './template-data.ts'
import { htmlToText, textTemplateOf } from './text-from-html.ts'

/** What a customer reads. */
export interface RenderedMail {
  /** One line of at most 200 characters. */
  readonly subject: string
  readonly text: string
  /** Null for a mail of text alone. */
  readonly html: string | null
}

/** RFC 5322 sets no limit; mail programs show some 60, and some gateways refuse long ones. */
const LONGEST_SUBJECT = 200

/** All but line ends and tabs that a text should not hold: C0, C1, and what turns or hides text. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/** Bodies and text twins kept, as many as compiled texts. */
const KEPT = 100

const keptBody = keeping(KEPT, splitBody)
const keptTwin = keeping(KEPT, (html) => ({ text: textTemplateOf(html) }))

/**
 * Renders a template: subject and text as they are, HTML with everything inserted escaped. An HTML body always has a text twin.
 * @throws BAD_TEMPLATE when the template has an error, names a field that is not there, or gives more than a million characters
 */
export function renderTemplate(template: MailTemplate, data: TemplateData): RenderedMail {
  const subject = subjectLine(compile(template.subject, 'text', 'subject')(data))
  const body = keptBody(template.body)
  if (body.output === 'text')
    return { subject, text: clean(compile(body.source, 'text', 'body')(data)), html: null }
  const html = clean(compile(body.source, 'html', 'body')(data))
  const twin = textTwin(template.text, body.source)
  return { subject, text: twin === null ? htmlToText(html) : clean(tidyBlankLines(twin(data))), html }
}

/** A mail whose words are given and hold no fields: what an order file says. A body that begins with `HTML` is HTML. */
export function givenMail(given: { readonly subject: string; readonly body: string }): RenderedMail {
  const subject = subjectLine(given.subject)
  const { output, source } = splitBody(given.body)
  if (output === 'text') return { subject, text: clean(source), html: null }
  const html = clean(source)
  return { subject, text: htmlToText(html), html }
}

function subjectLine(text: string): string {
  const line = cleanLine(text)
  const letters = [...line]
  return letters.length <= LONGEST_SUBJECT ? line : `${letters.slice(0, LONGEST_SUBJECT - 1).join('')}…`
}

function textTwin(written: string | null, html: string): Render | null {
  if (written !== null) return compile(written, 'text', 'body')
  const { text } = keptTwin(html)
  return text === null ? null : compile(text, 'text', 'body')
}

/** An empty `{{#if}}` leaves its blank lines. */
function tidyBlankLines(text: string): string {
  return text.replace(/\n{3,}/g, '\n\n')
}

function clean(text: string): string {
  return text.replace(CONTROLS, '')
}
