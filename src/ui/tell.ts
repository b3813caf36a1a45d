import { text } from './messages/index.ts'
import type { Language } from './messages/translate.ts'
import { stripControls } from './views/plain.ts'
import type { Notice } from '../core/model/notice.ts'

/** Says what cannot wait for the end of a command, on standard error: standard output is for data. */
export function makeTell(stream: { write(text: string): unknown }, language: Language) {
  return (notice: Notice): void => {
    stream.write(`${wordsOf(notice, language)}\n`)
  }
}

function wordsOf(notice: Notice, language: Language): string {
  if (notice.notice === 'webhook') return text(language, 'notice.webhook', { place: notice.place })
  if (notice.notice === 'test-failed') {
    const [cause, remedy] = [
      text(language, `cause.${notice.cause}`),
      text(language, `remedy.${notice.cause}`),
    ]
    return [
      text(language, 'smtp-test.failed'),
      text(language, 'smtp-test.cause', { cause }),
      text(language, 'smtp-test.remedy', { remedy }),
    ].join('\n')
  }
  const { url, code, minutes } = notice
  return text(language, 'notice.device-code', { url: stripControls(url), code: stripControls(code), minutes })
}
