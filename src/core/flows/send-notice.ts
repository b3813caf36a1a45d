import { randomUUID } from 'node:crypto'
import { domainOf } from '../model/address.ts'
import { CfdiMailError } from '../model/errors.ts'
import { EVENT_SENTENCES } from '../model/event-sentences.ts'
import { isHoldOver, type StoredProfile } from '../model/profile.ts'
import { insertEvents } from '../store/event-log.ts'
import { newId } from '../store/ids.ts'
import {
  closeDotted,
  type DueNotice,
  hasNews,
  settleNotice,
  takeNotice,
  tellNoMore,
} from '../store/notices.ts'
import { listProfiles } from '../store/profiles.ts'
import { endUse, reserveUse } from '../store/quota.ts'
import { takeRunLock } from '../store/run-lock.ts'
import type { Ctx } from './ctx.ts'
import { noticeEvent, noticeOutcome } from './notice-outcome.ts'
import { whyStrange } from './store-identity.ts'

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
      noticeEvent(at, 'notice-failed', { to, words: EVENT_SENTENCES['notice-unknown'] }),
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
  const { errorNotice } = await import('../message/error-notice.ts')
  const { NOT_TRIED, transmit } = await import('./notice-attempt.ts')
  const { subject, chunks } = errorNotice({
    language: ctx.settings.language ?? 'es',
    messageId: notice.messageId,
    date: ctx.now().toISOString(),
    sender: { address: profile.from, name: profile.fromName || (ctx.settings.companyName ?? 'cfdi-mail') },
    to: notice.recipient,
    facts,
    place: ctx.folders.data,
    company: ctx.launch.company,
  })
  const reservation = { profile, order: notice.id, recipients: 1, token: randomUUID(), now: ctx.now() }
  const use = await reserveUse(ctx.db, reservation)
  const seen = use.granted ? await transmit(ctx, { notice, profile, chunks }) : NOT_TRIED
  if (use.granted) await endUse(ctx.db, use.use, ctx.now())
  await settleNotice(ctx.db, notice.id, noticeOutcome(ctx, notice, { ...seen, subject }))
}
