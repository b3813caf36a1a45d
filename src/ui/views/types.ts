import { DEFAULT_PATTERN } from '../../core/model/name-pattern.ts'
import type { PackagingType } from '../../core/model/packaging-type.ts'
import type { ResultOf } from '../../core/model/result.ts'
import { TEMPLATE_USES } from '../../core/model/template-use.ts'
import { explainedSettingLines } from './document-settings.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `types list`. */
export const typesView: View<ResultOf<'types'>> = ({ types }, context) => {
  const { t } = context
  const columns = [
    { title: t('column.code') },
    { title: t('column.description'), flexible: true },
    { title: t('types.customer') },
    { title: t('column.kinds') },
    { title: t('column.pdf'), flexible: true },
    { title: t('types.grouping') },
  ] as const
  const rows = types.map((type) => [
    type.code,
    type.description,
    type.customer ?? t('types.any-customer'),
    type.kinds.join(','),
    t(`types.pdf.${type.pdf}`),
    t(`types.grouping.${type.grouping}`) + (type.zip ? ' (ZIP)' : ''),
  ])
  return table(columns, rows, context.width)
}

/** `types show`, and what every change of a type shows. */
export const typeView: View<ResultOf<'type'>> = (type, context) => {
  const facts = [...contentFacts(type, context), ...folderFacts(type, context), ...mailFacts(type, context)]
  const width = Math.max(...facts.map(([label]) => label.length)) + 2
  const lines = facts.map(([label, value]) => label.padEnd(width) + stripControls(value))
  const title = context.paint('bold', stripControls(`${type.code}  ${type.description}`.trimEnd()))
  return [
    ...[title, ...lines, ...bodyLines(type, context)],
    ...explainedSettingLines(type.settings, context),
    ...portalNotes(type, context),
  ].join('\n')
}

type Fact = readonly [label: string, value: string]

function contentFacts(type: PackagingType, { t }: ViewContext): Fact[] {
  const yes = (flag: boolean) => t(flag ? 'types.yes' : 'types.no')
  return [
    [t('types.customer'), type.customer ?? t('types.any-customer')],
    [t('types.kinds'), type.kinds.map((kind) => `${kind} ${t(`kind.${kind}`)}`).join(', ')],
    [t('types.pdf'), t(`types.pdf.${type.pdf}`)],
    [t('types.bom'), yes(type.withBom)],
    ...addendaFacts(type, t),
    [t('types.grouping'), t(`types.grouping.${type.grouping}`)],
    [t('types.zip'), yes(type.zip || type.passwordRule !== null)],
    [t('types.password'), t(`types.password.${type.passwordRule ?? 'none'}`)],
    ...(type.passwordHint === null ? [] : [[t('types.password-hint'), type.passwordHint] as const]),
  ]
}

function addendaFacts({ addenda, existingAddenda }: PackagingType, t: ViewContext['t']): Fact[] {
  const facts: Fact[] = [[t('types.addenda'), addenda ?? t('types.no-addenda')]]
  if (addenda === null) return facts
  return [...facts, [t('types.addenda-existing'), t(`types.addenda-existing.${existingAddenda}`)]]
}

function folderFacts({ folder, namePattern, byMail, afterSend }: PackagingType, { t }: ViewContext): Fact[] {
  const facts: Fact[] = [
    [t('types.by-mail'), t(byMail ? 'types.yes' : 'types.no')],
    [t('types.folder'), folder ?? t('types.no-folder')],
  ]
  if (folder === null) return facts
  return [
    ...facts,
    [t('types.names'), namePattern ?? DEFAULT_PATTERN],
    [t('types.after-send'), t(`types.after-send.${afterSend}`)],
  ]
}

function mailFacts(type: PackagingType, { t }: ViewContext): Fact[] {
  return [
    [t('types.portal-access'), t(`types.portal-access.${type.portalAccess}`)],
    [t('types.profile'), type.profile ?? t('types.default-profile')],
    [t('types.sender'), type.sender ?? t('types.profile-sender')],
    [t('types.timeout'), t(type.longTimeout ? 'types.timeout.long' : 'types.timeout.normal')],
    [t('types.log'), t(type.logSuccess ? 'types.log.all' : 'types.log.errors')],
    [t('types.subject'), type.subject ?? t('types.of-template')],
    ...templateFacts(type, t),
    ...(type.body === null ? [[t('types.body'), t('types.of-template')] as const] : []),
  ]
}

function templateFacts({ templates }: PackagingType, t: ViewContext['t']): Fact[] {
  const own = TEMPLATE_USES.flatMap((use) =>
    templates[use] === undefined ? [] : [`${use} = ${templates[use]}`],
  )
  return own.length === 0 ? [] : [[t('types.templates'), own.join(', ')]]
}

function bodyLines({ body }: PackagingType, { t }: ViewContext): string[] {
  if (body === null) return []
  return [`${t('types.body')}:`, ...body.split(/\r?\n/).map((line) => `  ${stripControls(line)}`)]
}

const SAYS_HOW_TO_ENTER = {
  with: /portal(User|Url)|@@(nickname_asociado|usuario_portal|url_(ingresar_kiosko|portal)\b)/i,
  instead: /portal(Recovery)?Url|@@url_(ingresar_kiosko|portal\b|recuperar)/i,
}

/** What a person should know who lets mails say how to enter the portal. */
function portalNotes({ portalAccess, body }: PackagingType, { t, paint }: ViewContext): string[] {
  if (portalAccess === 'off') return []
  return [
    ...(portalAccess === 'instead' ? ['', paint('warn', t('types.portal-access-law'))] : []),
    ...(body === null || SAYS_HOW_TO_ENTER[portalAccess].test(body)
      ? []
      : ['', paint('warn', t(`types.portal-access-body${portalAccess === 'instead' ? '.instead' : ''}`))]),
  ]
}
