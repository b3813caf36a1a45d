import type { AnyProfile } from '../model/lanes.ts'
import { causeOfHold } from '../model/profile.ts'
import type { StatusResult } from '../model/results/house.ts'
import type { HeldProfile } from '../model/results/outbox.ts'
import { customerCodes } from '../store/customers.ts'
import { countByState, countOrders, dueByLane, lastSentAt, nextDueAt } from '../store/delivery-counts.ts'
import { countDocuments } from '../store/documents.ts'
import { allProfiles } from './all-profiles.ts'
import type { Ctx } from './ctx.ts'
import { waitingFor } from './send-due.ts'

/** What is in the store, and what waits for what. Looks at nothing outside. */
export async function showStatus(ctx: Ctx): Promise<StatusResult> {
  const due = await dueByLane(ctx.db, ctx.now())
  return {
    kind: 'status',
    deliveries: await countByState(ctx.db),
    orders: await countOrders(ctx.db),
    customers: (await customerCodes(ctx.db)).length,
    documents: await countDocuments(ctx.db),
    due: [...due.values()].reduce((sum, count) => sum + count, 0),
    nextDueAt: await nextDueAt(ctx.db),
    lastSentAt: await lastSentAt(ctx.db),
    profiles: profilesOnHold(await allProfiles(ctx), due),
  }
}

/** Also those that nothing waits for yet: the next order will. */
function profilesOnHold(
  profiles: readonly AnyProfile[],
  due: ReadonlyMap<string | null, number>,
): HeldProfile[] {
  return profiles.flatMap((profile) => {
    const { name, hold } = profile
    if (hold === null) return []
    const waiting = waitingFor(profile, due)
    return [{ name, cause: causeOfHold(hold.reason), reason: hold.reason, until: hold.until, waiting }]
  })
}
