import type { ResultOf } from '../../core/model/result.ts'
import type { LongView } from './long.ts'
import { obstacleLines } from './obstacles.ts'
import { type OrdersSeen, ordersSeen, waitingLines } from './packaged-orders.ts'
import { type DocumentsSeen, documentsSeen } from './packaged-rows.ts'
import { stripControls } from './plain.ts'
import { tableLines } from './table.ts'
import type { ViewContext } from './view.ts'

/** What `package` did: a line a document, what stands in the way of some, the totals and what to do next. */
export const packagedView: LongView<ResultOf<'packaged'>> = (result, context) => {
  const { t, width } = context
  if (result.documents.length === 0) return result.interrupted ? [] : [t('packaged.nothing')]
  const documents = documentsSeen(result, context)
  const orders = ordersSeen(result.orders)
  return [
    ...(documents.more > 0 ? [t('packaged.more', { count: documents.more })] : []),
    tableLines(columnsOf(context), documents.rows, width),
    ...obstacleLines(documents.obstacles, context),
    '',
    t(result.dryRun ? 'packaged.totals.dry-run' : 'packaged.totals', result.totals),
    ...folders(documents, result, context),
    ...waitingLines(orders, context),
    ...closing(orders, result, context),
  ]
}

function closing(
  { exported }: OrdersSeen,
  { dryRun, totals }: ResultOf<'packaged'>,
  { t }: ViewContext,
): string[] {
  if (dryRun) return [t('packaged.dry-run')]
  if (exported > 0) return [t('packaged.exported', { count: exported })]
  return totals.queued > 0 ? [t('packaged.next')] : []
}

function columnsOf({ t }: ViewContext) {
  return [
    { title: t('column.document'), flexible: true },
    { title: t('column.date') },
    { title: t('column.customer') },
    { title: t('column.total'), align: 'right' },
    { title: t('column.result') },
  ] as const
}

/** Where the files are: the folders that hold them, or would. */
function folders({ paths }: DocumentsSeen, { dryRun }: ResultOf<'packaged'>, { t }: ViewContext): string[] {
  const count = paths.size
  if (count === 0) return []
  const places = [...new Set([...paths].map((path) => path.replace(/[\\/][^\\/]*$/, '')))].sort()
  const shown = places.slice(0, MOST_FOLDERS).map((place) => `  ${stripControls(place)}`)
  const rest = places.length - shown.length
  return [
    t(dryRun ? 'packaged.files.dry-run' : 'packaged.files', { count }),
    ...shown,
    ...(rest > 0 ? [t('packaged.folders-more', { count: rest })] : []),
  ]
}

const MOST_FOLDERS = 5
