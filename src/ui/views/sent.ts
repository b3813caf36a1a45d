import type { ResultOf } from '../../core/model/result.ts'
import type { HeldProfile, ReachedLimit, SentDelivery, TidiedFiles } from '../../core/model/results/outbox.ts'
import { holdCure, holdReason } from './hold-cure.ts'
import { localTime } from './local-time.ts'
import { stripControls } from './plain.ts'
import type { LongView } from './long.ts'
import { replyWords } from './reply-words.ts'
import { rowsOf, tableLines } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** What `send` did: a line a recipient, the totals, and the profiles that wait. */
export const sentView: LongView<ResultOf<'sent'>> = (result, context) => {
  const { t } = context
  const { deliveries } = result
  const lines = deliveries.length === 0 ? [] : [deliveriesTable(deliveries, context), '']
  const { sent, deferred, failed, unknown, held } = result.totals
  const quiet = sent + deferred + failed + unknown + held + result.waiting === 0
  return [
    ...lines,
    quiet ? t('sent.nothing') : t('sent.totals', result.totals),
    ...result.profiles.flatMap((profile) => heldLines(profile, context)),
    ...result.limits.map((limit) => limitLine(limit, context)),
    ...(result.waiting > 0 && result.profiles.length + result.limits.length === 0
      ? [t('sent.waiting', { count: result.waiting })]
      : []),
    ...fileLines(result.files, context),
    ...helpLines(result, context),
    ...(context.verbosity === 'verbose' ? [t('sent.audit-head', { head: result.auditHead })] : []),
  ]
}

/** What to type about what waits for a person. */
function helpLines({ totals, deliveries, fallbacks }: ResultOf<'sent'>, { t }: ViewContext): string[] {
  return [
    ...fallbacks.map((fallback) =>
      t('sent.fallback', { order: fallback.order.slice(-8), of: fallback.resendOf.slice(-8) }),
    ),
    ...(anyTooBig(deliveries) ? [t('sent.too-big-help')] : []),
    ...(totals.failed > fallenBack(deliveries, fallbacks) ? [t('sent.failed-help')] : []),
    ...(totals.held > 0 ? [t('sent.held-help')] : []),
    ...(totals.unknown > 0 ? [t('sent.unknown-help')] : []),
  ]
}

/** Failed ones whose documents go another way already: nobody has to send them again. */
function fallenBack(deliveries: Iterable<SentDelivery>, fallbacks: ResultOf<'sent'>['fallbacks']): number {
  const orders = new Set(fallbacks.map(({ resendOf }) => resendOf))
  let count = 0
  if (orders.size > 0)
    for (const { order, state } of deliveries) if (state === 'failed' && orders.has(order)) count++
  return count
}

function fileLines({ trashed, deleted, kept }: TidiedFiles, { t }: ViewContext): string[] {
  return [
    ...(trashed > 0 ? [t('sent.files.trashed', { count: trashed })] : []),
    ...(deleted > 0 ? [t('sent.files.deleted', { count: deleted })] : []),
    ...(kept > 0 ? [t('sent.files.kept', { count: kept })] : []),
  ]
}

/** A limit that is reached, how many wait for it, and until when. */
export function limitLine({ limit, nextAt, ...facts }: ReachedLimit, { t, language }: ViewContext): string {
  return t(`sent.limit.${limit}`, { ...facts, at: localTime(nextAt, language) })
}

function anyTooBig(deliveries: Iterable<SentDelivery>): boolean {
  for (const delivery of deliveries) if (isTooBig(delivery)) return true
  return false
}

/**
 * RFC 3463: 5.3.4 message too big for system, 5.2.3 for the mailbox; RFC 1870: 552. But a full mailbox (552 5.2.2) and refused
 * contents (552 5.7.0) are 552 too: without one of those codes the server has to speak of a size.
 */
function isTooBig({ state, code, enhanced, reply }: SentDelivery): boolean {
  if (state !== 'failed') return false
  if (enhanced !== '') return enhanced === '5.3.4' || enhanced === '5.2.3'
  return code === 552 && /\bsize|too (?:big|large)/i.test(reply)
}

/** What `send --sandbox` wrote. */
export const sandboxView: View<ResultOf<'sandbox'>> = ({ folder, messages, missing }, { t }) =>
  [
    ...messages.map(({ recipients, subject, file }) =>
      stripControls(`${recipients.join(', ')}  ${subject}  ${file}`),
    ),
    ...missing.map(({ order, detail }) => stripControls(`${order.slice(-8)}: ${detail}`)),
    messages.length + missing.length === 0
      ? t('sandbox.nothing')
      : t('sandbox.written', { count: messages.length, folder }),
  ].join('\n')

function deliveriesTable(deliveries: Iterable<SentDelivery>, context: ViewContext): Iterable<string> {
  const { t } = context
  return tableLines(
    [
      { title: t('column.order') },
      { title: t('column.customer') },
      { title: t('column.recipient'), flexible: true },
      { title: t('column.state') },
      { title: t('column.detail'), flexible: true },
    ],
    rowsOf(deliveries, (delivery) => rowOf(delivery, context)),
    context.width,
  )
}

function rowOf(delivery: SentDelivery, context: ViewContext): string[] {
  const { t, language } = context
  const { order, customer, recipient, state, reply, nextAt } = delivery
  const retry = nextAt === null ? '' : t('sent.retry', { at: localTime(nextAt, language) })
  const detail = [replyWords(reply, context), retry].filter((part) => part !== '').join('; ')
  return [order.slice(-8), customer, recipient, t(`state.${state}`), detail]
}

/** A profile that may send nothing now: why, until when, and how many wait. */
export function heldLines(profile: HeldProfile, context: ViewContext): string[] {
  const { t, language } = context
  const { name, reason, until, waiting } = profile
  return [
    t('sent.profile-held', { name, reason: holdReason(reason, context) }),
    t('sent.profile-waiting', { count: waiting }),
    until === null
      ? t('sent.profile-person', { cure: holdCure(profile, context) })
      : t('sent.profile-until', { until: localTime(until, language) }),
  ]
}
