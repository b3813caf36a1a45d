import { removeFile } from '../files/after-send.ts'
import { type Fate, fateOf, type Removal } from '../model/after-send.ts'
import type { NewEvent } from '../model/event.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { TidiedFiles } from '../model/results/outbox.ts'
import {
  endFiles,
  type FileEnd,
  markRemoving,
  sourcesAmong,
  spentFiles,
  type SpentRow,
} from '../store/spent-files.ts'
import type { Ctx } from './ctx.ts'

/** Files whose end is written in one commit. */
const BATCH = 100

/**
 * After sending (después de enviar): files in destination folders whose orders are sent to every recipient go where the
 * packaging type says. Looks at the store and not at this run, so what a person or a bounce report has settled since counts
 * too, and what a run that died had begun is ended.
 */
export async function tidyUp(ctx: Ctx, types: ReadonlyMap<string, PackagingType>): Promise<TidiedFiles> {
  const files = await spentFiles(ctx.db)
  const ended: Ended[] = []
  for (let start = 0; start < files.length && !ctx.signal.aborted; start += BATCH) {
    ended.push(...(await tidyBatch(ctx, files.slice(start, start + BATCH), types)))
  }
  const count = (outcome: Removal['outcome']) => ended.filter(({ end }) => end.outcome === outcome).length
  return { trashed: count('trashed'), deleted: count('deleted'), kept: count('kept') }
}

interface Ended {
  readonly file: SpentRow
  readonly end: Removal | { readonly outcome: 'stays' }
}

async function tidyBatch(
  ctx: Ctx,
  files: readonly SpentRow[],
  types: ReadonlyMap<string, PackagingType>,
): Promise<readonly Ended[]> {
  const sources = await sourcesAmong(
    ctx.db,
    files.map(({ path }) => path),
  )
  const fates = files.map((file) => ({ file, fate: fateOf(file, types.get(file.type), sources) }))
  const going = fates.filter(({ fate }) => fate === 'trash' || fate === 'delete')
  await markRemoving(
    ctx.db,
    going.map(({ file }) => file.path),
    ctx.now(),
  )
  ctx.fault('after-send-marked')
  const ended: Ended[] = []
  for (const { file, fate } of fates) ended.push({ file, end: await endOf(file, fate) })
  ctx.fault('after-send-done')
  await endFiles(ctx.db, {
    ends: ended.flatMap(rowOf),
    events: eventsOf(ended, types, ctx.now()),
    at: ctx.now(),
  })
  return ended
}

async function endOf(file: SpentRow, fate: Fate): Promise<Ended['end']> {
  if (fate === 'stays') return { outcome: 'stays' }
  if (typeof fate !== 'string') return fate
  const removal = await removeFile(file, fate)
  // The run that had begun with it took it away and died before it could say so.
  if (removal.outcome === 'gone' && file.state === 'removing') {
    return { outcome: fate === 'trash' ? 'trashed' : 'deleted' }
  }
  return removal
}

/** A folder that is not there now is asked again by the next run. */
function rowOf({ file, end }: Ended): FileEnd[] {
  if (end.outcome === 'later') return []
  return [{ path: file.path, state: end.outcome, reason: end.outcome === 'kept' ? end.reason : '' }]
}

/** One event an order for what went, one a file for what was kept. */
function eventsOf(ended: readonly Ended[], types: ReadonlyMap<string, PackagingType>, at: Date): NewEvent[] {
  const kept = ended.flatMap(({ file, end }): NewEvent[] =>
    end.outcome === 'kept'
      ? [eventOf(file, { at, level: 'warning', detail: `kept ${end.reason}: ${end.detail}` })]
      : [],
  )
  const gone = new Map<
    string,
    { readonly file: SpentRow; readonly outcome: string; readonly paths: string[] }
  >()
  for (const { file, end } of ended) {
    if (end.outcome !== 'trashed' && end.outcome !== 'deleted' && end.outcome !== 'gone') continue
    if (types.get(file.type)?.logSuccess === false) continue
    const key = `${file.order} ${end.outcome}`
    const known = gone.get(key) ?? { file, outcome: end.outcome, paths: [] }
    known.paths.push(file.path)
    gone.set(key, known)
  }
  const done = [...gone.values()].map(({ file, outcome, paths }) =>
    eventOf(file, { at, level: 'info', detail: `${outcome}: ${paths.join(', ')}` }),
  )
  return [...done, ...kept]
}

function eventOf(
  { order, customer, uuid }: SpentRow,
  { at, level, detail }: { readonly at: Date; readonly level: NewEvent['level']; readonly detail: string },
): NewEvent {
  return { at: at.toISOString(), level, event: 'after-send', order, customer, uuid, recipient: null, detail }
}
