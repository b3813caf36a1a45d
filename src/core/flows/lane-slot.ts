import { type RateLimit, WINDOW_MS } from '../model/limits.ts'
import type { AnyProfile } from '../model/lanes.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import type { ClaimedOrder } from '../store/claimed-orders.ts'
import { lastUseOf, reserveUse } from '../store/quota.ts'
import type { Ctx } from './ctx.ts'

/** A limit that ended a lane. */
export interface LimitHit {
  readonly limit: RateLimit
  /** When the next message fits, ISO 8601 UTC. */
  readonly nextAt: string
}

export interface SlotRequest {
  readonly profile: AnyProfile
  readonly order: ClaimedOrder
  readonly token: string
  /** Whether the lane ended for another reason while this one waited. */
  readonly isOver: () => boolean
}

export type SlotAnswer =
  | { readonly outcome: 'granted'; readonly use: string }
  | { readonly outcome: 'limit'; readonly hit: LimitHit }
  | { readonly outcome: 'over' }

/**
 * A place in the ledger of the profile's limits, before anything is said to the server. For the limit of a minute it waits,
 * a signal ends that; for the limit of a day nobody waits.
 */
export async function takeSlot(
  ctx: Ctx,
  { profile, order, token, isOver }: SlotRequest,
): Promise<SlotAnswer> {
  const number = isWhatsApp<StoredWhatsAppProfile>(profile) ? await waitForPair(ctx, profile, order) : null
  if (isOver()) return { outcome: 'over' }
  const recipients = order.deliveries.length
  for (;;) {
    const now = ctx.now()
    const answer = await reserveUse(ctx.db, { profile, order: order.id, recipients, number, token, now })
    if (answer.granted) return { outcome: 'granted', use: answer.use }
    const { limit, at } = answer.slot
    const wait = at - now.getTime()
    // A minute's limit asks for more than a minute only when the clock was turned back.
    if (limit !== 'per-minute' || wait > WINDOW_MS['per-minute'])
      return { outcome: 'limit', hit: { limit: limit ?? 'per-day', nextAt: new Date(at).toISOString() } }
    await ctx.sleep(Math.max(1, wait))
    if (isOver()) return { outcome: 'over' }
  }
}

/**
 * Meta lets one number write to another about once in six seconds; what comes sooner is refused with 131056.
 * @returns the number, which the ledger counts
 */
async function waitForPair(
  ctx: Ctx,
  { name: profile, pairSeconds }: StoredWhatsAppProfile,
  { deliveries }: ClaimedOrder,
): Promise<string> {
  const number = deliveries[0]?.recipient ?? ''
  const now = ctx.now()
  const last = lastUseOf(ctx.db, { profile, number, now })
  const wait = last === null ? 0 : last + pairSeconds * 1000 - now.getTime()
  // The clock may have been turned back since: then the next message would wait for as long.
  if (wait > 0) await ctx.sleep(Math.min(wait, pairSeconds * 1000))
  return number
}
