import type { JobTitles } from '../core/model/schedule.ts'
import { text } from './messages/index.ts'
import type { Language } from './messages/translate.ts'

/** What a scheduled job is called in the system's own lists, in the reader's language. */
export function makeJobTitles(language: Language): JobTitles {
  return { job: text(language, 'schedule.title'), timer: text(language, 'schedule.title.timer') }
}
