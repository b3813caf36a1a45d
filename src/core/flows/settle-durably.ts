import { setTimeout as sleep } from 'node:timers/promises'
import { appendEntry, readEntries, removeJournal } from '../files/side-journal.ts'
import { CfdiMailError } from '../model/errors.ts'
import { ownsAll, settle, type Settling } from '../store/settle.ts'
import type { Ctx } from './ctx.ts'

/** Milliseconds between two tries; each try itself waits some seconds for the other writer. */
const PAUSE_MS = 500

/**
 * Writes an outcome that cannot be had twice: the server's yes. A busy store is asked again for as long as the settings say;
 * an outcome that still cannot be written goes to the side journal, which the next run applies first.
 * @throws what the store said, after which the process must not send: it could not write down what became of it
 */
export async function settleDurably(ctx: Ctx, settling: Settling): Promise<void> {
  const end = performance.now() + ctx.settings.outcomeWaitSeconds * 1000
  try {
    while (!(await settled(ctx, settling, end))) await sleep(PAUSE_MS)
  } catch (error) {
    spill(ctx, settling)
    throw error
  }
}

/** @returns whether it is written; false when another process was in the way and there is time left */
async function settled(ctx: Ctx, settling: Settling, end: number): Promise<boolean> {
  try {
    ctx.fault('before-sent-commit')
    await settle(ctx.db, settling)
  } catch (error) {
    if (isBusy(error) && performance.now() < end) return false
    throw error
  }
  ctx.fault('after-sent-commit')
  return true
}

/** Whether another process held the store for longer than a writer waits. */
export function isBusy(error: unknown): boolean {
  return error instanceof CfdiMailError && error.code === 'STORE_BUSY'
}

/** Without room even for this, the delivery stays `dotted`, which the next run takes for what it then is: unknown. */
function spill(ctx: Ctx, settling: Settling): void {
  try {
    appendEntry(ctx.folders.data, JSON.stringify(settling))
  } catch {
    // The reason why the store could not be written is the one to tell.
  }
}

/** Writes what an earlier run could only put into the side journal. Only for the holder of the run lock. */
export async function applySpilled(ctx: Ctx): Promise<void> {
  const entries = readEntries(ctx.folders.data)
  for (const entry of entries) {
    const spilled = JSON.parse(entry) as Settling
    const ids = spilled.settlements.map(({ delivery }) => delivery.id)
    // Written after all, or no longer this token's: then the store knows better.
    if (!(await ownsAll(ctx.db, spilled.token, ids))) continue
    await settle(ctx.db, spilled)
  }
  if (entries.length > 0) removeJournal(ctx.folders.data)
}
