import { slotsFor, transactionSize } from '../model/limits.ts'
import { type AnyProfile, lanesOf } from '../model/lanes.ts'
import { isHoldOver } from '../model/profile.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import type { ReachedLimit } from '../model/results/outbox.ts'
import { dueOrders, dueRecipients } from '../store/due-orders.ts'
import { lastUseOf, usesOf } from '../store/quota.ts'
import type { Ctx } from './ctx.ts'

/** Profiles, and how many due deliveries each would send, by its name. */
interface Work {
  readonly profiles: readonly AnyProfile[]
  readonly waiting: ReadonlyMap<string, number>
}

/**
 * The limits of a day that the next message of a profile does not fit into any more. It goes on by itself, so nobody has to do
 * anything; a limit of a minute is over before anybody has read of it.
 */
export async function reachedDayLimits(ctx: Ctx, { profiles, waiting }: Work): Promise<ReachedLimit[]> {
  const reached: ReachedLimit[] = []
  for (const profile of profiles) {
    const count = waiting.get(profile.name) ?? 0
    if (count === 0 || profile.perDay === null || isOnHold(ctx, profile)) continue
    const nextAt = await nextFitAt(ctx, profile, lanesOf(profile, profiles))
    if (nextAt === null) continue
    reached.push({
      ...{ profile: profile.name, limit: 'per-day', allowed: profile.perDay },
      ...{ nextAt, waiting: count },
    })
  }
  return reached
}

/** Whether a profile sends nothing now because of a hold. */
export function isOnHold(ctx: Pick<Ctx, 'now'>, { hold }: AnyProfile): boolean {
  return hold !== null && !isHoldOver(hold, ctx.now())
}

/** When the first of what is due fits in, or null when it does now. */
async function nextFitAt(
  ctx: Ctx,
  profile: AnyProfile,
  lanes: readonly (string | null)[],
): Promise<string | null> {
  const now = ctx.now()
  const [next] = await dueOrders(ctx.db, { lanes, now, limit: 1 })
  const isCounted = isWhatsApp<StoredWhatsAppProfile>(profile) && (await isKnown(ctx, profile.name, next?.id))
  const recipients = isCounted ? 0 : Math.min(next?.recipients ?? 1, transactionSize(profile))
  const uses = usesOf(ctx.db, profile.name, now)
  const [slot] = slotsFor(uses, [recipients], { limits: profile, now: now.getTime() })
  return slot?.limit === 'per-day' ? new Date(slot.at).toISOString() : null
}

/** Whether the number that an order goes to next was written to within the day: Meta counts it once. */
async function isKnown({ db, now }: Ctx, profile: string, order: string | undefined): Promise<boolean> {
  if (order === undefined) return false
  const numbers = await dueRecipients(db, { orders: [order], now: now() })
  const [number] = numbers.get(order) ?? []
  return number !== undefined && lastUseOf(db, { profile, number, now: now() }) !== null
}
