import { CLAIMABLE_STATES } from '../model/delivery.ts'
import type { Db } from './schema.ts'

/** Longer than any wait between two tries and than the window of a daily limit. */
const LONGEST_WAIT_HOURS = 25

/**
 * Makes due now what is due further ahead than the program ever plans: it was written while the clock was wrong, and would
 * wait for that time to come again.
 */
export async function clampSchedule(db: Db, now: Date): Promise<void> {
  const latest = new Date(now.getTime() + LONGEST_WAIT_HOURS * 3_600_000).toISOString()
  await db
    .updateTable('delivery')
    .set({ due_at: now.toISOString() })
    .where('state', 'in', CLAIMABLE_STATES)
    .where('due_at', '>', latest)
    .execute()
}
