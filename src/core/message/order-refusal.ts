import type { OrderFileView } from '../model/results/order-files.ts'
import { NOTICE_WORDS } from './notice-words.ts'

/**
 * What stands in a file beside an order file that was refused: first for programs, then for whoever opens it, often somebody of
 * the ERP who sees neither screen nor log.
 */
export function refusalText({ file, reason, detail }: OrderFileView, language: 'es' | 'en'): string {
  const { codes, cures } = NOTICE_WORDS[language]
  const words = codes[reason ?? ''] ?? reason ?? ''
  const told = `${words}${detail === '' ? '' : ` (${detail})`}`
  const lines = [
    `file: ${file}`,
    `reason: ${reason ?? ''}`,
    `detail: ${detail}`,
    '',
    upperFirst(told),
    upperFirst(cures['order-file-refused']),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
