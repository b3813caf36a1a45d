import type { ResultOf } from '../../core/model/result.ts'
import type { OrderFileRecipient, OrderFileView } from '../../core/model/results/order-files.ts'
import type { MessageKey } from '../messages/index.ts'
import { es } from '../messages/es/index.ts'
import { newest } from './newest.ts'
import { shortId } from './outbox.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

const WEIGHTS = { repeated: 0, queued: 1, waiting: 2, refused: 3 } as const

/** What `import-orders` did: a line a file, each reason in words, what is held and what had no effect. */
export const ordersImportedView: View<ResultOf<'orders-imported'>> = (result, context) => {
  const { t } = context
  if (result.files.length === 0) return t('orders.nothing', { folder: result.folder })
  const files = [...result.files].sort((a, b) => WEIGHTS[a.result] - WEIGHTS[b.result])
  const shown = newest(files, null, context)
  return [
    fileTable(shown, result.dryRun ? 'dry-run' : 'write', context),
    ...reasonLines(shown, context),
    ...heldLines(shown, context),
    ...ignoredLines(shown, context),
    '',
    t('orders.totals', result.totals),
    ...(result.more ? [t('orders.more')] : []),
    ...closing(result, context),
  ].join('\n')
}

function closing(
  { dryRun, folder, files, totals }: ResultOf<'orders-imported'>,
  { t }: ViewContext,
): string[] {
  if (dryRun) return [t('orders.dry-run')]
  // What is held as a whole does not go by sending.
  const goes = files.some(({ recipients }) => recipients.some(({ state }) => state === 'pending'))
  return [
    ...(totals.refused > 0 ? [t('orders.bad', { folder: `${folder}/bad` })] : []),
    ...(goes ? [t('orders.next')] : []),
  ]
}

function fileTable(
  files: readonly OrderFileView[],
  mode: 'write' | 'dry-run',
  { t, width }: ViewContext,
): string {
  const columns = [
    { title: t('column.file'), flexible: true },
    { title: t('column.customer') },
    { title: t('column.to'), flexible: true },
    { title: t('column.order') },
    { title: t('column.result') },
  ] as const
  const rows = files.map((file) => [
    stripControls(file.identification || file.file),
    stripControls(file.customer ?? ''),
    stripControls(file.recipients.map(({ address }) => address).join(', ')),
    shortId(file.order ?? ''),
    t(
      file.result === 'queued' && mode === 'dry-run' ? 'order-result.planned' : `order-result.${file.result}`,
    ),
  ])
  return table(columns, rows, width)
}

function reasonLines(files: readonly OrderFileView[], { t, paint }: ViewContext): string[] {
  const lines = files.flatMap(({ file, result, reason, detail }) => {
    if (reason === null || result === 'repeated') return []
    const words = t(reasonKey(reason))
    return [
      `  ${paint('bold', stripControls(file))}: ${words}${detail === '' ? '' : ` (${stripControls(detail)})`}`,
    ]
  })
  return lines.length === 0 ? [] : ['', ...lines]
}

/** A document's reason has its words where `package` has them. */
export function reasonKey(reason: NonNullable<OrderFileView['reason']>): MessageKey {
  const own = `order-reason.${reason}`
  return (own in es ? own : `reason.${reason}`) as MessageKey
}

function heldLines(files: readonly OrderFileView[], { t }: ViewContext): string[] {
  const lines = files.flatMap(({ order, identification, recipients }) =>
    recipients.flatMap((recipient) =>
      recipient.state === 'held'
        ? [
            `  ${order ? shortId(order) : identification}  ${stripControls(recipient.address)}: ${doubtOf(recipient, t)}`,
          ]
        : [],
    ),
  )
  return lines.length === 0 ? [] : ['', t('orders.held'), ...lines]
}

function doubtOf({ detail, heldReason }: OrderFileRecipient, t: ViewContext['t']): string {
  const key = `order-doubt.${detail}`
  if (key in es) return t(key as MessageKey)
  return detail === '' && heldReason !== null ? t(`held.${heldReason}`) : stripControls(detail)
}

function ignoredLines(files: readonly OrderFileView[], { t }: ViewContext): string[] {
  const lines = files.flatMap(({ file, ignored }) =>
    ignored.map(
      ({ part, value }) => `  ${stripControls(`${file}: ${value}`)}: ${t(`order-ignored.${part}`)}`,
    ),
  )
  return lines.length === 0 ? [] : ['', t('orders.ignored'), ...lines]
}
