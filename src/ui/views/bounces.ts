import type { ResultOf } from '../../core/model/result.ts'
import type { BounceView } from '../../core/model/results/bounces.ts'
import { localTime } from './local-time.ts'
import { newest } from './newest.ts'
import { shortId } from './outbox.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `bounces import`, `bounces check`: what came back, then how much of it counted, then what it leads to. */
export const bouncesReadView: View<ResultOf<'bounces-read'>> = (result, context) => {
  const { t, paint } = context
  const { totals, quarantined, mailbox } = result
  return [
    ...(result.bounces.length === 0 ? [] : [bounceTable(newest(result.bounces, null, context), context), '']),
    t('bounces.read', { ...totals }),
    ...(totals.unmatched + totals.autoReplies + totals.others === 0
      ? []
      : [t('bounces.left', { ...totals })]),
    ...(quarantined.length === 0
      ? []
      : [
          paint('warn', t('bounces.quarantined')),
          ...quarantined.map((address) => `  ${stripControls(address)}`),
        ]),
    ...(mailbox?.more === true ? [t('bounces.more')] : []),
  ].join('\n')
}

/** `bounces list`: the newest last, next to the prompt. */
export const bouncesView: View<ResultOf<'bounces'>> = ({ bounces, limit }, context) => {
  const { t, paint } = context
  if (bounces.length === 0) return t('bounces.none')
  const shown = newest(bounces, limit, context)
  const older = bounces.length - shown.length
  return [
    ...(older > 0 ? [paint('dim', t('bounces.older', { count: older }))] : []),
    bounceTable(shown, context),
  ].join('\n')
}

/** `bounces quarantine list`. */
export const quarantineView: View<ResultOf<'quarantine'>> = (
  { addresses },
  { t, width, language, paint },
) => {
  if (addresses.length === 0) return t('quarantine.none')
  const columns = [
    { title: t('column.to') },
    { title: t('column.since') },
    { title: t('column.customers'), flexible: true },
    { title: t('column.held'), align: 'right' },
    { title: t('column.detail'), flexible: true },
  ] as const
  const rows = addresses.map(({ address, since, customers, held, status, reason }) => [
    address,
    localTime(since, language),
    customers.join(', '),
    String(held),
    `${status} ${reason}`.trim(),
  ])
  return [table(columns, rows, width), paint('dim', t('quarantine.next'))].join('\n')
}

/** Evidence about deliveries, a line each. */
export function bounceTable(bounces: readonly BounceView[], { t, width, language }: ViewContext): string {
  const columns = [
    { title: t('column.time') },
    { title: t('column.order') },
    { title: t('column.to'), flexible: true },
    { title: t('column.state') },
    { title: t('column.status') },
    { title: t('column.detail'), flexible: true },
  ] as const
  const rows = bounces.map(({ at, order, recipient, verdict, status, diagnostic, effect }) => [
    localTime(at, language),
    shortId(order),
    recipient === '' ? t('bounces.nobody') : recipient,
    t(`verdict.${verdict}`),
    status,
    [effect === 'changed' ? '' : t(`effect.${effect}`), diagnostic].filter((text) => text !== '').join(': '),
  ])
  return table(columns, rows, width)
}
