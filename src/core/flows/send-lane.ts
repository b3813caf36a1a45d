import { randomUUID } from 'node:crypto'
import { openPacks } from '../files/snapshots.ts'
import { endUses } from '../store/quota.ts'
import { keepFewPages } from '../store/page-cache.ts'
import { putBack } from '../store/settle.ts'
import type { Ctx } from './ctx.ts'
import { openCredential, settleProfile } from './lane-profile.ts'
import { giveBack, type Lane, nextReady, type Work } from './lane-queue.ts'
import { runSession, takeFault } from './lane-session.ts'
import type { LimitHit } from './lane-slot.ts'
import { growAsUsual, inLittleMemory, keepYoungSpace } from './little-memory.ts'
import { messageRooms } from './message-rooms.ts'
import { openSession } from './open-session.ts'

/**
 * Sends a lane's due orders over the profile's connections. The first fault that is the profile's own ends the lane: the
 * profile goes on hold and what was claimed goes back, with no try counted.
 * @returns the profile's own limit that ended it
 */
export async function sendLane(ctx: Ctx, lane: Lane): Promise<LimitHit | null> {
  await keepFewPages(ctx.db)
  const credential = await openCredential(ctx, lane.profile)
  if (credential === null) return null
  const work: Work = {
    ...lane,
    expected: Math.min(lane.due, lane.budget.left),
    token: randomUUID(),
    credential,
    packs: openPacks(ctx.folders.spool),
    queue: [],
    told: 0,
    fault: null,
    hit: null,
    connected: 0,
    broken: false,
    empty: false,
    delivered: 0,
    claiming: Promise.resolve(),
  }
  try {
    await runConnections(ctx, work)
  } catch (error) {
    // Best done now, but not at the price of the reason: the next run takes it up as well.
    await putBack(ctx.db, work.token).catch(() => undefined)
    throw error
  } finally {
    work.packs.close()
  }
  await putBack(ctx.db, work.token)
  await endUses(ctx.db, work.token, ctx.now())
  await settleProfile(ctx, work)
  return work.hit
}

/**
 * Waits for all connections, whatever happens to one: the others finish what is in hand and begin nothing.
 * @throws the first that was thrown
 */
async function runConnections(ctx: Ctx, work: Work): Promise<void> {
  const running = Array.from({ length: work.profile.connections }, async () => {
    work.connected++
    try {
      await runConnection(ctx, work)
    } catch (error) {
      work.broken = true
      throw error
    } finally {
      work.connected--
    }
  })
  const broken = (await Promise.allSettled(running)).find((end) => end.status === 'rejected')
  // The next lane may go over a channel that is not loaded yet.
  growAsUsual()
  if (broken !== undefined) throw broken.reason
}

/** One connection after another, each for as many messages as the profile allows, until nothing is left to do. */
async function runConnection(ctx: Ctx, work: Work): Promise<void> {
  const rooms = messageRooms()
  let ready = await nextReady(ctx, work, rooms.next)
  while (ready !== null) {
    ctx.fault('before-connect')
    const opened = await openSession(ctx, work.profile, work.credential)
    if (!opened.ok) {
      await giveBack(ctx, work, ready)
      if (opened.fault !== null) takeFault(work, opened.fault)
      return
    }
    const run = { session: opened.session, first: ready, rooms }
    try {
      // Not around the connecting: a module that is loaded under another flag than the one it was compiled under is compiled anew.
      keepYoungSpace()
      ready = await inLittleMemory(() => runSession(ctx, work, run))
    } finally {
      await opened.session.close()
    }
  }
}
