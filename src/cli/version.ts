import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { VERSION_ALIAS } from './common-flags.ts'

/** The program's version, from its package.json. */
export function version(): string {
  const manifest = fileURLToPath(import.meta.resolve('#manifest'))
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}

/** Whether nothing but the version is asked for: scripts do so often, and no library is needed for the answer. */
export function asksVersion(words: readonly string[]): boolean {
  return words.length === 1 && (words[0] === '--version' || words[0] === `-${VERSION_ALIAS}`)
}
