import { join } from 'node:path'
import { type FolderWatch, watchFolders } from '../files/folder-watch.ts'
import { existingFolder, isFolder } from '../files/folders.ts'
import type { ArrivalPatience } from '../model/arrival.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { OrdersImportedResult } from '../model/results/order-files.ts'
import type { SentRun } from '../model/results/outbox.ts'
import type { WatchedResult } from '../model/results/watched.ts'
import { takeRunLock } from '../store/run-lock.ts'
import type { Ctx } from './ctx.ts'
import type { WatchMemory } from './watch-memory.ts'
import { importTurn, packageTurn, type PackagingTurn, sendingTurn } from './watch-turn.ts'

/** How a watch works. Times in milliseconds. */
export interface WatchRequest {
  /** Folders typed by hand, which have to be there; empty for those of the settings, which may come later. */
  readonly sources: readonly string[]
  /** Documents issued before this day, `YYYY-MM-DD`, are left alone; null for none. */
  readonly from: string | null
  /** A look at all of the sources at least so often, whether or not anything stirs. */
  readonly rescan: number
  readonly patience: ArrivalPatience
  /** Sends what is due so often, and after packaging something; null leaves sending to others. */
  readonly sendEvery: number | null
  /** One turn of each job, for cron; or for as long as no signal comes. */
  readonly stay: 'once' | 'resident'
}

/** The folders are asked so often whether anything stirred. */
const LISTEN_MS = 500
/** A look takes at most a fifth of the time, however large the folders are: so many times its own length it rests. */
const REST = 4

/** What a watch tells: what happened, and what its sending and importing gave. */
export type WatchTold = WatchedResult | SentRun | OrdersImportedResult

/** When what is next, in milliseconds since 1970. */
interface Timetable {
  lookAt: number
  /** From when on a look is one at all of the sources. */
  wholeAt: number
  /** Where something stirred since the last look. */
  stirred: Set<string>
  /** Not before, whatever stirs. */
  soonest: number
  sendAt: number
}

/**
 * Packages what appears in the sources, and sends it when that is asked, until a signal. Only one watch a store; `send` by hand
 * or by cron works beside it. With `once` it ends after one turn of each job, and what stands in their way is an error.
 * @throws WATCH_RUNNING, NO_SOURCES, SOURCE_NOT_FOUND for a typed folder, and what no later turn can cure
 */
export async function* watchSources(ctx: Ctx, request: WatchRequest): AsyncGenerator<WatchTold> {
  const memory = rememberNothing(ctx, request)
  const lock = takeRunLock(join(ctx.folders.data, 'watch.lock'), 'WATCH_RUNNING')
  const folders = watchFolders()
  try {
    yield* turns(ctx, request, { memory, folders })
  } finally {
    folders.close()
    lock.release()
  }
}

function rememberNothing(ctx: Ctx, request: WatchRequest): WatchMemory {
  const { sources, stay } = request
  const configured = sources.length === 0 ? ctx.settings.sources : sources.map(existingFolder)
  if (configured.length === 0 && !imports(ctx, request))
    throw new CfdiMailError('NO_SOURCES', { file: ctx.folders.settings })
  const nothing = {
    lost: new Set<string>(),
    mounts: new Map(),
    told: new Map(),
    paused: new Map(),
    toldHolds: new Map(),
    sightings: null,
    waitingIn: [],
  }
  return { sources: configured, stay, ...nothing }
}

async function* turns(
  ctx: Ctx,
  request: WatchRequest,
  { memory, folders }: { readonly memory: WatchMemory; readonly folders: FolderWatch },
): AsyncGenerator<WatchTold> {
  const [now, isOver] = [() => ctx.now().getTime(), () => ctx.signal.aborted]
  const sendAt = request.sendEvery === null ? Infinity : 0
  const times: Timetable = { lookAt: 0, wholeAt: 0, stirred: new Set(), soonest: 0, sendAt }
  while (!isOver()) {
    if (now() >= times.lookAt) {
      const began = now()
      const places = takePlaces(times, began)
      const turn = await lookTurn(ctx, { ...request, places }, memory)
      folders.follow(turn.sources, turn.looked === 'places' ? places : null)
      setNext(times, request, { ...turn, began, ended: now() })
      yield* turn.news
    }
    if (now() >= times.sendAt && !isOver()) {
      yield* await sendingTurn(ctx, memory)
      times.sendAt = now() + (request.sendEvery ?? Infinity)
    }
    if (request.stay === 'once') return
    ctx.idle()
    await rest(ctx, folders, times)
  }
}

/** Where the next look has to look; null for everywhere. */
function takePlaces(times: Timetable, now: number): readonly string[] | null {
  const places = now >= times.wholeAt ? null : [...times.stirred]
  times.stirred = new Set()
  return places
}

interface Look extends WatchRequest {
  readonly places: readonly string[] | null
}

/** A look at the sources, and at the folder of order files where there is one and the watch sends. */
async function lookTurn(ctx: Ctx, request: Look, memory: WatchMemory) {
  const packaged = await packageTurn(ctx, request, memory)
  if (!imports(ctx, request) || ctx.signal.aborted) return packaged
  const imported = await importTurn(ctx, memory)
  return {
    ...packaged,
    news: [...packaged.news, ...imported.news],
    sources: [...packaged.sources, ...[ctx.settings.mailerDir ?? []].flat().filter(isFolder)],
    queued: packaged.queued || imported.queued,
  }
}

function imports({ settings }: Ctx, { sendEvery }: Pick<WatchRequest, 'sendEvery'>): boolean {
  return sendEvery !== null && settings.mailerDir !== null
}

type LookDone = Pick<PackagingTurn, 'nextAt' | 'queued' | 'looked'> & {
  readonly began: number
  readonly ended: number
}

/** What was packaged is sent at once. */
function setNext(
  times: Timetable,
  { rescan, sendEvery }: WatchRequest,
  { began, ended, nextAt, queued, looked }: LookDone,
): void {
  times.soonest = ended + REST * (ended - began)
  if (looked === 'everywhere') times.wholeAt = ended + rescan
  // What stirred is forgotten by now.
  if (looked === 'nowhere') times.wholeAt = ended
  const next = looked === 'nowhere' ? ended + rescan : times.wholeAt
  times.lookAt = Math.max(times.soonest, Math.min(next, nextAt ?? Infinity))
  if (queued && sendEvery !== null) times.sendAt = ended
}

/** Until the next thing is due, or something stirs. */
async function rest(ctx: Ctx, folders: FolderWatch, times: Timetable): Promise<void> {
  while (!ctx.signal.aborted) {
    const now = ctx.now().getTime()
    const stirred = folders.stirred()
    for (const folder of stirred) times.stirred.add(folder)
    if (stirred.length > 0) times.lookAt = Math.min(times.lookAt, Math.max(now, times.soonest))
    const next = Math.min(times.lookAt, times.sendAt)
    if (now >= next) return
    await ctx.sleep(Math.min(LISTEN_MS, next - now))
  }
}
