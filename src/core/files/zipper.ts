import { availableParallelism } from 'node:os'
import { type Archive, type ArchiveFile, zipFiles } from './archive.ts'
import { type SecondZipper, startSecondZipper } from './second-zipper.ts'
import { sha256Of } from './spool.ts'

/** So many archives are made in this thread before another is worth its start (some 50 ms). */
const FEW = 4

/** Makes archives in memory: a few in this thread, many in a second one, while this one makes the messages around them. */
export interface Zipper {
  /** As `zipFiles`, whose errors it has. Archives are made in the order in which they are asked for. */
  zip(files: readonly ArchiveFile[], date: Date): Promise<Archive>
  /** Ends the second thread, in the middle of whatever it does. */
  stop(): Promise<void>
}

export function openZipper(): Zipper {
  let second: SecondZipper | null = null
  let archives = 0
  return {
    async zip(files, date) {
      archives++
      if (archives > FEW && availableParallelism() > 1) second ??= startSecondZipper()
      return (await second?.zip(files, date)) ?? (await zipHere(files, date))
    },
    async stop() {
      await second?.end()
    },
  }
}

async function zipHere(files: readonly ArchiveFile[], date: Date): Promise<Archive> {
  const content = await zipFiles(files, date)
  return { content, sha256: sha256Of(content) }
}
