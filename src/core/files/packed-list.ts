import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Listing, LongList } from '../model/results/listing.ts'
import { type ScratchFile, scratchFile } from './scratch-file.ts'

/** Values that are put away together. */
const CHUNK = 200

/** Bytes that are in memory. Many small pieces would lie scattered, and what is freed between them could not be used again. */
const BLOCK = 512 * 1024

/** A list that only grows and that is gone through from its start, as often as one likes. */
export interface PackedList<T> extends Listing<T>, LongList {
  add(values: readonly T[]): void
  /** In JSON it is an array. */
  toJSON(): readonly T[]
}

/**
 * Keeps what a long run has to tell at its end out of memory and of the collector's way: as JSON in a file without a name; where
 * there is none, compressed, some 100 bytes for what takes 2 KB as objects.
 * @param scratch gives that file when there is a block for it; null where there is none
 * @returns a list of plain values: what JSON gives back is what is found
 */
export function packedList<T>(scratch: () => ScratchFile | null = scratchFile): PackedList<T> {
  const kept = inBlocks(scratch)
  let loose: T[] = []
  let length = 0
  function* values(): Generator<T> {
    for (const some of kept.texts()) yield* JSON.parse(`[${some}]`) as T[]
    yield* loose
  }
  function* jsonPieces(): Generator<string> {
    yield* kept.texts()
    if (loose.length > 0) yield insideOf(loose)
  }
  return {
    get length() {
      return length
    },
    add(more) {
      for (const value of more) loose.push(value)
      length += more.length
      if (loose.length < CHUNK) return
      kept.put(insideOf(loose))
      loose = []
    },
    [Symbol.iterator]: values,
    jsonPieces,
    toJSON: () => [...values()],
  }
}

/** JSON of an array without its brackets. */
function insideOf(values: readonly unknown[]): string {
  return JSON.stringify(values).slice(1, -1)
}

/** The same of what comes one after another. */
export async function packedFrom<T>(values: AsyncIterable<T>): Promise<PackedList<T>> {
  const list = packedList<T>()
  for await (const value of values) list.add([value])
  return list
}

/** Texts one after another. */
interface Block {
  /** Where each ends. */
  readonly ends: readonly number[]
  /** In the file, or compressed. */
  readonly bytes: { readonly file: ScratchFile; readonly at: number } | Buffer
}

function inBlocks(scratch: () => ScratchFile | null) {
  const blocks: Block[] = []
  let file: ScratchFile | null | undefined
  let filling = Buffer.alloc(0)
  let ends: number[] = []
  const used = () => ends.at(-1) ?? 0
  return {
    put(text: string): void {
      const length = Buffer.byteLength(text)
      if (used() + length > filling.length) {
        const full = filling.subarray(0, used())
        if (used() > 0)
          blocks.push({
            ends,
            bytes: spilled(full, (file ??= scratch())) ?? deflateRawSync(full, { level: 1 }),
          })
        ends = []
        if (length > filling.length) filling = Buffer.allocUnsafeSlow(Math.max(BLOCK, length))
      }
      ends.push(used() + filling.write(text, used()))
    },
    *texts(): Generator<string> {
      const room = Buffer.allocUnsafeSlow(filling.length)
      for (const { ends, bytes } of blocks) yield* textsOf(bytesOf(bytes, ends.at(-1) ?? 0, room), ends)
      yield* textsOf(filling, ends)
    },
  }
}

function* textsOf(bytes: Buffer, ends: readonly number[]): Generator<string> {
  let start = 0
  for (const end of ends) {
    yield bytes.toString('utf8', start, end)
    start = end
  }
}

/** A disk that is full, or no file: then it stays in memory. */
function spilled(bytes: Buffer, file: ScratchFile | null): Exclude<Block['bytes'], Buffer> | null {
  if (file === null) return null
  try {
    return { file, at: file.write(bytes) }
  } catch {
    return null
  }
}

/** @param room is used again for the next block: what is freed outside of its heap V8 is slow to see */
function bytesOf(bytes: Block['bytes'], length: number, room: Buffer): Buffer {
  if (Buffer.isBuffer(bytes)) return inflateRawSync(bytes)
  const { file, at } = bytes
  const into = length > room.length ? Buffer.allocUnsafeSlow(length) : room.subarray(0, length)
  file.read(at, into)
  return into
}
