import { text } from './messages/index.ts'
import type { Language } from './messages/translate.ts'
import { stripControls } from './views/plain.ts'
import type { Notice } from '../core/model/notice.ts'

/** Says what cannot wait for the end of a command, on standard error: standard output is for data. */
export function makeTell(stream: { write(text: string): unknown }, language: Language) {
  return ({ url, code, minutes }: Notice): void => {
    const params = { url: stripControls(url), code: stripControls(code), minutes }
    stream.write(`${text(language, 'notice.device-code', params)}\n`)
  }
}
