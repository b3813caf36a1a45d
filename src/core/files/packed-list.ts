import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Values that are packed together. Neighbours are alike: a hundred take a tenth of their room. */
const CHUNK = 500

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
      chunks.push(packed(loose))
      loose = []
    },
    [Symbol.iterator]: values,
    toJSON: () => [...values()],
  }
}

/** In memory of its own size: the library hands out a part of a larger block. */
function packed(values: readonly unknown[]): Buffer {
  const bytes = deflateRawSync(JSON.stringify(values), { level: 1 })
  const own = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(own)
  return own
}
