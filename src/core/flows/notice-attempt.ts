import type { Credential, DeliverResult } from '../channels/channel.ts'
import type { AttemptOutcome } from '../model/delivery.ts'
import type { ErrorNotice, NoticeState } from '../model/error-notice.ts'
import { CfdiMailError } from '../model/errors.ts'
import { holdReason, type StoredProfile } from '../model/profile.ts'
import { markNoticeDotted } from '../store/notices.ts'
import { holdProfile } from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'
import { credentialOf } from './profile-credential.ts'

const TRANSFER_MS = 120_000

/** What came of a try; `state` pending is tried again. */
export interface Seen {
  readonly state: Extract<NoticeState, 'pending' | 'sent' | 'failed' | 'unknown'>
  readonly code: number
  readonly reply: string
}

export const NOT_TRIED: Seen = { state: 'pending', code: 0, reply: '' }

interface Transmission {
  readonly notice: ErrorNotice
  readonly profile: StoredProfile
  readonly chunks: readonly Buffer[]
}

/**
 * From nobody (`MAIL FROM:<>`), so that no bounce of it comes back. Some submission servers take mail only from the account's
 * own address: they are given that one.
 */
export async function transmit(ctx: Ctx, transmission: Transmission): Promise<Seen> {
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
    const { fault } = opened
    // A refused password is tried once, here too; what time cures is left to the next run.
    if (fault?.scope === 'profile') {
      const reason = holdReason(fault.cause, fault.reply)
      await holdProfile(ctx.db, profile.name, {
        at: ctx.now().toISOString(),
        reason,
        until: null,
        strikes: 0,
      })
    }
    return { opened: false, recipients: [], fault }
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
