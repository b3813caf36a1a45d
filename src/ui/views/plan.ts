import type { HeldReason } from '../../core/model/delivery.ts'
import type { ResultOf } from '../../core/model/result.ts'
import type { PlannedProfile } from '../../core/model/results/plan.ts'
import { localTime } from './local-time.ts'
import { firstOf } from './newest.ts'
import { stripControls } from './plain.ts'
import { sizeOf } from './size.ts'
import type { View, ViewContext } from './view.ts'

/** `send --plan`: how much would go, through which profile, when it would be done, and what stays and why. */
export const sendPlanView: View<ResultOf<'send-plan'>> = (plan, context) => {
  const { t, paint, language } = context
  const { messages, recipients, bytes, tooBig } = plan.totals
  const stays = stayingLines(plan, context)
  if (messages + tooBig === 0) return [t('plan.nothing'), ...stays].join('\n')
  return [
    paint('bold', t('plan.totals', { messages, recipients, size: sizeOf(bytes) })),
    ...plan.profiles.flatMap((profile) => ['', ...profileLines(profile, plan.at, context)]),
    ...(plan.lastAt === null || plan.lastAt === plan.at
      ? []
      : ['', t('plan.done', { at: localTime(plan.lastAt, language) })]),
    ...(stays.length === 0 ? [] : ['', ...stays]),
    '',
    t('plan.sent-nothing'),
  ].join('\n')
}

function profileLines(profile: PlannedProfile, now: string, context: ViewContext): string[] {
  const { t, paint } = context
  const { name, messages, recipients, bytes } = profile
  return [
    paint('bold', t('plan.profile', { name })),
    `  ${t('plan.amount', { messages, recipients, size: sizeOf(bytes), largest: sizeOf(profile.largest) })}`,
    ...rateLines(profile, context).map((line) => `  ${line}`),
    ...(profile.hold === null ? [] : [`  ${paint('warn', holdLine(profile.hold, context))}`]),
    ...timeLines(profile, now, context).map((line) => `  ${line}`),
    ...tooBigLines(profile, context).map((line) => `  ${line}`),
  ]
}

function rateLines({ limits, usedToday }: PlannedProfile, { t }: ViewContext): string[] {
  const { perMinute, perDay } = limits
  const rates = [
    ...(perMinute === null ? [] : [t('plan.per-minute', { count: perMinute })]),
    ...(perDay === null ? [] : [t('plan.per-day', { count: perDay, used: usedToday })]),
  ]
  return [rates.length === 0 ? t('plan.no-limit') : t('plan.limits', { limits: rates.join('; ') })]
}

/** Orders that would fail, the first of them, and how many there are besides. */
function tooBigLines({ tooBig, limits }: PlannedProfile, context: ViewContext): string[] {
  if (tooBig.length === 0) return []
  const { t, paint } = context
  const most = sizeOf(limits.maxBytes ?? 0)
  const shown = firstOf(tooBig, context)
  const more = tooBig.length - shown.length
  return [
    ...shown.map(({ order, bytes }) =>
      paint('bad', t('plan.too-big', { order: order.slice(-8), size: sizeOf(bytes), most })),
    ),
    ...(more === 0 ? [] : [paint('dim', t('plan.more-too-big', { count: more }))]),
    t('sent.too-big-help'),
  ]
}

function holdLine(hold: NonNullable<PlannedProfile['hold']>, { t, language }: ViewContext): string {
  const reason = hold.cause === null ? stripControls(hold.reason) : t(`cause.${hold.cause}`)
  return hold.until === null
    ? t('plan.hold', { reason })
    : t('plan.hold-until', { reason, until: localTime(hold.until, language) })
}

function timeLines(profile: PlannedProfile, now: string, { t, language }: ViewContext): string[] {
  const { firstAt, lastAt, limit, recipients, thisRun } = profile
  if (firstAt === null || lastAt === null) return []
  if (lastAt === now) return [t('plan.at-once')]
  const first = firstAt === now ? t('plan.now') : localTime(firstAt, language)
  return [
    t('plan.times', { first, last: localTime(lastAt, language) }),
    ...(limit === null ? [] : [t(`plan.waits.${limit}`)]),
    ...(limit === 'per-day' ? [t('plan.this-run', { count: thisRun, left: recipients - thisRun })] : []),
  ]
}

/** A plan sums up mail and WhatsApp: what is missing may be an address or a number. */
function heldKey(reason: string) {
  return reason === 'no-address' ? 'plan.no-way' : (`held.${reason as HeldReason}` as const)
}

function stayingLines(
  { held, unknown, later }: ResultOf<'send-plan'>,
  { t, language }: ViewContext,
): string[] {
  return [
    ...held.map(({ reason, deliveries }) =>
      t('plan.held', { count: deliveries, reason: t(heldKey(reason)) }),
    ),
    ...(unknown === 0 ? [] : [t('plan.unknown', { count: unknown })]),
    ...(later.nextAt === null
      ? []
      : [t('plan.later', { count: later.deliveries, at: localTime(later.nextAt, language) })]),
  ]
}
