/** Keeps secrets out of words that a server sent back. Pure. */

/** Characters in a row that give a secret away, however the rest of it is escaped. */
const TELLING = 10

/**
 * Foreign words without the secrets that were sent to whoever said them: each is starred, and words that still hold a piece of
 * one, because they wrote it in a way of their own, are starred whole.
 * @param secrets in every form in which they were sent; '' is none
 */
export function redact(words: string, secrets: readonly string[]): string {
  const sent = secrets.filter((secret) => secret !== '')
  const starred = sent.reduce((text, secret) => text.replaceAll(secret, '***'), words)
  return sent.some((secret) => sharesPiece(starred, secret)) ? '***' : starred
}

function sharesPiece(words: string, secret: string): boolean {
  for (let start = 0; start + TELLING <= secret.length; start++) {
    if (words.includes(secret.slice(start, start + TELLING))) return true
  }
  return false
}
