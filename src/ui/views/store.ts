import type { ResultOf } from '../../core/model/result.ts'
import { localTime } from './local-time.ts'
import { shortId } from './outbox.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

const MEGABYTE = 1024 * 1024

/** `backup`: what was written, and, loudly, what was not. */
export const backedUpView: View<ResultOf<'backed-up'>> = (result, { t, paint }) => {
  const { folder, snapshots, storeBytes, snapshotBytes, missing, otherCompanies, key } = result
  const size = ((storeBytes + snapshotBytes) / MEGABYTE).toFixed(1)
  return [
    t('backup.done', { folder, snapshots, size }),
    ...(missing.length === 0
      ? []
      : [
          paint('bad', t('backup.missing', { count: missing.length })),
          ...missing.map((name) => `  ${name}`),
        ]),
    ...(otherCompanies.length === 0
      ? []
      : [paint('warn', t('backup.companies', { companies: otherCompanies.join(', ') }))]),
    '',
    ...(key === null
      ? [t('backup.key-none')]
      : [
          paint('warn', t('backup.key')),
          t('backup.key-place', { file: stripControls(key.file), id: key.id }),
        ]),
  ].join('\n')
}

/** `restore`: that it is done, and that it sends nothing yet. */
export const restoredView: View<ResultOf<'restored'>> = (
  { from, folder, snapshots, damaged },
  { t, paint },
) =>
  [
    t('restore.done', { from, folder, snapshots }),
    ...(damaged.length === 0
      ? []
      : [
          paint('bad', t('restore.damaged', { count: damaged.length })),
          ...damaged.map((name) => `  ${name}`),
        ]),
    paint('warn', t('restore.adopt')),
    t('restore.key'),
  ].join('\n')

/** `store adopt`: how many are held now. */
export const storeAdoptedView: View<ResultOf<'store-adopted'>> = (result, { t, paint }) => {
  const { reason, folder, former, deliveries, orders } = result
  if (reason === null) return t('adopt.home', { folder })
  return [
    t('adopt.done', { folder, reason: t(`strange.${reason}`) }),
    ...(former === '' || former === folder ? [] : [t('adopt.former', { former: stripControls(former) })]),
    deliveries === 0 ? t('adopt.none') : paint('warn', t('adopt.held', { deliveries, orders })),
    ...(deliveries === 0 ? [] : [t('adopt.next')]),
  ].join('\n')
}

/** `outbox list --notices`. */
export const noticesView: View<ResultOf<'notices'>> = ({ notices }, { t, language, width }) =>
  notices.length === 0
    ? t('notices.none')
    : table(
        [
          { title: t('column.notice') },
          { title: t('column.time') },
          { title: t('column.to'), flexible: true },
          { title: t('column.matters'), align: 'right' },
          { title: t('column.state') },
          { title: t('column.detail'), flexible: true },
        ],
        notices.map((notice) => [
          shortId(notice.id),
          localTime(notice.createdAt, language),
          notice.recipient,
          String(notice.facts),
          t(`state.${notice.state}`),
          notice.reply,
        ]),
        width,
      )

/** `send --redirect-to`: what arrived at the one address, and for whom it was. */
export const redirectedView: View<ResultOf<'redirected'>> = ({ to, messages }, { t, paint }) =>
  messages.length === 0
    ? t('redirected.none')
    : [
        ...messages.map(({ intended, subject, ok, reply, reason }) =>
          stripControls(
            `${ok ? paint('good', '✓') : paint('bad', '✗')} ${intended.join(', ')}  ${subject}${ok ? '' : `: ${reason === undefined ? reply : t(`redirected.${reason}`)}`}`,
          ),
        ),
        t('redirected.count', { count: messages.filter(({ ok }) => ok).length, to }),
        t('redirected.unchanged'),
      ].join('\n')
