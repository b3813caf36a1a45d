/** C0 and C1 controls, zero-width and bidirectional marks, line and paragraph separators. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu

/** What most texts are: words of printable ASCII with single spaces between them. */
const CLEAN = /^(?:[!-~]+(?: [!-~]+)*)?$/

/** Foreign text made fit to be stored, shown and put in a header: one line, no control characters, single spaces. */
export function cleanLine(text: string): string {
  if (CLEAN.test(text)) return text
  return text.normalize('NFC').replace(CONTROLS, ' ').replace(/\s+/gu, ' ').trim()
}
