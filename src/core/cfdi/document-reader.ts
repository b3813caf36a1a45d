import { availableParallelism } from 'node:os'
import { type FileFacts, readFacts } from './file-facts.ts'
import { type SecondReader, startSecondReader } from './second-reader.ts'

/** So many files are read by one thread before another is worth its start (some 50 ms). */
const FEW = 500

/** Reads documents: a few in this thread, many in a second one, while this one writes what it was told of the ones before. */
export interface DocumentReader {
  /**
   * Reads a group of files.
   * @returns what each says, in the same order; null for one that `stop` left unread
   */
  read(paths: readonly string[]): Promise<readonly FileFacts[] | null>
  /** Ends the second thread, in the middle of whatever it does. */
  stop(): Promise<void>
}

/** @param maxBytes larger files are refused before they are read */
export function documentReader(maxBytes: number): DocumentReader {
  let second: SecondReader | null = null
  let files = 0
  let isStopped = false
  const readHere = (paths: readonly string[]) => paths.map((path) => readFacts(path, maxBytes))
  return {
    async read(paths) {
      if (isStopped) return null
      files += paths.length
      if (files > FEW && availableParallelism() > 1) second ??= startSecondReader()
      if (second === null) return readHere(paths)
      const facts = await second.read({ paths, maxBytes })
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `stop` may have come meanwhile
      return facts ?? (isStopped ? null : readHere(paths))
    },
    async stop() {
      isStopped = true
      await second?.end()
    },
  }
}
