/**
 * A text as part of a file name that no mail program, ZIP or file system has to translate: Ñ → N, accents taken off, anything
 * else that is not a plain letter, digit, `_` or `-` → `_`. No separator and no dot is left, so it cannot lead out of a folder.
 */
export function safeName(text: string): string {
  if (PLAIN.test(text)) return text
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]/gu, '_')
}

/** Most texts are: RFC, UUID and folio of nearly every document. */
const PLAIN = /^[\w-]*$/
