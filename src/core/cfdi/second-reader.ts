import { type FileFacts, unpackFacts } from './file-facts.ts'
import type { ReadingAnswer, ReadingTask } from './reading-thread.ts'
import { startSecondThread } from './second-thread.ts'

/** A second thread that reads documents while the first does something else. */
export interface SecondReader {
  /** @returns null when it could not: it has ended, or never began */
  read(task: ReadingTask): Promise<readonly FileFacts[] | null>
  /** Lets go of it in the middle of whatever it does. */
  end(): Promise<void>
}

/** Starts one. A thread that cannot start, or breaks, is no error: it answers null, and the caller reads by itself. */
export function startSecondReader(): SecondReader {
  const thread = startSecondThread<ReadingTask, ReadingAnswer>(
    new URL('./reading-thread.ts', import.meta.url),
  )
  return {
    async read(task) {
      const values = await thread.ask(task)
      return values === null ? null : unpackFacts(values)
    },
    end: async () => {
      await thread.end()
    },
  }
}
