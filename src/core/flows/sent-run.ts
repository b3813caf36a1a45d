import { type AnyProfile, waitingBy } from '../model/lanes.ts'
import { causeOfHold } from '../model/profile.ts'
import type { Listing } from '../model/results/listing.ts'
import type { HeldProfile, ReachedLimit, SentDelivery, SentRun } from '../model/results/outbox.ts'
import { countInState, dueByLane } from '../store/delivery-counts.ts'
import { chainHead } from '../store/event-chain.ts'
import { allProfiles } from './all-profiles.ts'
import type { Ctx } from './ctx.ts'
import type { LimitHit } from './lane-slot.ts'
import type { SendingReport } from './sending-report.ts'

/** A limit that ended a lane of this profile. */
export interface ProfileHit {
  readonly profile: AnyProfile
  readonly hit: LimitHit
}

/** What there is to tell at a run's end, but for what became of files. */
export async function sentRun<List extends Listing<SentDelivery>>(
  ctx: Ctx,
  { deliveries, totals }: SendingReport<List>,
  hits: readonly ProfileHit[],
) {
  const due = await dueByLane(ctx.db, ctx.now())
  const profiles = await allProfiles(ctx)
  const waiting = waitingBy(profiles, due)
  return {
    kind: 'sent' as const,
    deliveries,
    totals: {
      ...totals,
      unknown: await countInState(ctx.db, 'unknown'),
      held: await countInState(ctx.db, 'held'),
    },
    profiles: heldProfiles(profiles, waiting).filter((profile) => profile.waiting > 0),
    limits: reachedLimits(hits, waiting),
    waiting: [...due.values()].reduce((sum, n) => sum + n, 0),
    auditHead: (await chainHead(ctx.db)).hash,
  } satisfies Omit<SentRun, 'files' | 'fallbacks'>
}

function reachedLimits(hits: readonly ProfileHit[], waiting: ReadonlyMap<string, number>): ReachedLimit[] {
  return hits.flatMap(({ profile, hit }) => {
    const count = waiting.get(profile.name) ?? 0
    const allowed = hit.limit === 'per-minute' ? profile.perMinute : profile.perDay
    return count === 0 ? [] : [{ profile: profile.name, ...hit, allowed: allowed ?? 0, waiting: count }]
  })
}

/** Profiles on hold, and how much waits for each: 0 when only the next order will. */
export function heldProfiles(
  profiles: readonly AnyProfile[],
  waiting: ReadonlyMap<string, number>,
): HeldProfile[] {
  return profiles.flatMap(({ name, hold }) => {
    if (hold === null) return []
    const { reason, until } = hold
    return [{ name, cause: causeOfHold(reason), reason, until, waiting: waiting.get(name) ?? 0 }]
  })
}
