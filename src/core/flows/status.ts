import { moduleLane, profileFor, waitingBy } from '../model/lanes.ts'
import { MODULES } from '../model/profile.ts'
import type { StatusResult } from '../model/results/house.ts'
import { customerCodes } from '../store/customers.ts'
import { countByState, countOrders, dueByLane, lastSentAt, nextDueAt } from '../store/delivery-counts.ts'
import { countDocuments } from '../store/documents.ts'
import { allProfiles } from './all-profiles.ts'
import { attentionOf } from './attention.ts'
import type { Ctx } from './ctx.ts'
import { isOnHold, reachedDayLimits } from './day-limits.ts'
import { heldProfiles } from './sent-run.ts'

/** What is in the store, and what waits for what. Looks at nothing outside. */
export async function showStatus(ctx: Ctx): Promise<StatusResult> {
  const due = await dueByLane(ctx.db, ctx.now())
  const profiles = await allProfiles(ctx)
  const waiting = waitingBy(profiles, due)
  const limits = await reachedDayLimits(ctx, { profiles, waiting })
  const stopped = [
    ...profiles.filter((profile) => isOnHold(ctx, profile)).map(({ name }) => waiting.get(name) ?? 0),
    ...limits.map((limit) => limit.waiting),
  ]
  const total = sumOf(due.values())
  const deliveries = await countByState(ctx.db)
  return {
    kind: 'status',
    deliveries,
    attention: await attentionOf(ctx),
    orders: await countOrders(ctx.db),
    customers: (await customerCodes(ctx.db)).length,
    documents: await countDocuments(ctx.db),
    due: total,
    ready: total - sumOf(stopped),
    nextDueAt: await nextDueAt(ctx.db),
    lastSentAt: await lastSentAt(ctx.db),
    profiles: heldProfiles(profiles, waiting),
    limits,
    modules: MODULES.flatMap((module) => {
      const lane = moduleLane(module)
      const profile = profileFor(profiles, lane)?.name
      return profile === undefined ? [] : [{ module, profile, due: due.get(lane) ?? 0 }]
    }),
  }
}

function sumOf(counts: Iterable<number>): number {
  return [...counts].reduce((sum, count) => sum + count, 0)
}
