const UUID = /(?<![0-9a-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])/gi

/**
 * The fiscal folios in a text of any form: a list, a CSV, the SAT's cancellation receipt.
 * @returns each once, upper case, in the order of the text
 */
export function uuidsIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(UUID), ([uuid]) => uuid.toUpperCase()))]
}
