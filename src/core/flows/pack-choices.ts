import type { OrderSpool } from '../files/order-spool.ts'
import { storeBlobs } from '../files/spool.ts'
import type { AddendaWishes } from '../model/addenda.ts'
import { orderFileName } from '../model/order-file.ts'
import type { Filing } from '../model/filed-package.ts'
import type { Period } from '../model/period.ts'
import type { Choice } from '../model/choice.ts'
import type { PackagedDocument, PackagedOrder, PackagedResult } from '../model/results/packaged.ts'
import { forgetFiles } from '../store/document-index.ts'
import type { IndexedFile } from '../store/documents.ts'
import { enqueueOrders } from '../store/enqueue.ts'
import type { Ctx } from './ctx.ts'
import { exportOrders, isAddressed } from './export-orders.ts'
import { filePackages } from './file-packages.ts'
import type { MadeOrder } from './make-orders.ts'
import { inLittleMemory } from './little-memory.ts'
import { makeParcels, openParcelDesk, type ParcelDesk } from './make-parcels.ts'
import { change, documentOf, type Outcomes } from './packaged-outcomes.ts'
import { listedReport } from './packaging-report.ts'
import type { Parcelled } from './parcel.ts'
import { takeTurn } from './turn.ts'
import { type BesideWriter, besideWriter } from './beside-writer.ts'
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
  /** `counted` leaves out of a dry run's orders what only a reader asks for. */
  readonly views?: 'whole' | 'counted'
}

/**
 * Makes send orders of what was chosen and queues them.
 * @throws DISK_FULL, STORE_BUSY; BAD_ADDENDA_DATA, BAD_CSV, FILE_NOT_FOUND for a file of data named for the run
 */
export async function packChoices(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  packing: Packing,
): Promise<PackagedResult> {
  const report = listedReport(packing)
  const types = choices.flatMap((choice) => (choice.result === 'take' ? [choice.type] : []))
  const desk = await openParcelDesk(ctx, types, packing)
  const progress = (done: number) => {
    ctx.progress('package', done, choices.length)
  }
  const run = { packing, desk, progress, writer: besideWriter() }
  try {
    const { documents, orders } = await inLittleMemory(
      async () => await (await packBatch(ctx, choices, run))(),
    )
    report.add(documents, orders)
    return report.result()
  } finally {
    await desk.zipper.stop()
  }
}

/** How the batches of a run are packed. */
export interface PackingRun {
  readonly packing: Packing
  readonly desk: ParcelDesk
  /** Told how many of the choices are done. */
  readonly progress: (done: number) => void
  readonly writer: BesideWriter
}

/** What became of some choices. */
export interface PackedBatch {
  readonly documents: readonly PackagedDocument[]
  readonly orders: readonly PackagedOrder[]
}

/**
 * Packs some choices of a run: what belongs into one message or archive is among them. A signal ends it after what is in hand,
 * and nothing is said of the rest.
 * @returns waits until the last of it is on the disk, and tells what became of them
 * @throws DISK_FULL, STORE_BUSY
 */
export async function packBatch(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  { packing, desk, progress, writer }: PackingRun,
): Promise<() => Promise<PackedBatch>> {
  const outcomes: Outcomes = new Map(choices.map((choice) => [choice.file.path, documentOf(choice)]))
  const orders: PackagedOrder[] = []
  let batch: Parcelled[] = []
  let bytes = 0
  const write = async (batch: readonly Parcelled[]) => {
    for (const order of await flush(ctx, { batch, packing, outcomes })) orders.push(order)
  }
  const unreached = new Set(choices.filter(({ result }) => result === 'take').map(({ file }) => file.path))
  const rest = await zipFirst(ctx, { choices, packing, outcomes })
  for (const [path, { files }] of outcomes) if (files.length > 0) unreached.delete(path)
  for await (const parcelled of makeParcels(ctx, rest, { ...packing, desk })) {
    batch.push(parcelled)
    for (const { path } of parcelled.files) unreached.delete(path)
    bytes += parcelled.bytes
    if (bytes < BATCH_BYTES) continue
    await writer.write(write.bind(null, batch))
    progress(choices.length - unreached.size)
    await takeTurn()
    batch = []
    bytes = 0
    if (ctx.signal.aborted) break
  }
  await writer.write(write.bind(null, batch))
  const written = writer.last()
  return async () => {
    await written
    forget(unreached, outcomes)
    return { documents: [...outcomes.values()], orders }
  }
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
