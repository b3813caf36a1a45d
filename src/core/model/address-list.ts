import { parseAddress, uniqueAddresses } from './address.ts'

/** One address of a list as it was written, and where it begins in the list, from 0. */
export interface ListItem {
  readonly text: string
  readonly at: number
}

/**
 * Cuts a list of addresses at commas, semicolons and line ends, and at the white space after an address. Commas and spaces
 * inside double quotes or angle brackets do not cut: `"López, Ana" <ana@x.mx>` is one item. Empty items are left out.
 */
export function splitAddresses(text: string): ListItem[] {
  const items: ListItem[] = []
  let start = 0
  let at = 0
  const cut = (end: number) => {
    const item = text.slice(start, end)
    if (item.trim() !== '') items.push({ text: item.trim(), at: start + item.search(/\S/u) })
    start = end + 1
  }
  while (at < text.length) {
    const close = closingOf(text, at)
    if (close > at) at = close
    else if (/[,;\r\n]/u.test(text[at] ?? '') || endsAddress(text, start, at)) cut(at)
    at++
  }
  cut(text.length)
  return items
}

/** The valid addresses of a field that may hold several, without repetitions. */
export function addressesIn(text: string): string[] {
  return uniqueAddresses(
    splitAddresses(text).flatMap((item) => {
      const reading = parseAddress(item.text)
      return reading.ok ? [reading.address] : []
    }),
  )
}

/** Where the quote or bracket that opens at `at` closes on the same line; `at` itself when nothing opens there, or it stays open. */
function closingOf(text: string, at: number): number {
  const close = text[at] === '"' ? '"' : text[at] === '<' ? '>' : null
  if (close === null) return at
  const end = text.indexOf(close, at + 1)
  return end < 0 || /[\r\n]/u.test(text.slice(at, end)) ? at : end
}

/** White space ends an item when the word before it is an address. `ana@x.mx <ana@x.mx>` is a name and its address, so it does not. */
function endsAddress(text: string, start: number, at: number): boolean {
  if (!/\s/u.test(text[at] ?? '') || /^\s*</u.test(text.slice(at))) return false
  const item = text.slice(start, at)
  return /[^\s"<>]@[^\s"<>]+$|@[^\s<>]*>$/u.test(item)
}
