import type { ResultOf } from '../../core/model/result.ts'
import { explainedSettingLines } from './document-settings.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** Rows of a list that nobody reads to its end. */
const MANY = 40

/** `customers import`: how many of each, what was rejected and why, who has no address yet. */
export const customersImportedView: View<ResultOf<'customers-imported'>> = (result, context) => {
  const { t, paint } = context
  const counts = {
    created: result.created.length,
    updated: result.updated.length,
    unchanged: result.unchanged.length,
    left: result.left.length,
    rejected: new Set(result.rejected.map(({ line }) => line)).size,
  }
  const shown = (['created', 'updated', 'unchanged', 'left', 'rejected'] as const).filter(
    (list) => list !== 'left' || counts.left > 0,
  )
  return [
    ...(result.dryRun ? [paint('warn', t('customers.dry-run'))] : []),
    shown.map((list) => `${t(`customers.${list}`)}: ${counts[list]}`).join('   '),
    ...ignoredLines(result, context),
    ...leftLines(result, context),
    ...rejectedLines(result, context),
    ...needAddressLines(result, context),
  ].join('\n')
}

/** `customers explain`: every address of the customer in the order of the rules, the used ones with a mark. */
export const explainedView: View<ResultOf<'explained'>> = (result, context) => {
  const { t, paint } = context
  const rows = result.candidates.map((candidate) => {
    const rule = `${t(`rule.${candidate.rule}`)} ${candidate.contact}`.trim()
    return [
      candidate.used ? '✓' : '·',
      candidate.address,
      `${candidate.used ? rule : `${rule}: ${t(`why.${candidate.why}`)}`}${candidate.quarantined ? `; ${t('explained.quarantined')}` : ''}`,
    ]
  })
  const columns = [{ title: '' }, { title: t('explained.address') }, { title: t('explained.why') }]
  const won = t('explained.rule', { rule: t(`rule.${result.rule}`) })
  return [
    heading(result, context),
    ...(result.rule === 'none' && result.channel === 'whatsapp'
      ? []
      : [result.rule === 'none' ? paint('warn', t('explained.none')) : won]),
    ...(rows.length === 0 ? [] : ['', table(columns, rows, context.width)]),
    '',
    paint('dim', t('explained.order')),
    ...channelLines(result, context),
    ...explainedSettingLines(result.settings, context),
  ].join('\n')
}

/** What WhatsApp has to do with it; nothing for who gets mail alone. */
function channelLines({ channel, numbers, rule }: ResultOf<'explained'>, context: ViewContext): string[] {
  const { t, paint } = context
  if (channel === 'email') return []
  const isAlone = channel === 'whatsapp' && rule === 'none'
  const said = t(isAlone ? 'explained.channel.whatsapp.alone' : `explained.channel.${channel}`)
  if (numbers.length === 0) return ['', said, paint('warn', t('customers.no-numbers'))]
  return ['', said, ...numbers.map(({ address, rule: why }) => `  ✓ ${address}  ${t(`rule.${why}`)}`)]
}

/** `customers check`: what was found, under each customer. Nothing is cut, because the cure is at the end of the line. */
export const customersCheckedView: View<ResultOf<'customers-checked'>> = (
  { customers, findings },
  context,
) => {
  const { t, paint } = context
  const counts = { count: customers, findings: findings.length }
  if (findings.length === 0) return paint('good', t('checked.clean', counts))
  const lines = findings.flatMap((finding, i) => {
    const params = { suggestion: finding.suggestion ?? '', others: finding.others.join(', ') }
    const what = t(`finding.${finding.problem}`, params)
    const line = `  ${finding.value === '' ? what : `${stripControls(finding.value)}: ${what}`}`
    return finding.code === findings[i - 1]?.code ? [line] : [heading(finding, context), line]
  })
  return [t('checked.found', counts), '', ...lines].join('\n')
}

/** `customers export`: the table itself, or where it was written. */
export const customersExportedView: View<ResultOf<'customers-exported'>> = (result, { t }) =>
  result.csv ?? t('exported.file', { count: result.customers, file: result.file ?? '' })

function heading(customer: { readonly code: string; readonly name: string }, { paint }: ViewContext): string {
  return paint('bold', `${customer.code}  ${stripControls(customer.name)}`.trimEnd())
}

function ignoredLines({ ignoredColumns }: ResultOf<'customers-imported'>, { t, paint }: ViewContext) {
  if (ignoredColumns.length === 0) return []
  const columns = ignoredColumns.map(stripControls).join(', ')
  return [paint('warn', t('customers.ignored-columns', { columns }))]
}

function leftLines({ left }: ResultOf<'customers-imported'>, context: ViewContext): string[] {
  if (left.length === 0) return []
  const listed = firstOf(left, context)
  return [context.t('customers.left-title', { codes: listed.join(', ') }), ...moreLine(left, listed, context)]
}

function rejectedLines({ rejected }: ResultOf<'customers-imported'>, context: ViewContext): string[] {
  const { t, paint } = context
  if (rejected.length === 0) return []
  const listed = firstOf(rejected, context)
  const lines = listed.map((row) =>
    t('customers.rejected-row', {
      line: row.line,
      code: row.code,
      field: t(row.field === 'kind' ? 'party.kind' : `field.${row.field}`),
      value: stripControls(row.value),
      problem: t(`problem.${row.problem}`),
    }),
  )
  return ['', paint('bad', t('customers.rejected-title')), ...lines, ...moreLine(rejected, listed, context)]
}

function needAddressLines(result: ResultOf<'customers-imported'>, context: ViewContext): string[] {
  const { t, paint } = context
  if (result.needAddress.length === 0) return []
  const columns = [
    { title: t('customers.code') },
    { title: t('customers.rfc') },
    { title: t('customers.name'), flexible: true },
  ] as const
  const rows = result.needAddress.map((customer) => [customer.code, customer.rfc, customer.name])
  const listed = firstOf(rows, context)
  const title = t('customers.need-address', { count: rows.length })
  return [
    '',
    paint('warn', title),
    table(columns, listed, context.width),
    ...moreLine(rows, listed, context),
    t('customers.need-address-cure', { count: rows.length }),
  ]
}

function firstOf<T>(rows: readonly T[], context: ViewContext): readonly T[] {
  return context.verbosity === 'verbose' ? rows : rows.slice(0, MANY)
}

function moreLine(all: readonly unknown[], listed: readonly unknown[], { t, paint }: ViewContext): string[] {
  const count = all.length - listed.length
  return count === 0 ? [] : [paint('dim', t('customers.and-more', { count }))]
}
