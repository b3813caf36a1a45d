import { LIFETIME_HOURS, retryDelayMinutes } from '../model/delivery.ts'
import type { ErrorNotice } from '../model/error-notice.ts'
import type { EventKind, EventLevel, NewEvent } from '../model/event.ts'
import type { NoticeOutcome } from '../store/notices.ts'
import type { Ctx } from './ctx.ts'
import type { Seen } from './notice-attempt.ts'

/** What is written about a notice after a try. */
export function noticeOutcome(
  ctx: Ctx,
  notice: ErrorNotice,
  { state, code, reply, subject }: Seen & { readonly subject: string },
): NoticeOutcome {
  const now = ctx.now()
  const at = now.toISOString()
  const attempts = notice.attempts + 1
  const minutes = retryDelayMinutes(attempts, ctx.random())
  const dueAt = new Date(now.getTime() + minutes * 60_000).toISOString()
  const end = new Date(Date.parse(notice.createdAt) + LIFETIME_HOURS * 3_600_000).toISOString()
  const final = state === 'pending' && dueAt > end ? 'failed' : state
  const kind = EVENTS[final]
  return {
    ...{ state: final, subject, attempts, code, reply, dueAt: final === 'pending' ? dueAt : at },
    finishedAt: final === 'pending' ? null : at,
    event: noticeEvent(at, kind, { to: notice.recipient, words: reply }),
  }
}

const EVENTS = {
  pending: 'notice-deferred',
  sent: 'notice-sent',
  failed: 'notice-failed',
  unknown: 'notice-failed',
} as const satisfies Record<Seen['state'], EventKind>

const LEVELS: Readonly<Record<(typeof EVENTS)[Seen['state']], EventLevel>> = {
  'notice-sent': 'info',
  'notice-deferred': 'warning',
  'notice-failed': 'error',
}

/** An event about a notice; it belongs to no order. */
export function noticeEvent(
  at: string,
  event: keyof typeof LEVELS,
  { to, words }: { readonly to: string; readonly words: string },
): NewEvent {
  const nothing = { order: null, customer: null, uuid: null }
  return { at, level: LEVELS[event], event, ...nothing, recipient: to, detail: words }
}
