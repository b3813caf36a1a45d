import type { OrderSpool } from '../files/order-spool.ts'
import { storeBlobs } from '../files/spool.ts'
import type { AddendaWishes } from '../model/addenda.ts'
import { orderFileName } from '../model/order-file.ts'
import type { Filing } from '../model/filed-package.ts'
import type { Period } from '../model/period.ts'
import type { Choice } from '../model/choice.ts'
import type { PackagedOrder, PackagedResult } from '../model/results/packaged.ts'
import { forgetFiles } from '../store/document-index.ts'
import type { IndexedFile } from '../store/documents.ts'
import { enqueueOrders } from '../store/enqueue.ts'
import type { Ctx } from './ctx.ts'
import { exportOrders, isAddressed } from './export-orders.ts'
import { filePackages } from './file-packages.ts'
import type { MadeOrder } from './make-orders.ts'
import { inLittleMemory } from './little-memory.ts'
import { makeParcels } from './make-parcels.ts'
import { change, documentOf, type Outcomes, packagedResult } from './packaged-outcomes.ts'
import type { Parcelled } from './parcel.ts'
import { takeTurn } from './turn.ts'
import { isZipped, zipPackages } from './zip-packages.ts'

/** Bytes of attachments that are written and queued together: memory stays flat whatever the run's length. */
const BATCH_BYTES = 4 * 1024 * 1024

/** How chosen documents are packed. */
export interface Packing {
  /** Packaging type asked for, or null for each customer's own: only told. */
  readonly type: string | null
  readonly repetition: 'once' | 'again'
  readonly reason: string | null
  readonly mode: 'write' | 'dry-run'
  readonly addenda?: AddendaWishes | undefined
  /** Writes order files for another mailer there instead of queueing; left out to queue. */
  readonly spool?: OrderSpool
  /** The range that was asked for, which archives in destination folders are named after. */
  readonly period?: Period
}

/**
 * Makes send orders of what was chosen and queues them, in batches that keep memory flat. A signal ends it after the batch in
 * hand.
 * @throws DISK_FULL, STORE_BUSY; BAD_ADDENDA_DATA, BAD_CSV, FILE_NOT_FOUND for a file of data named for the run
 */
export async function packChoices(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  packing: Packing,
): Promise<PackagedResult> {
  return await inLittleMemory(() => packed(ctx, choices, packing))
}

async function packed(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  packing: Packing,
): Promise<PackagedResult> {
  const outcomes: Outcomes = new Map(choices.map((choice) => [choice.file.path, documentOf(choice)]))
  const orders: PackagedOrder[] = []
  let batch: Parcelled[] = []
  let bytes = 0
  let flushing = begin(Promise.resolve<PackagedOrder[]>([]))
  const unreached = new Set(choices.filter(({ result }) => result === 'take').map(({ file }) => file.path))
  const rest = await zipFirst(ctx, { choices, packing, outcomes })
  for (const [path, { files }] of outcomes) if (files.length > 0) unreached.delete(path)
  for await (const parcelled of makeParcels(ctx, rest, packing)) {
    batch.push(parcelled)
    for (const { path } of parcelled.files) unreached.delete(path)
    bytes += parcelled.bytes
    if (bytes < BATCH_BYTES) continue
    // One batch goes to the disk while the next is made.
    orders.push(...(await flushing))
    flushing = begin(flush(ctx, { batch, packing, outcomes }))
    ctx.progress('package', choices.length - unreached.size, choices.length)
    await takeTurn()
    batch = []
    bytes = 0
    if (ctx.signal.aborted) break
  }
  orders.push(...(await flushing), ...(await flush(ctx, { batch, packing, outcomes })))
  forget(unreached, outcomes)
  return packagedResult(packing, [...outcomes.values()], orders)
}

/** Another run packaged these between the choice and now; or there is nobody to write an order file for. */
function correct(outcomes: Outcomes, { files, made }: Parcelled, { spool }: Packing): void {
  const isNobodys = spool !== undefined && made.length > 0 && !made.some(isAddressed)
  const outcome = isNobodys
    ? ({ result: 'skipped', reason: 'no-address' } as const)
    : ({ result: 'already', reason: 'already' } as const)
  for (const { path } of files) {
    const known = outcomes.get(path)
    if (known !== undefined) outcomes.set(path, { ...known, ...outcome })
  }
}

/** Queues the orders, or hands them to another mailer; their bytes are kept here either way. */
async function hand(
  ctx: Ctx,
  made: readonly MadeOrder[],
  { spool, repetition }: Packing,
): Promise<ReadonlySet<string>> {
  await storeBlobs(ctx.folders.spool, new Map(made.flatMap(({ blobs }) => [...blobs])), ctx.fault)
  ctx.fault('snapshot')
  if (spool !== undefined) return await exportOrders(ctx, spool, { made, repetition })
  return await enqueueOrders(
    ctx.db,
    made.map(({ order }) => order),
    repetition,
  )
}

