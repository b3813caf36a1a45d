/** Numbers that look random and are the same for the same seed, whatever the machine. */
export interface Dice {
  /** In [0, 1). */
  next(): number
  /** A whole number between two, both included. */
  between(least: number, most: number): number
}

/** Mulberry32 (public domain): 32 bits of state are enough for sizes and dates. */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, between: (least, most) => least + Math.floor(next() * (most - least + 1)) }
}
