import type { ChannelFault } from '../channels/channel.ts'
import { WINDOW_MS } from '../model/limits.ts'
import type { AnyProfile } from '../model/lanes.ts'
import { HOST_HOLD_MINUTES } from '../model/profile.ts'
import { quotaKind } from '../model/quota-reply.ts'
import { usesOf } from '../store/quota.ts'
import type { Ctx } from './ctx.ts'

/** Minutes to wait after the server said that the account's quota is used up, when nothing better is known. */
const QUOTA_HOLD_MINUTES = 60

/**
 * Until when a profile waits after a fault: for a person when the fault is the profile's own; longer each time when it is the
 * host's or the server is asked too fast; and for a quota of a day until the oldest message of the last 24 hours no longer
 * counts.
 * @returns ISO 8601 UTC, or null to wait for a person
 */
export async function holdUntil(
  ctx: Ctx,
  {
    profile,
    fault,
    strikes,
  }: { readonly profile: AnyProfile; readonly fault: ChannelFault; readonly strikes: number },
): Promise<string | null> {
  if (fault.scope === 'profile') return null
  const now = ctx.now()
  if (fault.scope === 'quota' && quotaKind(fault.reply) === 'day') {
    const [oldest] = profile.perDay === null ? [] : usesOf(ctx.db, profile.name, now)
    const until = oldest === undefined ? after(now, QUOTA_HOLD_MINUTES) : oldest.at + WINDOW_MS['per-day']
    return new Date(until).toISOString()
  }
  const longest = HOST_HOLD_MINUTES.length
  return new Date(after(now, HOST_HOLD_MINUTES[Math.min(strikes, longest) - 1] ?? 60)).toISOString()
}

function after(now: Date, minutes: number): number {
  return now.getTime() + minutes * 60_000
}
