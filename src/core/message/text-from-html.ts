import { convert, type HtmlToTextOptions } from 'html-to-text'
import { expandAliases } from './aliases.ts'
import { lint } from './compile.ts'

const OPTIONS: HtmlToTextOptions = {
  // Quoted-printable breaks long lines without a trace; a break here would stay in the text.
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
  ],
}

const COMMENT = /\{\{!--[\s\S]*?--\}\}|\{\{![\s\S]*?\}\}/g
const TAG = /\{\{[\s\S]*?\}\}/g
/** A tag's stand-in while the HTML becomes text: private-use characters, which no template holds. */
const STAND_IN = /\ue000(\d+)\ue001/g

/** Plain text of an HTML page. */
export function htmlToText(html: string): string {
  return tidy(convert(html, OPTIONS))
}

/**
 * The text template of an HTML template: converted once, so that a message costs no conversion. Null when the tags do not
 * survive it (a block that began in an attribute, say); then each rendered page is converted.
 */
export function textTemplateOf(html: string): string | null {
  const tags: string[] = []
  const marked = expandAliases(html)
    .text.replace(COMMENT, '')
    .replace(TAG, (tag) => `\ue000${tags.push(tag) - 1}\ue001`)
  const text = tidy(convert(marked, OPTIONS))
    // Braces that HTML wrote as `&#123;` were no Handlebars, and must not become it.
    .replaceAll('{{', '{ {')
    .replace(STAND_IN, (_, index: string) => tags[Number(index)] ?? '')
  return lint(text, 'text').length === 0 ? text : null
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .concat('\n')
}
