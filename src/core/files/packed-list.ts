import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Values that are packed together. Neighbours are alike: a hundred take a tenth of their room. */
const CHUNK = 200

/** Bytes of packed values that share a block. Many small ones would lie scattered, and what is freed between them could not be used again. */
const BLOCK = 512 * 1024

/** A list that only grows and that is gone through from its start, as often as one likes. */
export interface PackedList<T> extends Iterable<T> {
  readonly length: number
  add(values: readonly T[]): void
  /** In JSON it is an array. */
  toJSON(): readonly T[]
}

/**
 * Keeps what a long run has to tell at its end: compressed, some 100 bytes for what takes 2 KB as objects, and out of the
 * collector's way. @returns a list of plain values: what JSON gives back is what is found
 */
export function packedList<T>(): PackedList<T> {
  const chunks: Buffer[] = []
  const keep = inBlocks()
  let loose: T[] = []
  let length = 0
  function* values(): Generator<T> {
    for (const chunk of chunks) yield* JSON.parse(inflateRawSync(chunk).toString()) as T[]
    yield* loose
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
    toJSON: () => [...values()],
  }
}

/** @returns copies bytes to where they are kept: the library hands out a part of a larger block of its own */
function inBlocks(): (bytes: Buffer) => Buffer {
  let block = Buffer.alloc(0)
  let used = 0
  return (bytes) => {
    if (used + bytes.length > block.length) {
      block = Buffer.allocUnsafeSlow(Math.max(BLOCK, bytes.length))
      used = 0
    }
    const kept = block.subarray(used, (used += bytes.length))
    bytes.copy(kept)
    return kept
  }
}
