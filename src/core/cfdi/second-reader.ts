import { Worker } from 'node:worker_threads'
import { type FileFacts, unpackFacts } from './file-facts.ts'
import type { ReadingAnswer, ReadingTask } from './reading-thread.ts'

/** Young space of the thread: it keeps nothing of a document, and each MB of it is a MB of the process's peak. */
const YOUNG_MB = 8

/** A second thread that reads documents while the first does something else. */
export interface SecondReader {
  /** @returns null when it could not: it has ended, or never began */
  read(task: ReadingTask): Promise<readonly FileFacts[] | null>
  /** Lets go of it in the middle of whatever it does. */
  end(): Promise<void>
}

type Answer = (facts: readonly FileFacts[] | null) => void

/** Starts one. A thread that cannot start, or breaks, is no error: it answers null, and the caller reads by itself. */
export function startSecondReader(): SecondReader {
  const pending: Answer[] = []
  let thread = startThread()
  const gone = () => {
    void thread?.terminate()
    thread = null
    for (const answer of pending.splice(0)) answer(null)
  }
  thread?.on('message', (values: ReadingAnswer) => pending.shift()?.(unpackFacts(values)))
  for (const event of ['error', 'messageerror', 'exit']) thread?.on(event, gone)
  return {
    async read(task) {
      if (thread === null) return null
      thread.postMessage(task)
      return await new Promise((resolve) => pending.push(resolve))
    },
    async end() {
      await thread?.terminate()
    },
  }
}

function startThread(): Worker | null {
  try {
    return new Worker(new URL('./reading-thread.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    })
  } catch {
    return null
  }
}
