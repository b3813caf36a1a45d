import type { Language } from './messages/translate.ts'
import { folded } from './views/fold.ts'
import { stripControls } from './views/plain.ts'
import { smtpTestView } from './views/smtp-test.ts'
import type { ViewContext } from './views/view.ts'
import { makeViewContext } from './view-context.ts'
import type { Notice } from '../core/model/notice.ts'

/** Standard error: a terminal, which knows how wide it is and says 0 where it does not, or anything else. */
interface Screen {
  write(text: string): unknown
  readonly columns?: number
}

/** Says what cannot wait for the end of a command, on standard error: standard output is for data. */
export function makeTell(screen: Screen, language: Language) {
  return (notice: Notice): void => {
    const width = screen.columns || undefined
    writeProse(
      screen,
      wordsOf(notice, makeViewContext({ language, width, color: 'off', verbosity: 'normal' })),
    )
  }
}

/** Writes lines that are broken between words. */
export function writeProse(screen: Screen, prose: string): void {
  screen.write(`${folded(prose, screen.columns || Infinity)}\n`)
}

function wordsOf(notice: Notice, context: ViewContext): string {
  const { t } = context
  if (notice.notice === 'webhook') return t('notice.webhook', { place: notice.place })
  if (notice.notice === 'test-failed') return smtpTestView(notice.test, context)
  const { url, code, minutes } = notice
  return t('notice.device-code', { url: stripControls(url), code: stripControls(code), minutes })
}
