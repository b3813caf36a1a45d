import type { ResultOf } from '../../core/model/result.ts'
import { localTime } from './local-time.ts'
import { stripControls } from './plain.ts'
import type { View } from './view.ts'

/** `customers access`. */
export const portalAccessView: View<ResultOf<'portal-access'>> = (access, { t, paint, language }) => {
  const facts: readonly (readonly [string, string])[] = [
    [t('portal.user'), access.user],
    [t('portal.password'), t(`portal.password.${access.password}`)],
    ...(access.pendingOrder === null ? [] : [[t('portal.pending'), access.pendingOrder.slice(-8)] as const]),
    ...(access.updatedAt === null
      ? []
      : [[t('portal.since'), localTime(access.updatedAt, language)] as const]),
    [t('portal.page'), access.portalUrl ?? t('portal.no-page')],
  ]
  const width = Math.max(...facts.map(([label]) => label.length)) + 2
  return [
    paint('bold', stripControls(`${access.customer}  ${access.name}`.trimEnd())),
    ...facts.map(([label, value]) => label.padEnd(width) + stripControls(value)),
  ].join('\n')
}
