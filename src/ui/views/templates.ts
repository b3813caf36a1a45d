import type { ResultOf } from '../../core/model/result.ts'
import type { TemplateProblem } from '../../core/model/template.ts'
import { SHIPPED_TEMPLATES } from '../../core/model/template-use.ts'
import { codeWords } from './event-reader.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `templates list`: the name to type, and what each is. */
export const templatesView: View<ResultOf<'templates'>> = ({ templates }, { t, width }) =>
  table(
    [
      { title: t('templates.name') },
      { title: t('templates.origin') },
      { title: t('templates.scope') },
      { title: t('templates.about'), flexible: true },
    ],
    templates.map(({ name, origin, scope, description, subject }) => [
      name,
      t(`templates.origin.${origin}`),
      t(`scope.${scope}`),
      description || (shippedWords(name, t) ?? subject),
    ]),
    width,
  )

/** What a template of that name is, or undefined for one that the program does not have. */
function shippedWords(name: string, t: ViewContext['t']): string | undefined {
  const shipped = SHIPPED_TEMPLATES.find((each) => each === name)
  return shipped === undefined ? undefined : t(`template.${shipped}`)
}

/** `templates show`, and what every change of a template shows. */
export const templateView: View<ResultOf<'template'>> = (template, context) => {
  const { t, paint } = context
  return [
    `${paint('bold', template.name)}  ${paint('dim', t(`templates.origin.${template.origin}`))}`,
    ...(template.description === ''
      ? []
      : [`${t('templates.description')}: ${stripControls(template.description)}`]),
    `${t('templates.scope')}: ${t(`scope.${template.scope}`)}`,
    `${t('templates.subject')}: ${stripControls(template.subject)}`,
    ...template.problems.map((problem) => problemLine(problem, context)),
    '',
    lines(template.body),
  ].join('\n')
}

/** `templates check`. */
export const templatesCheckedView: View<ResultOf<'templates-checked'>> = ({ templates }, context) =>
  templates
    .flatMap(({ name, problems }) =>
      problems.length === 0
        ? [`${context.paint('good', '✓')} ${name}  ${context.t('templates.fine')}`]
        : [context.paint('bold', name), ...problems.map((problem) => `  ${problemLine(problem, context)}`)],
    )
    .join('\n')

/** `templates fields`. */
export const templateFieldsView: View<ResultOf<'template-fields'>> = ({ fields }, { t, width }) => {
  const rowsOf = (scope: 'document' | 'message' | 'paid') =>
    fields
      .filter((field) => field.scope === scope)
      .map((field) => [
        `{{${field.name}}}`,
        field.aliases[0] ?? '',
        t(`field.${field.name}` as 'field.folio'),
      ])
  const columns = [
    { title: t('templates.field') },
    { title: t('templates.alias') },
    { title: t('templates.meaning'), flexible: true },
  ] as const
  return [
    t('templates.of-document'),
    table(columns, rowsOf('document'), width),
    '',
    t('templates.of-message'),
    table(columns, rowsOf('message'), width),
    '',
    t('templates.of-paid'),
    table(columns, rowsOf('paid'), width),
  ].join('\n')
}

/** `templates preview`. */
export const previewView: View<ResultOf<'preview'>> = (preview, { t, paint }) => {
  const of = preview.customer || preview.uuid || t('templates.sample')
  const page =
    preview.file === null ? t('templates.see-page') : t('templates.written', { file: preview.file })
  return [
    `${paint('bold', nameOf(preview.template, t))}  ${paint('dim', of)}`,
    `${t('templates.subject')}: ${stripControls(preview.subject)}`,
    '',
    lines(preview.text),
    ...(preview.html === null && preview.file === null ? [] : ['', paint('dim', page)]),
  ].join('\n')
}

/** Of `NORTE/new-contact`, a group's notice, the word that `--event` takes; a template's own name has no slash in it. */
function nameOf(template: string, t: ViewContext['t']): string {
  const [name = '', event] = template.split('/')
  return event === undefined ? name : `${name}/${codeWords(['choice.event'], event, t) ?? event}`
}

function problemLine(problem: TemplateProblem, { t, paint }: ViewContext): string {
  const place =
    problem.line === 0
      ? t(`templates.part.${problem.part}`)
      : t(`templates.place.${problem.part}`, { line: problem.line })
  const what = t(`problem.${problem.code}`, { found: stripControls(problem.found) })
  const nearest = problem.nearest === '' ? '' : ` ${t('templates.nearest', { nearest: problem.nearest })}`
  const level =
    problem.level === 'error' ? paint('bad', t('templates.error')) : paint('warn', t('templates.warning'))
  return `${level} (${place}): ${what}.${nearest}`
}

/** A text of several lines; only its line ends may act on the terminal. */
function lines(text: string): string {
  return text.trimEnd().split('\n').map(stripControls).join('\n')
}
