import type { AddendaField, AddendaProblem } from '../../core/model/addenda.ts'
import type { ResultOf } from '../../core/model/result.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `addendas list`. */
export const addendasView: View<ResultOf<'addendas'>> = ({ addendas }, { t, width }) =>
  table(
    [
      { title: t('addendas.name') },
      { title: t('addendas.origin') },
      { title: t('addendas.types') },
      { title: t('addendas.required'), flexible: true },
    ],
    addendas.map(({ name, origin, types, fields }) => [
      name,
      t(`templates.origin.${origin}`),
      types.join(','),
      names(fields.filter(({ required }) => required)),
    ]),
    width,
  )

/** `addendas show`, and what every change of one shows. */
export const addendaView: View<ResultOf<'addenda'>> = (addenda, context) => {
  const { t, paint } = context
  const { fields, problems, name } = addenda
  const required = names(fields.filter((field) => field.required))
  const optional = names(fields.filter((field) => !field.required))
  return [
    `${paint('bold', name)}  ${paint('dim', t(`templates.origin.${addenda.origin}`))}`,
    `${t('addendas.required')}: ${required || t('addendas.none')}`,
    `${t('addendas.optional')}: ${optional || t('addendas.none')}`,
    ...problems.map((problem) => problemLine(problem, context)),
    '',
    lines(addenda.body),
  ].join('\n')
}

/** `addendas check`. */
export const addendasCheckedView: View<ResultOf<'addendas-checked'>> = ({ addendas }, context) =>
  addendas
    .flatMap(({ name, problems }) =>
      problems.length === 0
        ? [`${context.paint('good', '✓')} ${name}  ${context.t('templates.fine')}`]
        : [context.paint('bold', name), ...problems.map((problem) => `  ${problemLine(problem, context)}`)],
    )
    .join('\n')

/** `addendas preview`. */
export const addendaPreviewView: View<ResultOf<'addenda-preview'>> = (preview, { t, paint }) => {
  const of = preview.uuid === '' ? t('templates.sample') : preview.uuid
  const change = preview.change === null ? [] : [paint('dim', t(`addendas.change.${preview.change}`))]
  const file = preview.file === null ? [] : [paint('dim', t('addendas.written', { file: preview.file }))]
  const content = preview.content === '' ? [] : ['', lines(preview.content), '']
  return [`${paint('bold', preview.name)}  ${paint('dim', of)}`, ...content, ...change, ...file]
    .join('\n')
    .trimEnd()
}

/** `codigo*` is asked for each Concepto. */
function names(fields: readonly AddendaField[]): string {
  return fields.map(({ name, perLine }) => `${stripControls(name)}${perLine ? '*' : ''}`).join(', ')
}

function problemLine({ code, found, nearest, line }: AddendaProblem, { t, paint }: ViewContext): string {
  const place = line === 0 ? t('place.addenda') : t('place.addenda-line', { line })
  const near = nearest === '' ? '' : ` ${t('templates.nearest', { nearest })}`
  const what = t(`addenda-problem.${code}`, { place, found: stripControls(found) })
  return `${paint('bad', t('templates.error'))}: ${what}.${near}`
}

/** A text of several lines; only its line ends may act on the terminal. */
function lines(text: string): string {
  return text.trimEnd().split('\n').map(stripControls).join('\n')
}
