const PREFIX = 'HTML'

export type Body = { readonly output: 'html' | 'text'; readonly source: string }

/** A body that begins with `HTML` is HTML from there on; any other is text. A byte order mark or blank lines before it do not count. */
export function splitBody(body: string): Body {
  const text = body.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const trimmed = text.trimStart()
  return trimmed.startsWith(PREFIX)
    ? { output: 'html', source: sayingUtf8(trimmed.slice(PREFIX.length).trimStart()) }
    : { output: 'text', source: text }
}

/** Whether a text body was most likely meant as HTML. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*<(?:!doctype|html|body|table|div|p|h\d)\b/i.test(text)
}

/**
 * A page that says of itself the encoding that its file once had: a mail, and a preview, are UTF-8. Browsers, and mail programs
 * that believe the page more than its headers, would show two letters for each accent.
 */
function sayingUtf8(html: string): string {
  return html.replace(/<meta\b[^>]*>/gi, (tag) =>
    tag.replace(/(\bcharset\s*=\s*["']?)[^\s"';/>]+/i, (_, name: string) => `${name}utf-8`),
  )
}
