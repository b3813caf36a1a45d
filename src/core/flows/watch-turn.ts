import { folderPlace, isFolder } from '../files/folders.ts'
import type { OrdersImportedResult } from '../model/results/order-files.ts'
import type { SentRun } from '../model/results/outbox.ts'
import type { WatchedResult } from '../model/results/watched.ts'
import type { Ctx } from './ctx.ts'
import { importOrders } from './import-orders.ts'
import { type ArrivalRequest, packageArrived } from './package-arrived.ts'
import { sendTurn } from './send-watch.ts'
import type { WatchMemory } from './watch-memory.ts'
import { arrivals, firstLook, happened } from './watch-news.ts'
import { attempt } from './watch-step.ts'

export interface PackagingTurn {
  readonly news: readonly WatchedResult[]
  /** Sources that are there. */
  readonly sources: readonly string[]
  /** Whether something can be sent now that could not before. */
  readonly queued: boolean
  /** When a document that waits is to be looked at again, milliseconds since 1970, or null. */
  readonly nextAt: number | null
  /** Where it looked: everywhere, in the places that it was asked for, or nowhere, because something stood in the way. */
  readonly looked: 'everywhere' | 'places' | 'nowhere'
}

/** Looks at the sources once, packages, and tells what is new since the last turn. */
export async function packageTurn(
  ctx: Ctx,
  { from, patience, places }: Pick<ArrivalRequest, 'from' | 'patience' | 'places'>,
  memory: WatchMemory,
): Promise<PackagingTurn> {
  const sources = memory.sources.filter((source) => isFolder(source) && !isUnmounted(source, memory.mounts))
  const moved = sourceNews(ctx, memory, sources)
  const nothing = { sources, queued: false, nextAt: null, looked: 'nowhere' } as const
  if (sources.length === 0) return { news: moved, ...nothing }
  const { sightings } = memory
  const around = moved.length > 0 || sightings === null ? null : places
  const { value, news } = await attempt(ctx, memory, {
    job: 'package',
    step: () =>
      packageArrived(ctx, {
        ...{ sources, from, patience, sightings },
        places: around === null ? null : [...around, ...memory.waitingIn],
      }),
  })
  if (value === null) return { news: [...moved, ...news], ...nothing }
  memory.sightings = value.sightings
  memory.waitingIn = value.waitingIn
  const told = [
    ...(sightings === null && memory.stay === 'resident' ? [] : arrivals(ctx, memory, value)),
    ...(sightings === null ? [firstLook(ctx, memory, value)] : []),
  ]
  const queued = value.result.orders.some(({ state }) => state === 'pending')
  const looked = around === null ? 'everywhere' : 'places'
  return { news: [...moved, ...news, ...told], sources, queued, nextAt: value.nextAt, looked }
}

/** Takes the order files of the settings' folder into the outbox. Files that only wait are no news. */
export async function importTurn(
  ctx: Ctx,
  memory: WatchMemory,
): Promise<{ readonly news: readonly (WatchedResult | OrdersImportedResult)[]; readonly queued: boolean }> {
  const { value, news } = await attempt(ctx, memory, {
    job: 'import',
    step: () => importOrders(ctx, { folder: null, limit: null, access: 'guarded', mode: 'write' }),
  })
  if (value === null) return { news, queued: false }
  const { queued, repeated, refused } = value.totals
  return { news: queued + repeated + refused > 0 ? [...news, value] : news, queued: queued > 0 }
}

/** Sends what is due. While another process sends, that one does the work. */
export async function sendingTurn(
  ctx: Ctx,
  memory: WatchMemory,
): Promise<readonly (WatchedResult | SentRun)[]> {
  const { value, news } = await attempt(ctx, memory, {
    job: 'send',
    step: () => sendTurn(ctx, { limit: null, profile: null }, memory.toldHolds),
  })
  return value === null ? news : [...news, value]
}

/**
 * A disk or share that is unmounted leaves an empty folder behind, on another device. It is not looked through: the index would
 * forget all that comes back with the disk. A folder that was emptied stays on its device.
 */
function isUnmounted(source: string, mounts: WatchMemory['mounts']): boolean {
  const place = folderPlace(source)
  if (place === null) return false
  const before = mounts.get(source)
  if (before?.isEmpty === false && place.isEmpty && place.device !== before.device) return true
  mounts.set(source, place)
  return false
}

function sourceNews(ctx: Ctx, { sources, lost }: WatchMemory, present: readonly string[]): WatchedResult[] {
  return sources.flatMap((source): WatchedResult[] => {
    const isThere = present.includes(source)
    if (isThere !== lost.has(source)) return []
    if (isThere) lost.delete(source)
    else lost.add(source)
    const event = isThere ? 'source-back' : 'source-lost'
    const unmounted = !isThere && isFolder(source)
    return [{ ...happened(ctx), needsPerson: !isThere, event, source, unmounted }]
  })
}
