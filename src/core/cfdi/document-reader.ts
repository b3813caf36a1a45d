import { type FileFacts, readFacts } from './file-facts.ts'
import { type SecondReader, startSecondReader } from './second-reader.ts'
import { hasSecondCore } from './second-thread.ts'

/**
 * So many files are read by one thread before another is worth its start (some 50 ms). Where this one reads documents later too, as
 * packing does, its reader is compiled in any case, and the second's would be besides.
 */
const FEW = { once: 500, again: 2_500 }

export interface ReaderOptions {
  /** Larger files are refused before they are read, bytes. */
  readonly maxBytes: number
  /** Whether this thread reads documents later too; left out, only now. */
  readonly here?: keyof typeof FEW
}

/**
 * Reads documents: a few in this thread, many in a second one, while this one writes what it was told of the ones before. The first
 * wait until it is known whether they are many: reading some of them here first would have the reader compiled twice.
 */
export interface DocumentReader {
  /**
   * Reads a group of files, of the first few only after `flush`.
   * @returns what each says, in the same order; null for one that `stop` left unread
   */
  read(paths: readonly string[]): Promise<readonly FileFacts[] | null>
  /** Somebody waits for what was asked for. */
  flush(): void
  /** Ends the second thread, in the middle of whatever it does. */
  stop(): Promise<void>
}

export function documentReader({ maxBytes, here = 'once' }: ReaderOptions): DocumentReader {
  let second: SecondReader | null = null
  let files = 0
  let isStopped = false
  const waiting: (() => void)[] = []
  const readHere = (paths: readonly string[]) => paths.map((path) => readFacts(path, maxBytes))
  // Asked and not remembered: `stop` may have come meanwhile.
  const isOver = () => isStopped
  const readNow = async (paths: readonly string[]) => {
    if (isOver()) return null
    if (second === null) return readHere(paths)
    const facts = await second.read({ paths, maxBytes })
    return facts ?? (isOver() ? null : readHere(paths))
  }
  // One a turn: a signal is heard between two groups.
  const flush = () => {
    const go = waiting.shift()
    if (go === undefined) return
    go()
    setImmediate(flush)
  }
  return {
    async read(paths) {
      files += paths.length
      if (hasSecondCore() && !isStopped) {
        if (files <= FEW[here])
          return await new Promise((resolve) => {
            waiting.push(() => {
              resolve(readNow(paths))
            })
          })
        second ??= startSecondReader()
      }
      flush()
      return await readNow(paths)
    },
    flush,
    async stop() {
      isStopped = true
      flush()
      await second?.end()
    },
  }
}
