/** Half of a character beyond U+FFFF. */
const SURROGATE = /[\ud800-\udfff]/

/**
 * Whether a text stands before another in the order of their UTF-8 bytes, which is the store's. The engine's own order, of UTF-16
 * units, is another one where an emoji meets a character from U+E000 on.
 */
export function standsBefore(a: string, b: string): boolean {
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b
  let at = 0
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return rank(a.charCodeAt(at)) < rank(b.charCodeAt(at))
}

/** Sorts by bytes, in place. */
export function sortByBytes(texts: string[]): string[] {
  return texts.some((text) => SURROGATE.test(text))
    ? texts.sort((a, b) => (a === b ? 0 : standsBefore(a, b) ? -1 : 1))
    : texts.sort()
}

/** A unit's place: halves stand behind all others, nothing before all. */
function rank(unit: number): number {
  if (Number.isNaN(unit)) return -1
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
