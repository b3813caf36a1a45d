import { type DocumentReason, HARMLESS_REASONS } from '../model/document-reason.ts'
import type { PackagedDocument } from '../model/results/packaged.ts'
import type { WatchedResult } from '../model/results/watched.ts'
import type { Ctx } from './ctx.ts'
import type { Arrived } from './package-arrived.ts'
import type { WatchMemory } from './watch-memory.ts'

/** What was there before the watch began is told as a sum; a watch that does not stay told it one by one too. */
export function firstLook(
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

/** What was packaged, filed or left since the last look. */
export function arrivals(ctx: Ctx, { told, stay }: WatchMemory, { result }: Arrived): WatchedResult[] {
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

/** The beginning of every line of a watch. */
export function happened(ctx: Ctx) {
  return { kind: 'watched', at: ctx.now().toISOString() } as const
}
