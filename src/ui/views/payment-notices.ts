import type { ResultOf } from '../../core/model/result.ts'
import type { PaymentNoticeView, QueuedNotice } from '../../core/model/results/payment-notices.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `notices list`. */
export const paymentNoticesView: View<ResultOf<'payment-notices'>> = ({ notices }, context) =>
  notices.length === 0 ? context.t('payment-notices.none') : listed(notices, context)

/** `notices add` and `notices send`: what became of each, and what to do next. */
export const paymentNoticesQueuedView: View<ResultOf<'payment-notices-queued'>> = ({ notices }, context) => {
  const { t } = context
  if (notices.length === 0) return t('payment-notices.none-left')
  const isQueued = notices.some(({ result, state }) => result === 'queued' && state === 'pending')
  return [
    listed(notices, context),
    '',
    ...notices.map((notice) => outcome(notice, context)),
    ...(isQueued ? [t('payment-notices.next')] : []),
  ].join('\n')
}

function listed(notices: readonly PaymentNoticeView[], { t, width }: ViewContext): string {
  return table(
    [
      { title: t('payment-notices.id') },
      { title: t('column.date') },
      { title: t('payment-notices.party') },
      { title: t('payment-notices.reference'), flexible: true },
      { title: t('column.total'), align: 'right' },
      { title: t('payment-notices.state') },
    ],
    notices.map(({ id, date, customer, reference, amount, currency, state }) => [
      id.slice(-8),
      date,
      customer,
      stripControls(reference),
      `${amount} ${currency}`,
      t(`state.${state}`),
    ]),
    width,
  )
}

function outcome(notice: QueuedNotice, { t, paint }: ViewContext): string {
  const { result, state, reason, detail, recipients } = notice
  const facts = {
    reference: stripControls(notice.reference),
    customer: notice.customer,
    id: notice.id.slice(-8),
  }
  if (reason !== null) {
    const why = stripControls(`${t(`reason.${reason}`)} ${detail}`.trim())
    return paint('bad', t('payment-notices.refused', { ...facts, why }))
  }
  if (result !== 'queued') return t(`payment-notices.${result}`, facts)
  if (recipients.length === 0) return paint('warn', t('payment-notices.held', facts))
  const to = recipients.map(stripControls).join(', ')
  return state === 'held'
    ? paint('warn', t('payment-notices.review', { ...facts, to }))
    : paint('good', t('payment-notices.queued', { ...facts, to }))
}
