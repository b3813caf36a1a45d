import { Worker } from 'node:worker_threads'
import type { Archive, ArchiveFile } from './archive.ts'
import type { ZippingAnswer, ZippingTask } from './zipping-thread.ts'

/** Its buffers lie outside of its heap, and there is hardly anything else; each MB of young space is one of the process's peak. */
const YOUNG_MB = 8

/** Memory for contents that is kept for the next task, bytes: taken anew each time it would wait for the collector. */
const MOST_KEPT = 2 * 1024 * 1024

/** A second thread that makes archives while the first does something else. */
export interface SecondZipper {
  /** The contents are copied before it returns. @returns null when it could not: for what is in the files, or it has ended */
  zip(files: readonly ArchiveFile[], date: Date): Promise<Archive | null>
  /** Lets go of it in the middle of whatever it does. */
  end(): Promise<void>
}

type Answer = (archive: Archive | null) => void

/** Starts one. A thread that cannot start, or breaks, is no error: it answers null, and the caller zips by itself. */
export function startSecondZipper(): SecondZipper {
  const pending: Answer[] = []
  let spare: ArrayBuffer | null = null
  let thread = startThread()
  const gone = () => {
    thread = null
    for (const answer of pending.splice(0)) answer(null)
  }
  thread?.on('message', ({ archive, contents }: ZippingAnswer) => {
    if (contents.byteLength <= MOST_KEPT) spare = contents
    const made = archive === null ? null : { content: Buffer.from(archive.bytes), sha256: archive.sha256 }
    pending.shift()?.(made)
  })
  for (const event of ['error', 'messageerror', 'exit']) thread?.on(event, gone)
  return {
    async zip(files, date) {
      if (thread === null) return null
      const contents = together(files, spare)
      spare = null
      const named = files.map(({ name, content }) => ({ name, bytes: content.length }))
      thread.postMessage({ files: named, contents, date } satisfies ZippingTask, [contents])
      return await new Promise((resolve) => pending.push(resolve))
    },
    async end() {
      await thread?.terminate()
    },
  }
}

function startThread(): Worker | null {
  try {
    return new Worker(new URL('./zipping-thread.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    })
  } catch {
    return null
  }
}

/** The contents one after another, in the memory given where that is large enough. */
function together(files: readonly ArchiveFile[], spare: ArrayBuffer | null): ArrayBuffer {
  const bytes = files.reduce((sum, { content }) => sum + content.length, 0)
  const memory = spare !== null && spare.byteLength >= bytes ? spare : new ArrayBuffer(bytes)
  const all = new Uint8Array(memory)
  let at = 0
  for (const { content } of files) {
    all.set(content, at)
    at += content.length
  }
  return memory
}
