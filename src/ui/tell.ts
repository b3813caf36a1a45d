import { text } from './messages/index.ts'
import type { Language } from './messages/translate.ts'
import { folded } from './views/fold.ts'
import { stripControls } from './views/plain.ts'
import type { Notice } from '../core/model/notice.ts'

/** Standard error: a terminal, which knows how wide it is and says 0 where it does not, or anything else. */
interface Screen {
  write(text: string): unknown
  readonly columns?: number
}

/** Says what cannot wait for the end of a command, on standard error: standard output is for data. */
export function makeTell(screen: Screen, language: Language) {
  return (notice: Notice): void => {
    writeProse(screen, wordsOf(notice, language))
  }
}

/** Writes lines that are broken between words. */
export function writeProse(screen: Screen, prose: string): void {
  screen.write(`${folded(prose, screen.columns || Infinity)}\n`)
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
