import type { LogEvent } from '../../core/model/event.ts'
import type { ResultOf } from '../../core/model/result.ts'
import { tellingCut } from './cut.ts'
import { eventDetail } from './event-detail.ts'
import { localTime } from './local-time.ts'
import type { LongView } from './long.ts'
import { newest } from './newest.ts'
import { stripControls } from './plain.ts'
import { replyWords } from './reply-words.ts'
import { rowsOf, tableLines } from './table.ts'
import type { ViewContext } from './view.ts'

/** `log`: a line an event, the newest last. With --verbose nothing of a line is cut. */
export const logView: LongView<ResultOf<'log'>> = ({ events, limit }, context) => {
  const { t, paint } = context
  if (events.length === 0) return [t('log.none')]
  const shown = newest(events, limit, context)
  const older = events.length - shown.length
  return [
    ...(older > 0 ? [paint('dim', t('log.older', { count: older }))] : []),
    context.verbosity === 'verbose'
      ? eventLines(shown, context)
      : tellingCut(eventTable(shown, context), context),
  ]
}

function* eventLines(events: Iterable<LogEvent>, context: ViewContext): Generator<string> {
  for (const event of events) yield eventLine(event, context)
}

function eventTable(events: Iterable<LogEvent>, context: ViewContext): Iterable<string> {
  const { t, language, width } = context
  const columns = [
    { title: t('column.time') },
    { title: t('column.level') },
    { title: t('column.event'), flexible: true },
    { title: t('column.customer') },
    { title: t('column.about'), flexible: true },
    { title: t('column.detail'), flexible: true },
  ] as const
  const rows = rowsOf(events, (event) => [
    localTime(event.at, language),
    t(`level.${event.level}`),
    t(`event.${event.event}`),
    event.customer ?? '',
    aboutOf(event),
    replyWords(eventDetail(event, t), context),
  ])
  return tableLines(columns, rows, width)
}

/** One event on one line, whole. */
export function eventLine(event: LogEvent, context: ViewContext): string {
  const { t, language, paint } = context
  const by = event.operator === undefined ? '' : t('log.by', { operator: event.operator })
  const parts = [
    t(`event.${event.event}`),
    event.customer ?? '',
    aboutOf(event),
    replyWords(eventDetail(event, t), context),
    by,
  ]
  const level = t(`level.${event.level}`)
  const mark = level === '' ? '' : ` ${paint(event.level === 'error' ? 'bad' : 'warn', level)}`
  return `${localTime(event.at, language)}${mark} ${stripControls(parts.filter((part) => part !== '').join('  '))}`
}

/** Whom or what it is about: the recipient, else the end of the fiscal folio. */
function aboutOf({ recipient, uuid }: LogEvent): string {
  return recipient ?? uuid?.slice(-12) ?? ''
}
