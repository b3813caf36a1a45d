import { randomUUID } from 'node:crypto'
import type { Credential, DeliverResult } from '../channels/channel.ts'
import { errorNotice } from '../message/error-notice.ts'
import { domainOf } from '../model/address.ts'
import { type AttemptOutcome, LIFETIME_HOURS, retryDelayMinutes } from '../model/delivery.ts'
import type { ErrorNotice, NoticeState } from '../model/error-notice.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { EventKind, EventLevel, NewEvent } from '../model/event.ts'
import { holdReason, isHoldOver, type StoredProfile } from '../model/profile.ts'
import { insertEvents } from '../store/event-log.ts'
import { newId } from '../store/ids.ts'
import {
  closeDotted,
  type DueNotice,
  hasNews,
  markNoticeDotted,
  type NoticeOutcome,
  settleNotice,
  takeNotice,
  tellNoMore,
} from '../store/notices.ts'
import { holdProfile, listProfiles } from '../store/profiles.ts'
import { endUse, reserveUse } from '../store/quota.ts'
import { takeRunLock } from '../store/run-lock.ts'
import type { Ctx } from './ctx.ts'
import { credentialOf } from './profile-credential.ts'
import { whyStrange } from './store-identity.ts'

const TRANSFER_MS = 120_000

/**
 * Tells the administrator, in one mail, what needs a person and was not told yet. While no profile may send it waits, and the
 * next one tells that too. What becomes of the mail is an event and nothing else: no notice is about a notice. For the holder
 * of the run lock, in a store that is at home.
 */
export async function sendNotice(ctx: Ctx): Promise<void> {
  const to = ctx.settings.errorMail
  if (to === null) {
    await tellNoMore(ctx.db)
    return
  }
  const at = ctx.now().toISOString()
  if ((await closeDotted(ctx.db, at)) > 0)
    await insertEvents(ctx.db, [
      noticeEvent(at, 'notice-failed', { to, words: 'nobody knows whether it arrived' }),
    ])
  const profile = await carrier(ctx)
  if (profile === null || ctx.signal.aborted) return
  const id = newId(ctx.now())
  const messageId = `${id}@${domainOf(profile.from)}`
  const due = await takeNotice(ctx.db, { id, messageId, recipient: to, at })
  if (due !== null) await deliverNotice(ctx, due, profile)
}

/**
 * The same at the end of a command that does not hold the run lock. Where a `send` is running, that one tells it at its end; a
 * store that is not at home tells nobody.
 */
export async function sendNoticeApart(ctx: Ctx): Promise<void> {
  if (ctx.settings.errorMail === null) {
    await tellNoMore(ctx.db)
    return
  }
  if (!(await hasNews(ctx.db, ctx.now().toISOString())) || (await whyStrange(ctx)) !== null) return
  let lock
  try {
    lock = takeRunLock(ctx.folders.lock)
  } catch (error) {
    if (error instanceof CfdiMailError && error.code === 'SEND_RUNNING') return
    throw error
  }
  try {
    await sendNotice(ctx)
  } finally {
    lock.release()
  }
}

/** The default profile, or another one while that may not send. */
async function carrier(ctx: Ctx): Promise<StoredProfile | null> {
  const now = ctx.now()
  const free = (await listProfiles(ctx.db)).filter(({ hold }) => hold === null || isHoldOver(hold, now))
  return free.find(({ isDefault }) => isDefault) ?? free[0] ?? null
}

async function deliverNotice(ctx: Ctx, { notice, facts }: DueNotice, profile: StoredProfile): Promise<void> {
  const { subject, chunks } = errorNotice({
    language: ctx.settings.language ?? 'es',
    messageId: notice.messageId,
    date: ctx.now().toISOString(),
    sender: { address: profile.from, name: profile.fromName || (ctx.settings.companyName ?? 'cfdi-mail') },
    to: notice.recipient,
    facts,
    place: ctx.folders.data,
  })
  const reservation = { profile, order: notice.id, recipients: 1, token: randomUUID(), now: ctx.now() }
  const use = await reserveUse(ctx.db, reservation)
  const seen = use.granted ? await transmit(ctx, { notice, profile, chunks }) : NOT_TRIED
  if (use.granted) await endUse(ctx.db, use.use, ctx.now())
  await settleNotice(ctx.db, notice.id, outcomeOf(ctx, notice, { ...seen, subject }))
}

