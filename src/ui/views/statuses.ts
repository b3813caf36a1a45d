import type { ResultOf } from '../../core/model/result.ts'
import { bounceTable } from './bounces.ts'
import type { View } from './view.ts'

/** What Meta's statuses said: each, and what came of it. */
export const statusesReadView: View<ResultOf<'statuses-read'>> = (result, context) => {
  const { t, paint } = context
  return [
    ...(result.statuses.length === 0 ? [] : [bounceTable(result.statuses, context), '']),
    t('statuses.totals', { ...result.totals }),
    ...result.heldProfiles.map((name) => paint('warn', t('statuses.held', { name }))),
    ...result.fallbacks.map((order) => t('statuses.fallback', { order })),
  ].join('\n')
}
