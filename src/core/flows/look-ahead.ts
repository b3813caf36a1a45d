import { hasSecondCore } from '../cfdi/second-thread.ts'
import { countKnown } from '../store/known-files.ts'
import { keepFewPages } from '../store/page-cache.ts'
import { storeState } from '../store/store-state.ts'
import type { Ctx } from './ctx.ts'
import { indexFolders } from './index-sources.ts'

/** Known files from which on a second thread is worth its start. */
const MANY = 2_000

/** Where is looked. */
export interface Looking {
  /** As `sourceFolders` gives them. */
  readonly folders: readonly string[]
  /** As `indexFolders` tells it: only where nothing is looked for yet. */
  readonly onWait: () => void
}

/**
 * Brings the index up to date and gives what `look` finds in it. Where it knows many files a second thread walks, and this one
 * looks at once, at the index as it is. When the walk is over and not a row was written since, by whomever, that was the index:
 * what was found stands. Else it is thrown away, and looked for again. So does a signal in the walk, as without this.
 * @param look writes nothing into the store, and ends early when its context's signal says so
 * @throws what `look` says, when the index is up to date
 */
export async function indexAndLook<T>(
  ctx: Ctx,
  { folders, onWait }: Looking,
  look: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  if (!hasSecondCore() || countKnown(ctx.db, folders) < MANY) {
    await indexFolders(ctx, folders, { onWait })
    return await look(ctx)
  }
  await keepFewPages(ctx.db)
  const before = storeState(ctx.db)
  const ahead = lookAhead(ctx, look)
  try {
    await indexFolders(ctx, folders, { walker: 'beside', onNews: ahead.stop })
    if (!ctx.signal.aborted && !ahead.isStopped() && storeState(ctx.db) === before) return await ahead.found()
  } finally {
    await ahead.end()
  }
  return await look(ctx)
}

/** A look that may turn out to be for nothing. */
interface Ahead<T> {
  /** What it finds is not wanted any more. */
  readonly stop: () => void
  readonly isStopped: () => boolean
  /** Waits for its end, which is seen from now on. @throws what it ended with */
  found(): Promise<T>
  /** Stops it, and waits until nothing of it is left. */
  end(): Promise<void>
}

function lookAhead<T>(ctx: Ctx, look: (ctx: Ctx) => Promise<T>): Ahead<T> {
  const stopping = new AbortController()
  let progress: Ctx['progress'] = () => undefined
  const looking = look({
    ...ctx,
    signal: AbortSignal.any([ctx.signal, stopping.signal]),
    // Meanwhile the line on the terminal is the walk's.
    progress: (...done) => {
      progress(...done)
    },
  })
  const ended = looking.then(
    () => undefined,
    () => undefined,
  )
  return {
    stop: () => {
      stopping.abort()
    },
    isStopped: () => stopping.signal.aborted,
    async found() {
      progress = ctx.progress
      return await looking
    },
    async end() {
      stopping.abort()
      await ended
    },
  }
}
