import { durationText } from '../../core/model/duration.ts'
import type { ResultOf } from '../../core/model/result.ts'
import type { ScheduleFile } from '../../core/model/schedule.ts'
import { folded } from './fold.ts'
import { stripControls } from './plain.ts'
import type { View, ViewContext } from './view.ts'

/** What is, or would be, started by the clock: whole files, because people copy them. */
export const scheduleView: View<ResultOf<'schedule'>> = (result, context) => {
  const { t } = context
  const facts = { scheduler: result.scheduler, name: result.name, when: whenOf(result, context) }
  switch (result.action) {
    case 'removed':
    case 'absent':
      return t(`schedule.${result.action}`, facts)
    case 'shown':
      return [...shown(result, facts, context), ...stepsOf(result, 'schedule.by-hand', context)].join('\n')
    default:
      return [
        t(`schedule.${result.action}`, facts),
        t('schedule.command', { command: stripControls(result.command.map(asTyped).join(' ')) }),
        ...result.files.map(({ path }) => `  ${stripControls(path)}`),
        ...stepsOf(result, 'schedule.steps', context),
      ].join('\n')
  }
}

function shown(
  result: ResultOf<'schedule'>,
  facts: Readonly<Record<string, string>>,
  { t }: ViewContext,
): string[] {
  const { installed, current, files } = result
  if (installed === null) return [t('schedule.shown.none', facts), ...files.flatMap(fileLines)]
  if (current) return [t('schedule.shown.current', facts), ...installed.flatMap(fileLines)]
  return [
    ...[t('schedule.shown.other', facts), ...installed.flatMap(fileLines)],
    ...[t('schedule.shown.wanted', facts), ...files.flatMap(fileLines)],
  ]
}

function fileLines({ path, text }: ScheduleFile): string[] {
  const lines = text.split(/\r?\n/).map((line) => stripControls(line))
  return ['', `# ${stripControls(path)}`, ...lines]
}

/** @param title what is shown is installed by a command; what is left after it, or after writing files, is up to the reader */
function stepsOf(
  { steps }: ResultOf<'schedule'>,
  title: 'schedule.by-hand' | 'schedule.steps',
  { t, width }: ViewContext,
): string[] {
  return steps.length === 0
    ? []
    : [folded(t(title), width), ...steps.map((step) => `  ${stripControls(step)}`)]
}

/** A word of a command in quotes where it has a space: people copy it. */
function asTyped(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word
}

function whenOf({ resident, every }: ResultOf<'schedule'>, { t }: ViewContext): string {
  if (resident) return t('schedule.when.resident')
  return t('schedule.when.every', { every: durationText(every * 1000) })
}
