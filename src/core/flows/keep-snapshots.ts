import { storePack } from '../files/packs.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder } from './make-orders.ts'

/**
 * Puts into the spool what the orders of a batch attach, before a row names it.
 * @returns the same, each order with the places of its attachments
 * @throws DISK_FULL
 */
export async function keepSnapshots<M extends MadeOrder>(ctx: Ctx, made: readonly M[]): Promise<M[]> {
  const blobs = new Map(made.flatMap((each) => [...each.blobs]))
  const places = await storePack(ctx.folders.spool, blobs, ctx.fault)
  ctx.fault('snapshot')
  return made.map((each) => ({ ...each, order: { ...each.order, places } }))
}
