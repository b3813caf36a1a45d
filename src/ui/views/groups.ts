import type { ResultOf } from '../../core/model/result.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

/** `groups list`. */
export const groupsView: View<ResultOf<'groups'>> = ({ groups }, { t, width }) =>
  groups.length === 0
    ? t('groups.empty')
    : table(
        [
          { title: t('groups.code') },
          { title: t('customers.name'), flexible: true },
          { title: t('groups.customers') },
          { title: t('groups.requests-to'), flexible: true },
          { title: t('groups.notices-from'), flexible: true },
        ],
        groups.map(({ code, name, customers, requestsTo, noticesFrom }) => [
          ...[code, name, String(customers), requestsTo, noticesFrom],
        ]),
        width,
      )

/** `groups show`, and what every change of a group shows. */
export const groupView: View<ResultOf<'group'>> = (group, { t, paint, width }) => {
  const facts = [
    [t('groups.requests-to'), group.requestsTo || '—'],
    [t('groups.notices-from'), group.noticesFrom || t('groups.usual-sender')],
    [t('groups.customers'), String(group.customers)],
  ] as const
  const wide = Math.max(...facts.map(([label]) => label.length)) + 2
  const rows = group.notices.map(({ event, enabled, own, subject }) => [
    t(`choice.event.${event}`),
    t(`groups.event.${event}`),
    t(enabled ? 'groups.on' : 'groups.off'),
    own ? stripControls(subject) : t('groups.usual-text'),
  ])
  return [
    paint('bold', stripControls(`${group.code}  ${group.name}`.trimEnd())),
    ...facts.map(([label, value]) => label.padEnd(wide) + stripControls(value)),
    '',
    table(
      [
        { title: t('groups.event') },
        { title: t('groups.notice'), flexible: true },
        { title: t('groups.sends') },
        { title: t('templates.subject'), flexible: true },
      ],
      rows,
      width,
    ),
  ].join('\n')
}

/** `groups notify`. */
export const groupNotifiedView: View<ResultOf<'group-notified'>> = (notified, { t, paint }) => {
  const { order, event, customer, recipients, state } = notified
  const what = `${t(`groups.event.${event}`)}  ${customer}  ${recipients.map(stripControls).join(', ')}`
  const said = t(state === 'held' ? 'groups.held' : 'groups.queued', { order: order.slice(-8) })
  return [what, paint(state === 'held' ? 'warn' : 'good', said)].join('\n')
}
