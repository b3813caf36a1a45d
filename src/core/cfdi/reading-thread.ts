/** A thread that reads documents for another one: an entry of its own, started by second-reader.ts. */
import { packFacts, type PackedFacts, readFacts } from './file-facts.ts'
import { answerTasks } from './second-thread.ts'

/** What it is asked: the files of a group. */
export interface ReadingTask {
  readonly paths: readonly string[]
  readonly maxBytes: number
}

/** What it answers, group after group in the order in which they came. */
export type ReadingAnswer = PackedFacts

answerTasks(
  () =>
    ({ paths, maxBytes }: ReadingTask): ReadingAnswer =>
      packFacts(paths.map((path) => readFacts(path, maxBytes))),
)
