import type { PartyKind } from './customer.ts'
import { CODE_PREFIXES } from './party.ts'

/**
 * Gives codes of the series C00001, C00002, … (P, E, B for other kinds of party) that nobody has, from behind the highest one in use, so that the code of a
 * customer that was removed is not given to another.
 * @returns a function that gives the next code at each call
 */
export function codeSeries(taken: Iterable<string>, kind: PartyKind = 'customer'): () => string {
  const prefix = CODE_PREFIXES[kind]
  const series = new RegExp(`^${prefix}(\\d+)$`, 'u')
  let last = 0
  for (const code of taken) {
    const number = Number(series.exec(code)?.[1] ?? 0)
    // A code such as C20260101 is of another series.
    if (number > last && number < 100_000) last = number
  }
  return () => `${prefix}${String(++last).padStart(5, '0')}`
}
