import { type SecondThread, startSecondThread } from '../cfdi/second-thread.ts'
import type { Compared } from './compare-folder.ts'
import type { ComparingAnswer, ComparingData, ComparingTask } from './comparing-thread.ts'

/** Steps that the thread may be ahead: as much as is in memory. */
const AHEAD = 4

/** A thread that compares a folder with the index. */
export type ComparingThread = SecondThread<ComparingTask, ComparingAnswer>

export function startComparingThread(data: ComparingData): ComparingThread {
  return startSecondThread(new URL('./comparing-thread.ts', import.meta.url), data)
}

/**
 * The steps of `compareFolder`, by a thread; it is ended here.
 * @param otherwise goes through them when the thread could not start, or broke: from the first, as it may
 */
export async function* compareBeside(
  thread: ComparingThread,
  otherwise: () => Iterable<Compared>,
): AsyncGenerator<Compared> {
  const asked = Array.from({ length: AHEAD }, () => thread.ask('more'))
  try {
    for (;;) {
      const answer = (await asked.shift()) ?? null
      if (answer === 'over') return
      if (answer === null) break
      asked.push(thread.ask('more'))
      yield answer
    }
  } finally {
    await thread.end()
  }
  yield* otherwise()
}
