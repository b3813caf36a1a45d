import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Listing, LongList } from '../model/results/listing.ts'
import { type ScratchFile, scratchFile } from './scratch-file.ts'

/** Values that are packed together. Neighbours are alike: a hundred take a tenth of their room. */
const CHUNK = 200

/** Bytes of packed values that are in memory. Many small pieces would lie scattered, and what is freed between them could not be used again. */
const BLOCK = 512 * 1024

/** A list that only grows and that is gone through from its start, as often as one likes. */
export interface PackedList<T> extends Listing<T>, LongList {
  add(values: readonly T[]): void
  /** In JSON it is an array. */
  toJSON(): readonly T[]
}

/**
 * Keeps what a long run has to tell at its end: compressed, some 100 bytes for what takes 2 KB as objects, and out of the
 * collector's way; of the longest runs in a file without a name.
 * @param scratch gives that file when there is a block for it; null where there is none, then all stays in memory
 * @returns a list of plain values: what JSON gives back is what is found
 */
export function packedList<T>(scratch: () => ScratchFile | null = scratchFile): PackedList<T> {
  const chunks: Place[] = []
  const keep = inBlocks(scratch)
  let loose: T[] = []
  let length = 0
  function* arrays(): Generator<string> {
    for (const place of chunks) yield inflateRawSync(bytesAt(place)).toString()
  }
  function* values(): Generator<T> {
    for (const array of arrays()) yield* JSON.parse(array) as T[]
    yield* loose
  }
  function* jsonPieces(): Generator<string> {
    for (const array of arrays()) yield array.slice(1, -1)
    if (loose.length > 0) yield JSON.stringify(loose).slice(1, -1)
  }
  return {
    get length() {
      return length
    },
    add(more) {
      for (const value of more) loose.push(value)
      length += more.length
      if (loose.length < CHUNK) return
      chunks.push(keep(deflateRawSync(JSON.stringify(loose), { level: 1 })))
      loose = []
    },
    [Symbol.iterator]: values,
    jsonPieces,
    toJSON: () => [...values()],
  }
}

/** The same of what comes one after another. */
export async function packedFrom<T>(values: AsyncIterable<T>): Promise<PackedList<T>> {
  const list = packedList<T>()
  for await (const value of values) list.add([value])
  return list
}

/** Chunks one after another. */
interface Block {
  readonly bytes: Buffer
  used: number
  /** Where they are when they are no longer here. */
  spilled: { readonly file: ScratchFile; readonly at: number } | null
}

/** Where a chunk is. */
interface Place {
  readonly block: Block
  readonly start: number
  readonly length: number
}

function inBlocks(scratch: () => ScratchFile | null): (chunk: Buffer) => Place {
  let file: ScratchFile | null | undefined
  let block = emptyBlock(Buffer.alloc(0))
  return (chunk) => {
    const { length } = chunk
    if (block.used + length > block.bytes.length) {
      if (block.used > 0) spill(block, (file ??= scratch()))
      const isFree = block.spilled !== null && length <= block.bytes.length
      block = emptyBlock(isFree ? block.bytes : Buffer.allocUnsafeSlow(Math.max(BLOCK, length)))
    }
    const start = block.used
    block.used += chunk.copy(block.bytes, start)
    return { block, start, length }
  }
}

function emptyBlock(bytes: Buffer): Block {
  return { bytes, used: 0, spilled: null }
}

/** A disk that is full, or no file: then it stays in memory. */
function spill(block: Block, file: ScratchFile | null): void {
  if (file === null) return
  try {
    block.spilled = { file, at: file.write(block.bytes.subarray(0, block.used)) }
  } catch {
    block.spilled = null
  }
}

function bytesAt({ block: { bytes, spilled }, start, length }: Place): Buffer {
  if (spilled === null) return bytes.subarray(start, start + length)
  return spilled.file.read(spilled.at + start, length)
}
