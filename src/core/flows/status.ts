import { causeOfHold, type StoredProfile } from '../model/profile.ts'
import type { StatusResult } from '../model/results/house.ts'
import type { HeldProfile } from '../model/results/outbox.ts'
import { customerCodes } from '../store/customers.ts'
import { countByState, countOrders, dueByLane, lastSentAt, nextDueAt } from '../store/delivery-counts.ts'
import { countDocuments } from '../store/documents.ts'
import { listProfiles } from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'

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
    profiles: profilesOnHold(await listProfiles(ctx.db), due),
  }
}

/** Also those that nothing waits for yet: the next order will. */
function profilesOnHold(
  profiles: readonly StoredProfile[],
  due: ReadonlyMap<string | null, number>,
): HeldProfile[] {
  return profiles.flatMap(({ name, hold, isDefault }) => {
    if (hold === null) return []
    const waiting = (due.get(name) ?? 0) + (isDefault ? (due.get(null) ?? 0) : 0)
    return [{ name, cause: causeOfHold(hold.reason), reason: hold.reason, until: hold.until, waiting }]
  })
}
