import type { ResultOf } from '../../core/model/result.ts'
import { newest } from './newest.ts'
import { shortId } from './outbox.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

/** `resend`: the new orders, and those of the filter that were left alone. */
export const resentView: View<ResultOf<'resent'>> = ({ orders, skipped }, context) => {
  const { t, width } = context
  const columns = [
    { title: t('column.order') },
    { title: t('column.customer') },
    { title: t('column.to'), flexible: true },
    { title: '' },
  ] as const
  const rows = newest(orders, null, context).map(({ id, resendOf, customer, recipients }) => [
    shortId(id),
    customer,
    recipients.length === 0 ? t('outbox.no-recipient') : recipients.join(', '),
    t('resent.of', { id: shortId(resendOf) }),
  ])
  const left = newest(skipped, null, context).map(
    ({ id, customer, reason }) => `  ${shortId(id)}  ${customer}: ${t(`not-resent.${reason}`)}`,
  )
  return [
    ...(rows.length === 0
      ? [t('resent.none')]
      : [table(columns, rows, width), t('resent.made', { count: orders.length })]),
    ...(left.length === 0 ? [] : [t('resent.skipped', { count: skipped.length }), ...left]),
    ...(rows.length === 0 ? [] : [t('resent.next')]),
  ].join('\n')
}