/** A signal came before their turn: nothing is said of them. */
function forget(unreached: ReadonlySet<string>, outcomes: Outcomes): void {
  for (const path of unreached) {
    const result = outcomes.get(path)?.result
    if (result === 'queued' || result === 'filed') outcomes.delete(path)
  }
}

interface ZipFirst {
  readonly choices: readonly Choice<IndexedFile>[]
  readonly packing: Packing
  readonly outcomes: Outcomes
}

/**
 * Archives are complete before the first order is queued: what is not filed is not mailed.
 * @returns the choices that are left to be packed
 */
async function zipFirst(
  ctx: Ctx,
  { choices, packing, outcomes }: ZipFirst,
): Promise<readonly Choice<IndexedFile>[]> {
  const { filings, left } = await zipPackages(ctx, choices, packing)
  for (const choice of left) outcomes.set(choice.file.path, documentOf(choice))
  for (const [path, filing] of filings) {
    if (filing.ok) change(outcomes, path, { files: filing.files.map((file) => file.path) })
    else change(outcomes, path, { result: 'skipped', ...pickReason(filing) })
  }
  return choices.filter((choice) => {
    if (choice.result !== 'take' || !isZipped(choice.type)) return true
    return choice.route === 'mail' && filings.get(choice.file.path)?.ok === true
  })
}

/** A promise that is awaited later: its failure is met there, also when something else is thrown before. */
function begin<T>(running: Promise<T>): Promise<T> {
  running.catch(() => undefined)
  return running
}

interface Flushing {
  readonly batch: readonly Parcelled[]
  readonly packing: Packing
  readonly outcomes: Outcomes
}

/** Bytes first, in the destination folder and the spool, then the rows that name them. */
async function flush(ctx: Ctx, { batch, packing, outcomes }: Flushing): Promise<PackagedOrder[]> {
  const left = batch.flatMap((parcelled) => parcelled.left)
  for (const choice of left) outcomes.set(choice.file.path, documentOf(choice))
  // The index is wrong about these: the next run reads them again.
  await forgetFiles(
    ctx.db,
    left.filter(({ reason }) => reason === 'changed').map(({ file }) => file.path),
  )
  const kept = packing.mode === 'dry-run' ? plan(batch, outcomes) : await file(ctx, { batch, outcomes })
  const planned = kept.flatMap((parcelled) => parcelled.views)
  if (packing.mode === 'dry-run') return planned
  const made = kept.flatMap((parcelled) => parcelled.made)
  const written = await hand(ctx, made, packing)
  const unwritten = kept.filter(({ views }) => views.length > 0 && !views.some(({ id }) => written.has(id)))
  for (const parcel of unwritten) correct(outcomes, parcel, packing)
  const views = planned.filter((view) => written.has(view.id))
  return packing.spool === undefined ? views : views.map(exportedView)
}

function exportedView(view: PackagedOrder): PackagedOrder {
  const state = view.state === 'pending' ? 'exported' : view.state
  return { ...view, state, orderFile: orderFileName(view.id) }
}

/** Tells where a dry run's documents would go. */
function plan(batch: readonly Parcelled[], outcomes: Outcomes): readonly Parcelled[] {
  for (const [path, files] of batch.flatMap(({ places }) => [...places])) change(outcomes, path, { files })
  return batch
}

/**
 * Writes what belongs into destination folders. What cannot be written is not mailed either, with all that shares its message:
 * it is packaged whole once the folder is well again.
 * @returns the parcels that may be queued
 */
async function file(
  ctx: Ctx,
  { batch, outcomes }: Pick<Flushing, 'batch' | 'outcomes'>,
): Promise<readonly Parcelled[]> {
  const filings = await filePackages(
    ctx,
    batch.flatMap((parcelled) => parcelled.filings),
  )
  return batch.filter((parcelled) => {
    const own = parcelled.filings.map(({ document }) => filings.get(document.file.path))
    const failed = own.find((filing) => filing?.ok === false)
    for (const { path } of parcelled.files) {
      const filing = filings.get(path)
      if (failed?.ok === false) change(outcomes, path, { result: 'skipped', ...pickReason(failed) })
      else if (filing?.ok === true) change(outcomes, path, { files: filing.files.map((one) => one.path) })
    }
    return failed === undefined
  })
}

function pickReason({ reason, detail }: Extract<Filing, { readonly ok: false }>) {
  return { reason, detail }
}
