import type { ResultOf } from '../../core/model/result.ts'
import type { PackagedDocument } from '../../core/model/results/packaged.ts'
import { documentName } from './document-name.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** Lines of documents before the text says "and n more": a month of invoices must not scroll the totals away. */
const MOST = 60

/** What `package` did: a line a document, then the totals and what to do next. */
export const packagedView: View<ResultOf<'packaged'>> = (result, context) => {
  const { t, verbosity } = context
  if (result.documents.length === 0) return t('packaged.nothing')
  const most = verbosity === 'verbose' ? result.documents.length : MOST
  const documents = [...result.documents].sort((a, b) => weight(a) - weight(b))
  const rows = documents
    .slice(0, most)
    .map((document) => rowOf(document, result.dryRun ? 'dry-run' : 'write', context))
  const columns = [
    { title: t('column.document'), flexible: true },
    { title: t('column.date') },
    { title: t('column.customer') },
    { title: t('column.total'), align: 'right' },
    { title: t('column.result'), flexible: true },
  ] as const
  const more = documents.length - rows.length
  return [
    table(columns, rows, context.width),
    ...(more > 0 ? [t('packaged.more', { count: more })] : []),
    '',
    t(result.dryRun ? 'packaged.totals.dry-run' : 'packaged.totals', result.totals),
    ...held(result, context),
    ...(result.dryRun ? [t('packaged.dry-run')] : result.totals.queued > 0 ? [t('packaged.next')] : []),
  ].join('\n')
}

/** What needs a person comes last, next to the totals. */
function weight(document: PackagedDocument): number {
  return { queued: 0, already: 1, skipped: 2, rejected: 3 }[document.result]
}

function rowOf(document: PackagedDocument, mode: 'write' | 'dry-run', { t }: ViewContext): string[] {
  const words =
    document.result === 'queued' && mode === 'dry-run' ? t('result.planned') : t(`result.${document.result}`)
  const because =
    document.reason === null || document.reason === 'already' ? '' : `: ${t(`reason.${document.reason}`)}`
  return [
    document.issuedAt === null ? fileName(document.file) : documentName(document),
    document.issuedAt?.slice(0, 10) ?? '',
    document.customer ?? document.receiverRfc,
    amountOf(document),
    words + because,
  ]
}

/** A payment's or a waybill's own Total is 0 XXX: no amount that anybody wants to read. */
function amountOf({ total, currency }: PackagedDocument): string {
  return total === '' || currency === 'XXX' ? '' : `${total} ${currency}`
}

function held(result: ResultOf<'packaged'>, { t }: ViewContext): string[] {
  const unaddressed = result.orders.filter(({ recipients }) => recipients.length === 0)
  const lines = [...new Set(unaddressed.map(({ customer }) => customer))].map((customer) =>
    t('packaged.held.customer', { customer }),
  )
  return [
    ...(lines.length === 0 ? [] : [t('packaged.held', { count: unaddressed.length }), ...lines]),
    ...quarantined(result, t),
  ]
}

/** Addresses that returned mail before: nothing goes to them until a person releases them. */
function quarantined({ orders }: ResultOf<'packaged'>, t: ViewContext['t']): string[] {
  const lines = new Set(
    orders.flatMap((order) =>
      order.quarantined.map((address) => `  ${order.customer}: ${stripControls(address)}`),
    ),
  )
  return lines.size === 0 ? [] : [t('packaged.quarantined', { count: lines.size }), ...lines]
}

/** The last part of a path, fit for a terminal. */
export function fileName(path: string): string {
  return stripControls(path.split(/[\\/]/).at(-1) ?? path)
}
