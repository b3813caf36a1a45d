import { judge } from './html-rules.ts'
import { type HtmlEvent, START, step } from './html-state.ts'
import type { RenderedMail } from './render.ts'
import { htmlToText } from './text-from-html.ts'

/** Stands for the ticket while the envelope is rendered: private-use characters, so that escaping leaves it alone. */
export const TICKET_MARK = '\ue0f0ticket\ue0f1'

/** What a point of sale writes around or into a page, and a mail neither needs nor shows. Taken off before the page is judged. */
const AROUND = [
  /<!--[\s\S]*?-->/g,
  /<!doctype[^>]*>/gi,
  /<script\b[\s\S]*?<\/script\s*>/gi,
  /<noscript\b[\s\S]*?<\/noscript\s*>/gi,
  /<title\b[\s\S]*?<\/title\s*>/gi,
  /<(?:link|meta|base)\b[^>]*>/gi,
  /<\/?(?:html|head|body)\b[^>]*>/gi,
]

/** A style that loads something, or hides script in it. */
const LOADING_STYLE = /@import|url\s*\(|expression\s*\(/i

export type TicketReading =
  { readonly ok: true; readonly html: string } | { readonly ok: false; readonly found: string }

/**
 * The inside of a ticket's page, fit to stand in a mail. It comes from outside, so what is left after the frame and the scripts
 * are off is judged like a template: anything that runs, loads or leads astray, and a tag that does not end, refuses it.
 * @returns `found`: what it was refused for
 */
export function readTicket(page: string): TicketReading {
  // What is left over when an element is cut out of another is judged too, so cutting can only refuse more.
  const html = AROUND.reduce((rest, frame) => rest.replace(frame, ''), page).trim()
  if (html === '') return { ok: false, found: 'empty' }
  const found = dangerIn(html)
  if (found !== null) return { ok: false, found }
  const styles = [...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style/gi)].map(([, css = '']) => css)
  if (styles.some((css) => LOADING_STYLE.test(css))) return { ok: false, found: '<style>' }
  return { ok: true, html }
}

/** What a page must not have, as it stands there: the first of it, or null. */
function dangerIn(html: string): string | null {
  let state = START
  for (const char of html) {
    const { state: next, event } = step(state, char)
    state = next
    const found = event === null ? null : dangerOf(event)
    if (found !== null) return found
  }
  return state.mode === 'text' && state.code === '' ? null : `<${state.tag || state.code}`
}

function dangerOf(event: HtmlEvent): string | null {
  const isStyle = event.kind === 'attribute' && event.attribute === 'style'
  if (isStyle && LOADING_STYLE.test(event.value)) return 'style="…url(…)"'
  return judge(event)?.found ?? null
}

/**
 * The mail with the ticket where its mark stands: HTML in the HTML, its text in the text.
 * @returns null when the envelope has no place for the ticket
 */
export function withTicket(mail: RenderedMail, ticket: string): RenderedMail | null {
  if (mail.html === null || !mail.html.includes(TICKET_MARK)) return null
  const text = htmlToText(ticket).trim()
  return {
    subject: mail.subject.replaceAll(TICKET_MARK, '').trim(),
    html: mail.html.replaceAll(TICKET_MARK, () => ticket),
    text: mail.text.includes(TICKET_MARK)
      ? mail.text.replaceAll(TICKET_MARK, () => text)
      : `${mail.text.trimEnd()}\n\n${text}\n`,
  }
}

/**
 * An envelope as other programs write it (`nyctkt_envelope.html`) as a template: a page gets its `HTML`, and the ways to write a
 * place (`{{nombre_cliente}}`, `[[ticket]]`, `%%ticket%%`, `<!-- ticket -->`) become `@@name`, which templates know.
 */
export function envelopeBody(text: string): string {
  const plain = text.replace(/^\ufeff/, '')
  const body = plain
    .replace(/\{\{\s*(?!else\b)([\p{L}_][\p{L}\p{N}_]*)\s*\}\}/gu, '@@$1')
    .replace(
      /\[\[\s*([\p{L}_][\p{L}\p{N}_]*)\s*\]\]|%%([\p{L}_][\p{L}\p{N}_]*)%%/gu,
      (_, a?: string, b?: string) => `@@${a ?? b ?? ''}`,
    )
    .replace(/<!--\s*(?:@@)?ticket\s*-->/gi, '@@ticket')
  return /^\s*</.test(body) ? `HTML\n${body}` : body
}
