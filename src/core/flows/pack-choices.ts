import type { Choice } from '../model/choice.ts'
import type { PackagedDocument, PackagedOrder, PackagedResult } from '../model/results/packaged.ts'
import type { IndexedFile } from '../store/documents.ts'
import type { Ctx } from './ctx.ts'
import { growAsUsual, inLittleMemory, keepYoungSpace } from './little-memory.ts'
import { makeParcels, openParcelDesk, type ParcelDesk } from './make-parcels.ts'
import { change, documentOf, type Outcomes } from './packaged-outcomes.ts'
import { listedReport } from './packaging-report.ts'
import type { Packing } from './packing.ts'
import type { Parcelled } from './parcel.ts'
import { takeTurn } from './turn.ts'
import { type BesideWriter, besideWriter } from './beside-writer.ts'
import { writeBatch } from './write-batch.ts'
import { isZipped, zipPackages } from './zip-packages.ts'

/** Bytes of attachments that are written and queued together: memory stays flat whatever the run's length. */
const BATCH_BYTES = 4 * 1024 * 1024

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
    return report.result(ctx.signal)
  } finally {
    await desk.zipper.stop()
    // What is packed for the watch is sent by the same process, by modules that are not loaded yet.
    growAsUsual()
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
    if (packing.mode === 'write') keepYoungSpace()
    for (const order of await writeBatch(ctx, { batch, packing, outcomes })) orders.push(order)
  }
  const rest = await zipFirst(ctx, { choices, packing, outcomes })
  const waiting = rest.filter(({ result }) => result === 'take').length
  const reached: IndexedFile[] = []
  for await (const some of makeParcels(ctx, rest, { ...packing, desk })) {
    for (const parcelled of some) {
      batch.push(parcelled)
      for (const file of parcelled.files) reached.push(file)
      bytes += parcelled.bytes
    }
    if (bytes < BATCH_BYTES) continue
    await writer.write(write.bind(null, batch))
    progress(choices.length - waiting + reached.length)
    await takeTurn()
    batch = []
    bytes = 0
    if (ctx.signal.aborted) break
  }
  await writer.write(write.bind(null, batch))
  const written = writer.last()
  return async () => {
    await written
    if (ctx.signal.aborted) forgetUnreached(choices, reached, outcomes)
    return { documents: [...outcomes.values()], orders }
  }
}

/** A signal came before the turn of some: nothing is said of them. What is in an archive had its turn. */
function forgetUnreached(
  choices: readonly Choice<IndexedFile>[],
  reached: readonly IndexedFile[],
  outcomes: Outcomes,
): void {
  const had = new Set(reached)
  for (const { file } of choices) {
    const outcome = outcomes.get(file.path)
    if (had.has(file) || outcome === undefined || outcome.files.length > 0) continue
    if (outcome.result === 'queued' || outcome.result === 'filed') outcomes.delete(file.path)
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
    else change(outcomes, path, { result: 'skipped', reason: filing.reason, detail: filing.detail })
  }
  return choices.filter((choice) => {
    if (choice.result !== 'take' || !isZipped(choice.type)) return true
    return choice.route === 'mail' && filings.get(choice.file.path)?.ok === true
  })
}
