/** A thread that makes archives for another one: an entry of its own, started by second-zipper.ts. */
import { parentPort } from 'node:worker_threads'
import { type ArchiveFile, zipFiles } from './archive.ts'
import { sha256Of } from './spool.ts'

/** What it is asked: files whose contents lie one after another in memory that changes hands. */
export interface ZippingTask {
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
  readonly contents: ArrayBuffer
  readonly date: Date
}

/** What it answers, in the order in which it was asked: null for what it could not make; and the memory, to be used again. */
export interface ZippingAnswer {
  readonly archive: { readonly bytes: ArrayBuffer; readonly sha256: string } | null
  readonly contents: ArrayBuffer
}

parentPort?.on('message', (task: ZippingTask) => void answer(task))

async function answer({ files, contents, date }: ZippingTask): Promise<void> {
  let at = 0
  const apart = files.map(({ name, bytes }): ArchiveFile => {
    const content = Buffer.from(contents, at, bytes)
    at += bytes
    return { name, content }
  })
  // Whatever is wrong with them, the one who asked meets it again and says it.
  const made = await zipFiles(apart, date).catch(() => null)
  const archive = made === null ? null : { bytes: alone(made), sha256: sha256Of(made) }
  const changesHands = archive === null ? [contents] : [contents, archive.bytes]
  parentPort?.postMessage({ archive, contents } satisfies ZippingAnswer, changesHands)
}

/** Memory of the archive's own: that of a small buffer is shared with others. */
function alone(archive: Buffer): ArrayBuffer {
  const { buffer, byteLength } = archive
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) return buffer
  return new Uint8Array(archive).buffer
}
