import { ATTENTION_STATES, DELIVERY_STATES } from '../../core/model/delivery.ts'
import type { ResultOf } from '../../core/model/result.ts'
import type { HeldProfile } from '../../core/model/results/outbox.ts'
import { attentionLines } from './attention.ts'
import { holdCure, holdReason } from './hold-cure.ts'
import { limitLine } from './sent.ts'
import { localTime } from './local-time.ts'
import { stripControls } from './plain.ts'
import type { View, ViewContext } from './view.ts'

/** `status`: how many deliveries are in each state, what waits for a person, and when it goes on. */
export const statusView: View<ResultOf<'status'>> = (result, context) => {
  const { t, language } = context
  const last =
    result.lastSentAt === null
      ? t('status.never')
      : t('status.last', { at: localTime(result.lastSentAt, language) })
  return [
    t('status.counts', { orders: result.orders, customers: result.customers }),
    t('status.documents', result.documents),
    '',
    ...stateLines(result, context),
    '',
    ...dueLines(result, context),
    last,
    ...result.limits.map((limit) => limitLine(limit, context)),
    ...attentionLines(result.attention, 'status', context),
    ...moduleLines(result, context),
    ...result.profiles.flatMap((profile) => profileLines(profile, context)),
  ].join('\n')
}

function stateLines({ deliveries }: ResultOf<'status'>, { t, paint }: ViewContext): string[] {
  const states = DELIVERY_STATES.filter((state) => deliveries[state] > 0)
  if (states.length === 0) return [t('status.empty')]
  const width = Math.max(...states.map((state) => t(`state.${state}`).length)) + 2
  return states.map((state) => {
    const line = `  ${t(`state.${state}`).padEnd(width)}${String(deliveries[state]).padStart(6)}`
    return ATTENTION_STATES.includes(state) ? paint('bad', line) : line
  })
}

function dueLines(
  { due, ready, nextDueAt, deliveries }: ResultOf<'status'>,
  { t, language }: ViewContext,
): string[] {
  if (ready > 0) return [t('status.now')]
  // What it waits for, a profile or a limit, is told below.
  if (due > 0) return []
  // A sender has them in its hands, or one that was killed had: only the next run can tell.
  if (deliveries.leased + deliveries.dotted > 0) return [t('status.in-hand')]
  return nextDueAt === null ? [] : [t('status.next', { at: localTime(nextDueAt, language) })]
}

/** Nothing when one profile sends all of it. */
function moduleLines({ modules }: ResultOf<'status'>, { t }: ViewContext): string[] {
  const several = new Set(modules.map(({ profile }) => profile)).size > 1
  return several
    ? modules.map((module) => `  ${t('status.module', { ...module, module: t(`module.${module.module}`) })}`)
    : []
}

function profileLines(profile: HeldProfile, context: ViewContext): string[] {
  const { name, reason, until, waiting } = profile
  const { t, paint, language } = context
  return [
    paint('warn', stripControls(t('status.profile', { name, reason: holdReason(reason, context) }))),
    `  ${until === null ? t('status.profile-person', { cure: holdCure(profile, context) }) : t('status.profile-until', { until: localTime(until, language) })}`,
    ...(waiting > 0 ? [`  ${t('status.profile-waiting', { count: waiting })}`] : []),
  ]
}
