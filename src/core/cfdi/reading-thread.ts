/** A thread that reads documents for another one: an entry of its own, started by second-reader.ts. */
import { parentPort } from 'node:worker_threads'
import { packFacts, type PackedFacts, readFacts } from './file-facts.ts'

/** What it is asked: the files of a group. */
export interface ReadingTask {
  readonly paths: readonly string[]
  readonly maxBytes: number
}

/** What it answers, group after group in the order in which they came. */
export type ReadingAnswer = PackedFacts

parentPort?.on('message', ({ paths, maxBytes }: ReadingTask) => {
  parentPort?.postMessage(packFacts(paths.map((path) => readFacts(path, maxBytes))) satisfies ReadingAnswer)
})
