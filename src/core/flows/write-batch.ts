import { orderFileName } from '../model/order-file.ts'
import type { Filing } from '../model/filed-package.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import { forgetFiles } from '../store/document-index.ts'
import { enqueueOrders } from '../store/enqueue.ts'
import type { Ctx } from './ctx.ts'
import { exportOrders, isAddressed } from './export-orders.ts'
import { filePackages } from './file-packages.ts'
import { keepSnapshots } from './keep-snapshots.ts'
import type { MadeOrder } from './make-orders.ts'
import type { Packing } from './packing.ts'
import { change, documentOf, type Outcomes } from './packaged-outcomes.ts'
import type { Parcelled } from './parcel.ts'

/** Parcels to be written together, and what is told of their documents. */
export interface ParcelBatch {
  readonly batch: readonly Parcelled[]
  readonly packing: Packing
  readonly outcomes: Outcomes
}

/** Bytes first, in the destination folder and the spool, then the rows that name them. */
export async function writeBatch(
  ctx: Ctx,
  { batch, packing, outcomes }: ParcelBatch,
): Promise<PackagedOrder[]> {
  const left = batch.flatMap((parcelled) => parcelled.left)
  for (const choice of left) outcomes.set(choice.file.path, documentOf(choice))
  // Nothing else is written: a dry run may have been begun before the index was up to date.
  if (packing.mode === 'dry-run') return plan(batch, outcomes).flatMap((parcelled) => parcelled.views)
  // The index is wrong about these: the next run reads them again.
  await forgetFiles(
    ctx.db,
    left.filter(({ reason }) => reason === 'changed').map(({ file }) => file.path),
  )
  const kept = await file(ctx, { batch, outcomes })
  const planned = kept.flatMap((parcelled) => parcelled.views)
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
  for (const { places } of batch) for (const [path, files] of places) change(outcomes, path, { files })
  return batch
}

/**
 * Writes what belongs into destination folders. What cannot be written is not mailed either, with all that shares its message:
 * it is packaged whole once the folder is well again.
 * @returns the parcels that may be queued
 */
async function file(
  ctx: Ctx,
  { batch, outcomes }: Pick<ParcelBatch, 'batch' | 'outcomes'>,
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
  const kept = await keepSnapshots(ctx, made)
  if (spool !== undefined) return await exportOrders(ctx, spool, { made: kept, repetition })
  return await enqueueOrders(
    ctx.db,
    kept.map(({ order }) => order),
    repetition,
  )
}
