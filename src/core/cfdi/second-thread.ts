import { availableParallelism } from 'node:os'
import { parentPort, Worker, workerData, type WorkerOptions } from 'node:worker_threads'

/** Young space of a thread: it keeps nothing of a document, and each MB of it is a MB of the process's peak. */
const YOUNG_MB = 8

/** Whether a second thread has a core of its own. */
export function hasSecondCore(): boolean {
  return availableParallelism() > 1
}

/** A second thread that does something for this one while this one does something else. */
export interface SecondThread<Task, Answer> {
  /** Answers come in the order in which they are asked for. @returns null when it could not: it has ended, or never began */
  ask(task: Task): Promise<Answer | null>
  /** Lets go of it in the middle of whatever it does. */
  end(): Promise<void>
}

/** Starts one. A thread that cannot start, or breaks, is no error: it answers null, and the caller does its work by itself. */
export function startSecondThread<Task, Answer>(entry: URL, data?: unknown): SecondThread<Task, Answer> {
  const pending: ((answer: Answer | null) => void)[] = []
  let thread = start(entry, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } })
  const gone = () => {
    void thread?.terminate()
    thread = null
    for (const answer of pending.splice(0)) answer(null)
  }
  thread?.on('message', (answer: Answer) => pending.shift()?.(answer))
  for (const event of ['error', 'messageerror', 'exit']) thread?.on(event, gone)
  return {
    async ask(task) {
      if (thread === null) return null
      thread.postMessage(task)
      return await new Promise((resolve) => pending.push(resolve))
    },
    async end() {
      await thread?.terminate()
    },
  }
}

function start(entry: URL, options: WorkerOptions): Worker | null {
  try {
    return new Worker(entry, options)
  } catch {
    return null
  }
}

/**
 * The other end: what an entry of a thread does.
 * @param begin given what it was started with, says how each task is answered
 */
export function answerTasks(begin: (data: never) => (task: never) => unknown): void {
  const answer = begin(workerData as never)
  parentPort?.on('message', (task: unknown) => {
    parentPort?.postMessage(answer(task as never))
  })
}
