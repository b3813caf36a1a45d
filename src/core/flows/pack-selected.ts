import type { PackagedRun } from '../model/results/packaged.ts'
import type { DocumentFilter } from '../store/document-filter.ts'
import { keepFewPages } from '../store/page-cache.ts'
import { countSelected } from '../store/selected-documents.ts'
import { besideWriter } from './beside-writer.ts'
import { type Chooser, type ChoiceRules, makesArchives, openChooser } from './choose-among.ts'
import { chooseInBatches } from './choose-in-batches.ts'
import type { Ctx } from './ctx.ts'
import { inLittleMemory } from './little-memory.ts'
import { openParcelDesk } from './make-parcels.ts'
import { packBatch, type PackedBatch } from './pack-choices.ts'
import type { Packing } from './packing.ts'
import { logRefused } from './package-aftermath.ts'
import type { PackagingReport } from './packaging-report.ts'
import { takeTurn } from './turn.ts'

/** Which documents of the index, chosen and packed how. */
export interface SelectedRun {
  readonly filter: DocumentFilter
  readonly rules: ChoiceRules
  readonly packing: Packing
}

/**
 * Chooses and packs the selected documents batch by batch, so that of any number of them only some are in memory. Each batch is
 * told to the report when it is on the disk; a signal ends the run after the one in hand.
 * @throws what `packBatch` says; BAD_ADDENDA_DATA, BAD_CSV, FILE_NOT_FOUND for a file of data named for the run
 */
export async function packSelected(
  ctx: Ctx,
  run: SelectedRun,
  report: PackagingReport<PackagedRun>,
): Promise<void> {
  // The folders were not read to their end: the index knows a part, and nothing is packaged by halves.
  if (ctx.signal.aborted) return
  if (run.packing.mode === 'write') await keepFewPages(ctx.db)
  const chooser = await openChooser(ctx, run.rules)
  const packing = async () => {
    let before: (() => Promise<PackedBatch>) | null = null
    for await (const packed of packBatches(ctx, chooser, run)) {
      if (before !== null) await tell(ctx, await before(), { run, report })
      before = packed
    }
    if (before !== null) await tell(ctx, await before(), { run, report })
  }
  // With archives it is a sixth of the time, for a twentieth of the memory: all files of a customer are alive together.
  await (makesArchives(chooser) ? packing() : inLittleMemory(packing))
}

/** Gives each batch while the last of it is still being written. */
async function* packBatches(
  ctx: Ctx,
  chooser: Chooser,
  { filter, packing }: SelectedRun,
): AsyncGenerator<() => Promise<PackedBatch>> {
  const desk = await openParcelDesk(ctx, chooser.types, packing)
  const total = await countSelected(ctx.db, filter)
  const writer = besideWriter()
  let done = 0
  try {
    const wanted = { filter, views: packing.views ?? 'whole' }
    for await (const choices of chooseInBatches(ctx, chooser, wanted)) {
      const progress = (more: number) => {
        ctx.progress('package', done + more, total)
      }
      yield await packBatch(ctx, choices, { packing, desk, progress, writer })
      done += choices.length
      progress(0)
      await takeTurn()
      if (ctx.signal.aborted) return
    }
  } finally {
    await desk.zipper.stop()
  }
}

interface Telling {
  readonly run: SelectedRun
  readonly report: PackagingReport<PackagedRun>
}

async function tell(ctx: Ctx, { documents, orders }: PackedBatch, { run, report }: Telling): Promise<void> {
  if (run.packing.mode === 'write') await logRefused(ctx, documents)
  report.add(documents, orders)
}
