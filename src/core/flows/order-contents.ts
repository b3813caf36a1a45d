import { readSnapshot } from '../files/snapshots.ts'
import { snapshotsOf } from '../store/snapshots.ts'
import type { Ctx } from './ctx.ts'

/**
 * The bytes that an order attaches, in the order of its attachments, each checked against its hash.
 * @returns null for what is gone or changed
 */
export async function orderContents(ctx: Ctx, order: string): Promise<readonly (Buffer | null)[]> {
  const snapshots = await snapshotsOf(ctx.db, order)
  return snapshots.map((snapshot) => readSnapshot(ctx.folders.spool, snapshot))
}
