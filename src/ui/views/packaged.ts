import type { ResultOf } from '../../core/model/result.ts'
import { ORDER_CHANNELS } from '../../core/model/channel.ts'
import type { PackagedDocument } from '../../core/model/results/packaged.ts'
import { newest } from './newest.ts'
import { labelOf, obstacles } from './obstacles.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** What `package` did: a line a document, what stands in the way of some, the totals and what to do next. */
export const packagedView: View<ResultOf<'packaged'>> = (result, context) => {
  const { t } = context
  if (result.documents.length === 0) return result.interrupted ? '' : t('packaged.nothing')
  // What needs a person is shown last, next to the totals, and is never what is left out.
  const shown = gravest(result.documents, context)
  const mode = result.dryRun ? 'dry-run' : 'write'
  return [
    ...(shown.length < result.documents.length
      ? [t('packaged.more', { count: result.documents.length - shown.length })]
      : []),
    table(
      columnsOf(context),
      shown.map((document) => rowOf(document, mode, context)),
      context.width,
    ),
    ...obstacles(shown, context),
    '',
    t(result.dryRun ? 'packaged.totals.dry-run' : 'packaged.totals', result.totals),
    ...folders(result, context),
    ...held(result, context),
    ...closing(result, context),
  ].join('\n')
}

/** As many as a person reads, the gravest last; of any number only those are held. */
function gravest(documents: Iterable<PackagedDocument>, context: ViewContext): readonly PackagedDocument[] {
  const byWeight = [0, 1, 2, 3].map(() => [] as PackagedDocument[])
  for (const document of documents) {
    const same = byWeight[WEIGHTS[document.result]] ?? []
    same.push(document)
    if (same.length >= MANY) same.splice(0, same.length - newest(same, null, context).length)
  }
  return newest(byWeight.flat(), null, context)
}

/** Looked at together. */
const MANY = 1_000

function closing({ dryRun, orders, totals }: ResultOf<'packaged'>, { t }: ViewContext): string[] {
  if (dryRun) return [t('packaged.dry-run')]
  let exported = 0
  for (const { orderFile } of orders) if (orderFile !== null) exported++
  if (exported > 0) return [t('packaged.exported', { count: exported })]
  return totals.queued > 0 ? [t('packaged.next')] : []
}

const WEIGHTS: Readonly<Record<PackagedDocument['result'], number>> = {
  queued: 0,
  filed: 0,
  already: 1,
  skipped: 2,
  rejected: 3,
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

function rowOf(document: PackagedDocument, mode: 'write' | 'dry-run', { t }: ViewContext): string[] {
  const words =
    mode === 'dry-run' && (document.result === 'queued' || document.result === 'filed')
      ? t(`result.planned.${document.result}`)
      : t(`result.${document.result}`)
  return [
    labelOf(document, t),
    document.issuedAt?.slice(0, 10) ?? '',
    document.customer ?? document.receiverRfc,
    amountOf(document),
    words,
  ]
}

/** A payment's or a waybill's own Total is 0 XXX: no amount that anybody wants to read. */
export function amountOf({ total, currency }: Pick<PackagedDocument, 'total' | 'currency'>): string {
  return total === '' || currency === 'XXX' ? '' : `${total} ${currency}`
}

/** Where the files are: the folders that hold them, or would. */
function folders({ documents, dryRun }: ResultOf<'packaged'>, { t }: ViewContext): string[] {
  const paths = new Set<string>()
  for (const { files } of documents) for (const path of files) paths.add(path)
  if (paths.size === 0) return []
  const count = paths.size
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

function held(result: ResultOf<'packaged'>, { t }: ViewContext): string[] {
  const waiting = { email: new Set<string>(), whatsapp: new Set<string>() }
  const counts = { email: 0, whatsapp: 0 }
  for (const { recipients, customer, channel } of result.orders) {
    if (recipients.length > 0) continue
    waiting[channel].add(customer)
    counts[channel]++
  }
  const lines = ORDER_CHANNELS.flatMap((channel) => {
    const customers = [...waiting[channel]].map((customer) =>
      t(`packaged.held.customer.${channel}`, { customer }),
    )
    return customers.length === 0
      ? []
      : [t(`packaged.held.${channel}`, { count: counts[channel] }), ...customers]
  })
  return [...lines, ...quarantined(result, t)]
}

/** Addresses that returned mail before: nothing goes to them until a person releases them. */
function quarantined({ orders }: ResultOf<'packaged'>, t: ViewContext['t']): string[] {
  const lines = new Set<string>()
  for (const { customer, quarantined } of orders)
    for (const address of quarantined) lines.add(`  ${customer}: ${stripControls(address)}`)
  return lines.size === 0 ? [] : [t('packaged.quarantined', { count: lines.size }), ...lines]
}
