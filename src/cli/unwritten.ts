import { detectLanguage, text } from '../ui/messages/index.ts'
import type { Host } from './host.ts'

/** What is said when the output could not be written. The language of the settings is not known here. */
export function unwrittenText(
  { argv, env }: Pick<Host, 'argv' | 'env'>,
  { code, message }: NodeJS.ErrnoException,
): string {
  const language = detectLanguage(argv.slice(2), env, null)
  const isFull = code === 'ENOSPC' || code === 'EDQUOT'
  const what = isFull ? text(language, 'unwritten.full') : text(language, 'unwritten', { detail: message })
  return [
    `${text(language, 'error.prefix')}: ${what}\n`,
    `${text(language, 'hint.prefix')}: ${text(language, 'unwritten.hint')}\n`,
  ].join('')
}