/** What came of a try; `state` pending is tried again. */
interface Seen {
  readonly state: Extract<NoticeState, 'pending' | 'sent' | 'failed' | 'unknown'>
  readonly code: number
  readonly reply: string
}

const NOT_TRIED: Seen = { state: 'pending', code: 0, reply: '' }

interface Transmission {
  readonly notice: ErrorNotice
  readonly profile: StoredProfile
  readonly chunks: readonly Buffer[]
}

/**
 * From nobody (`MAIL FROM:<>`), so that no bounce of it comes back. Some submission servers take mail only from the account's
 * own address: they are given that one.
 */
async function transmit(ctx: Ctx, transmission: Transmission): Promise<Seen> {
  const credential = await readable(ctx, transmission.profile)
  if (credential === null) return NOT_TRIED
  const first = await attempt(ctx, transmission, { credential, from: '' })
  if (!isSenderRefused(first)) return seenOf(first)
  return seenOf(await attempt(ctx, transmission, { credential, from: transmission.profile.from }))
}

async function readable(ctx: Ctx, profile: StoredProfile): Promise<Credential | null> {
  try {
    return await credentialOf(ctx, profile)
  } catch (error) {
    if (error instanceof CfdiMailError) return null
    throw error
  }
}

/** The channel's answer, and whether the session itself could be opened. */
type Answer = Pick<DeliverResult, 'recipients' | 'fault'> & { readonly opened: boolean }

async function attempt(
  ctx: Ctx,
  { notice, profile, chunks }: Transmission,
  { credential, from }: { readonly credential: Credential; readonly from: string },
): Promise<Answer> {
  const opened = await ctx.channel.open(profile, credential)
  if (!opened.ok) {
    const { scope, cause, reply } = opened.fault
    // A refused password is tried once, here too; what time cures is left to the next run.
    if (scope === 'profile')
      await holdProfile(ctx.db, profile.name, {
        ...{ at: ctx.now().toISOString(), reason: holdReason(cause, reply), until: null, strikes: 0 },
      })
    return { opened: false, recipients: [], fault: opened.fault }
  }
  try {
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    const message = { from, recipients: [notice.recipient], chunks, bytes, transferMs: TRANSFER_MS }
    const result = await opened.session.deliver(message, () => markNoticeDotted(ctx.db, notice.id))
    return { ...result, opened: true }
  } finally {
    await opened.session.close()
  }
}

function isSenderRefused({ opened, recipients, fault }: Answer): boolean {
  return opened && fault?.scope === 'profile' && recipients[0]?.outcome === 'not-tried'
}

const STATES: Readonly<Record<AttemptOutcome, Seen['state']>> = {
  accepted: 'sent',
  deferred: 'pending',
  rejected: 'failed',
  uncertain: 'unknown',
  'not-tried': 'pending',
}

/** A fault of the profile that only the notice met stops nothing else: the notice is given up. */
function seenOf(answer: Answer): Seen {
  const nothing = {
    code: answer.fault?.code ?? 0,
    reply: answer.fault?.reply ?? '',
    outcome: 'not-tried',
  } as const
  const { code, reply, outcome } = answer.recipients[0] ?? nothing
  return { state: isSenderRefused(answer) ? 'failed' : STATES[outcome], code, reply }
}

function outcomeOf(
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

function noticeEvent(
  at: string,
  event: keyof typeof LEVELS,
  { to, words }: { readonly to: string; readonly words: string },
): NewEvent {
  const nothing = { order: null, customer: null, uuid: null }
  return { at, level: LEVELS[event], event, ...nothing, recipient: to, detail: words }
}
