import { type FolderPlace, folderPlace, isFolder } from '../files/folders.ts'
import type { Sighting } from '../model/arrival.ts'
import { type DocumentReason, HARMLESS_REASONS } from '../model/document-reason.ts'
import { CfdiMailError, type ErrorCode, ERRORS } from '../model/errors.ts'
import type { OrdersImportedResult } from '../model/results/order-files.ts'
import type { SentRun } from '../model/results/outbox.ts'
import type { PackagedDocument } from '../model/results/packaged.ts'
import type { WatchedResult, WatchPaused } from '../model/results/watched.ts'
import type { Ctx } from './ctx.ts'
import { type ArrivalRequest, type Arrived, packageArrived } from './package-arrived.ts'
import { importOrders } from './import-orders.ts'
import { sendTurn, type ToldHolds } from './send-watch.ts'

/** What a watch has seen and told. It forgets when it ends; what was packaged is in the store. */
export interface WatchMemory {
  /** A resident one has a next turn, which may do what this one could not. */
  readonly stay: 'once' | 'resident'
  /** Folders that are there, or were or will be. */
  readonly sources: readonly string[]
  /** Sources that are gone and of which that was told. */
  readonly lost: Set<string>
  /** Where each source was when it was last looked at. */
  readonly mounts: Map<string, FolderPlace>
  /** Reason that was told, by path. */
  readonly told: Map<string, DocumentReason>
  /** Why a job could not be done, as far as it was told. */
  readonly paused: Map<WatchPaused['job'], ErrorCode>
  readonly toldHolds: ToldHolds
  /** Null until the first look succeeded. */
  sightings: ReadonlyMap<string, Sighting> | null
  /** Folders with documents that may still become complete. */
  waitingIn: readonly string[]
}

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

/** What was there before the watch began is told as a sum; a watch that does not stay told it one by one too. */
function firstLook(
  ctx: Ctx,
  { sources, told, stay }: WatchMemory,
  { result, waiting }: Arrived,
): WatchedResult {
  const left = result.documents.filter(isObstacle)
  for (const { file, reason } of left) told.set(file, reason)
  const needsPerson = left.length > 0 || result.orders.some(({ state }) => state === 'held')
  const totals = { ...result.totals, waiting }
  const event = stay === 'once' ? 'looked' : 'started'
  const byHand = result.documents.filter(isByHand)
  for (const { file } of byHand) told.set(file, 'not-automatic')
  const counts = { blocked: left.length, byHand: byHand.length }
  return { ...happened(ctx), needsPerson, event, sources, totals, ...counts }
}

function arrivals(ctx: Ctx, { told, stay }: WatchMemory, { result }: Arrived): WatchedResult[] {
  const byUuid = new Map(result.documents.map((document) => [document.uuid, document]))
  const packaged = result.orders.map((order): WatchedResult => {
    const documents = order.documents.flatMap((uuid) => byUuid.get(uuid) ?? [])
    return { ...happened(ctx), needsPerson: order.state === 'held', event: 'packaged', order, documents }
  })
  const filed = result.documents.flatMap((document): WatchedResult[] =>
    document.result === 'filed' ? [{ ...happened(ctx), needsPerson: false, event: 'filed', document }] : [],
  )
  // One that looks once a turn would tell of what waits for a person at each turn; its sum says how many.
  const isNews = (document: PackagedDocument): document is Left =>
    isObstacle(document) || (stay === 'resident' && isByHand(document))
  const fresh = result.documents.filter(isNews).filter(({ file, reason }) => told.get(file) !== reason)
  for (const { file, reason } of fresh) told.set(file, reason)
  const left = fresh.map((document): WatchedResult => {
    return { ...happened(ctx), needsPerson: isObstacle(document), event: 'not-packaged', document }
  })
  return [...packaged, ...filed, ...left]
}

type Left = PackagedDocument & { readonly reason: DocumentReason }

function isObstacle(document: PackagedDocument): document is Left {
  return document.reason !== null && !HARMLESS_REASONS.includes(document.reason)
}

/** Nothing is wrong with it, and somebody has to send it all the same. */
function isByHand(document: PackagedDocument): document is Left {
  return document.reason === 'not-automatic'
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

interface Step<T> {
  readonly job: WatchPaused['job']
  readonly step: () => Promise<T>
}

/** Does a step; what a later turn may find cured is told once, and told again when it is over. */
async function attempt<T>(
  ctx: Ctx,
  { paused, stay }: WatchMemory,
  { job, step }: Step<T>,
): Promise<{ readonly value: T | null; readonly news: readonly WatchedResult[] }> {
  try {
    const value = await step()
    if (!paused.delete(job)) return { value, news: [] }
    return { value, news: [{ ...happened(ctx), needsPerson: false, event: 'resumed', job, error: null }] }
  } catch (error) {
    if (!(error instanceof CfdiMailError) || stay === 'once' || !mayPass(error.code, job)) throw error
    const { code, params } = error
    if (code === 'SEND_RUNNING' || paused.get(job) === code) return { value: null, news: [] }
    paused.set(job, code)
    const news = {
      ...happened(ctx),
      needsPerson: true,
      event: 'paused',
      job,
      error: { code, params },
    } as const
    return { value: null, news: [news] }
  }
}

/** A store that is damaged stays so. That nothing can be sent or imported is no reason to stop packaging. */
function mayPass(code: ErrorCode, job: WatchPaused['job']): boolean {
  if (code === 'STORE_DAMAGED' || code === 'STORE_NEWER') return false
  return job !== 'package' || ERRORS[code] === 'try-later' || ERRORS[code] === 'no-input'
}

function happened(ctx: Ctx) {
  return { kind: 'watched', at: ctx.now().toISOString() } as const
}
