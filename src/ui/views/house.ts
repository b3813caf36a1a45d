import type { ProfileModule } from '../../core/model/profile.ts'
import type { ResultOf } from '../../core/model/result.ts'
import { causeOfHold } from '../../core/model/profile.ts'
import type { Finding, FindingLevel } from '../../core/model/results/house.ts'
import { tellingCut } from './cut.ts'
import { folded } from './fold.ts'
import { holdCure, holdReason } from './hold-cure.ts'
import { localTime } from './local-time.ts'
import { shortId } from './outbox.ts'
import { stripControls } from './plain.ts'
import { smtpTestView } from './smtp-test.ts'
import { roleWord } from './role-words.ts'
import { tableLines } from './table.ts'
import type { View, ViewContext } from './view.ts'

export const initView: View<ResultOf<'init'>> = (result, context) => {
  const { t, paint } = context
  return [
    t(result.existed ? 'init.existed' : 'init.created', { store: result.store }),
    t('init.settings', { settings: result.settings }),
    ...(result.settingsKept ? [t('init.settings-kept')] : []),
    result.sources.length === 0
      ? t('init.no-sources')
      : t('init.sources', { sources: result.sources.join(', ') }),
    ...(result.notSet.length === 0
      ? []
      : [paint('warn', t('init.not-set', { folders: result.notSet.join(', '), settings: result.settings }))]),
    ...testLines(result, context),
    ...nextSteps(result, context),
  ].join('\n')
}

/** What failed was told in full when it was asked whether to correct it: only what came of it is new. */
function testLines({ test }: ResultOf<'init'>, context: ViewContext): string[] {
  if (test === null) return []
  return test.ok ? ['', smtpTestView(test, context), ''] : ['', context.t('init.not-saved')]
}

/** A test that failed is repeated with what is corrected; what passed need not be set up again. */
function nextSteps({ existed, test, profile }: ResultOf<'init'>, { t }: ViewContext): string[] {
  if (test !== null && !test.ok) return [t('init.test-again', { host: test.host, port: test.port })]
  if (existed) return []
  return [t(profile === null ? 'init.next' : 'init.next.customers')]
}

export const demoView: View<ResultOf<'demo'>> = (result, { t }) =>
  [
    t('demo.packaged', { count: result.packaged, sent: result.sent }),
    ...result.messages.map((message) =>
      t('demo.message', {
        to: message.to.join(', '),
        subject: stripControls(message.subject),
        attachments: message.attachments.join(', '),
        file: message.file,
      }),
    ),
    t('demo.folder', { folder: result.folder }),
  ].join('\n\n')

export const doctorView: View<ResultOf<'doctor'>> = ({ findings, settings }, context) => {
  const { t } = context
  const columns = [
    { title: t('column.setting') },
    { title: t('column.value'), flexible: true },
    { title: t('column.origin'), flexible: true },
  ] as const
  return [
    ...findings.map(
      (finding) => `${markOf(finding.level, context)} ${stripControls(findingText(finding, context))}`,
    ),
    '',
    t('doctor.settings-title'),
    ...tellingCut(
      tableLines(
        columns,
        // Any other origin is the name of a file or of a variable.
        settings.map(({ name, value, origin }) => [
          name,
          value,
          origin === 'default' ? t('doctor.usual') : origin,
        ]),
        context.verbosity === 'verbose' ? Infinity : context.width,
      ),
      context,
    ),
    '',
    t(VERDICTS[worstOf(findings.map(({ level }) => level))]),
  ].join('\n')
}

/** A hold has a code for its reason, which tells what to type too. */
function findingText({ code, params }: Finding, context: ViewContext): string {
  const { name = '', reason, until, module } = params
  const hold = typeof reason === 'string' ? reason : null
  return context.t(`doctor.finding.${code}`, {
    ...params,
    ...(module === undefined ? {} : { module: context.t(`module.${module as ProfileModule}`) }),
    ...(typeof until === 'string' ? { until: localTime(until, context.language) } : {}),
    ...(hold === null
      ? {}
      : {
          reason: holdReason(hold, context),
          cure: holdCure({ name: String(name), cause: causeOfHold(hold) }, context),
        }),
  })
}

/** What was done, and to what: by the names that lists show and that the reader types. */
export const doneView: View<ResultOf<'done'>> = (
  { action, subject, names, orders, note, unknownUser: user },
  { t, paint },
) =>
  [
    t(`done.${action}`, {
      count: names.length,
      subject: t(`subject.${subject}`, { count: names.length }),
      names: names.map((name) => stripControls(knownAs(subject, name, t))).join(', '),
    }),
    ...(orders === undefined ? [] : [t(orders === 0 ? 'done.no-orders' : 'done.orders', { count: orders })]),
    ...(note === undefined ? [] : [paint('warn', t(`done.note.${note}`))]),
    ...(user === undefined ? [] : [paint('warn', t('done.unknown-user', { user: stripControls(user) }))]),
  ].join('\n')

/** A role of a new store has a name in each language; an order is known by the end of its id. */
function knownAs(subject: ResultOf<'done'>['subject'], name: string, t: ViewContext['t']): string {
  if (subject === 'role') return roleWord(name, t)
  return subject === 'order' ? shortId(name) : name
}

/** Below an empty line stands what is to be copied: a crontab's line, a unit. */
export const errorView: View<ResultOf<'error'>> = ({ message, hint }, { t, paint, width }) =>
  [
    `${paint('bad', t('error.prefix'))}: ${message}`,
    ...(hint === undefined ? [] : [`${t('hint.prefix')}: ${hint}`]),
  ]
    .map((text) => {
      const [prose = '', ...copied] = text.split('\n\n')
      return [folded(prose, width), ...copied].join('\n\n')
    })
    .join('\n')

const VERDICTS = { ok: 'doctor.well', warning: 'doctor.warnings', error: 'doctor.errors' } as const

function worstOf(levels: readonly FindingLevel[]): FindingLevel {
  return (['error', 'warning'] as const).find((level) => levels.includes(level)) ?? 'ok'
}

function markOf(level: FindingLevel, { paint }: ViewContext): string {
  return { ok: paint('good', '✓'), warning: paint('warn', '!'), error: paint('bad', '✗') }[level]
}
