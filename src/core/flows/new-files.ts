import type { DocumentReader } from '../cfdi/document-reader.ts'
import type { FileFacts } from '../cfdi/file-facts.ts'
import { type ReadFile, saveFiles } from '../store/document-index.ts'
import type { Db } from '../store/schema.ts'
import type { ToRead } from './compare-folder.ts'

/** Files that are read together. */
const GROUP = 100
/**
 * Files written in one commit: few enough that memory stays flat. A commit writes each page it touched, and UUIDs touch them
 * all.
 */
const BATCH = 1_000
/** Files that the second thread still has before it when a batch is written: it is not to run out of work meanwhile. */
const UNDER_WAY = 2_000

/** New and changed files on their way into the index: read in groups, while others are written in the order in which they came. */
export interface NewFiles {
  /** Takes one in; reads, and writes, when there are enough. @returns whether it did: the process has not looked around meanwhile */
  add(found: ToRead): Promise<boolean>
  /** Takes in what needs no reading. */
  put(file: ReadFile): void
  /** Writes the rest, without what the reader was stopped in. */
  finish(): Promise<void>
}

interface NewFilesOptions {
  readonly db: Db
  readonly reader: DocumentReader
  /** What to write of a file: null for a paper that is no document of its own. */
  readonly rowOf: (found: ToRead, read: FileFacts) => ReadFile | null
  /** Told before each wait for what is being read. */
  readonly onWait: () => void
}

export function newFiles({ db, reader, rowOf, onWait }: NewFilesOptions): NewFiles {
  const groups: Promise<readonly ReadFile[]>[] = []
  let group: ToRead[] = []

  async function rows(files: readonly ToRead[]): Promise<readonly ReadFile[]> {
    const read = await reader.read(files.map(({ path }) => path))
    return (read ?? []).map((facts, index) => rowOf(files[index]!, facts)).filter((row) => row !== null)
  }
  function readGroup(): void {
    const reading = rows(group)
    // Whoever writes the group hears of it; until then nobody does.
    reading.catch(() => undefined)
    groups.push(reading)
    group = []
  }
  async function write(count: number): Promise<void> {
    reader.flush()
    onWait()
    await saveFiles(db, (await Promise.all(groups.splice(0, count))).flat())
  }

  return {
    async add(found) {
      if (group.push(found) < GROUP) return false
      readGroup()
      if (groups.length * GROUP >= BATCH + UNDER_WAY) await write(BATCH / GROUP)
      return true
    },
    put(file) {
      groups.push(Promise.resolve([file]))
    },
    async finish() {
      if (group.length > 0) readGroup()
      while (groups.length > 0) await write(BATCH / GROUP)
    },
  }
}
