import { closeSync, openSync, writeSync } from 'node:fs'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packPath } from '../../src/core/files/snapshots.ts'
import { snapshotsOf } from '../../src/core/store/snapshots.ts'

/** Writes something else over the bytes that an order attaches, in their pack. @param position of the attachment */
export async function damageSnapshot(ctx: Ctx, order: string, position = 0): Promise<void> {
  const snapshot = (await snapshotsOf(ctx.db, order))[position]
  if (!snapshot?.place) throw new Error(`order ${order} has nothing in a pack at ${position}`)
  const file = openSync(packPath(ctx.folders.spool, snapshot.place.pack), 'r+')
  writeSync(file, Buffer.alloc(snapshot.bytes, 'otra cosa '), 0, snapshot.bytes, snapshot.place.offset)
  closeSync(file)
}
