import { foldName } from './customer.ts'

/** The mark of a receipt that says whether it is mailed (envío de correo cliente/proveedor). */
export type SendMark = 'send' | 'not-marked'

/** What people and spreadsheets write, without case and accents. */
const WORDS: Readonly<Record<SendMark, readonly string[]>> = {
  send: ['yes', 'y', 'si', 's', '1', 'x', 'true', 'verdadero', 'on'],
  'not-marked': ['', 'no', 'n', '0', 'false', 'falso', 'off'],
}

/** The mark that a cell says, or null for a word that says neither. An empty one is no mark. */
export function readSendMark(text: string): SendMark | null {
  const word = foldName(text)
  if (WORDS.send.includes(word)) return 'send'
  return WORDS['not-marked'].includes(word) ? 'not-marked' : null
}
