import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O, U, so an id can be read over the telephone. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TIME_DIGITS = 10
const RANDOM_DIGITS = 16

export const ID_LENGTH = TIME_DIGITS + RANDOM_DIGITS

let lastMs = -1
let lastRandom: number[] = []

/**
 * A new id of 26 characters that sorts by time of creation (the ULID layout: 48 bits of milliseconds, 80 random bits).
 * Within one millisecond the random part counts up, so that ids of one process keep their order.
 */
export function newId(now: Date): string {
  const ms = now.getTime()
  lastRandom = ms === lastMs ? increment(lastRandom) : randomDigits()
  lastMs = ms
  let id = encodeTime(ms)
  for (const digit of lastRandom) id += DIGITS[digit] ?? ''
  return id
}

let encoded = { ms: -1, text: '' }

function encodeTime(ms: number): string {
  if (encoded.ms === ms) return encoded.text
  let rest = ms
  let text = ''
  for (let i = 0; i < TIME_DIGITS; i++) {
    text = (DIGITS[rest % 32] ?? '') + text
    rest = Math.floor(rest / 32)
  }
  encoded = { ms, text }
  return text
}

/** Random bytes for many ids at once: asking for them costs more than making them. */
const POOL = 256 * RANDOM_DIGITS
let pool = Buffer.alloc(0)

function randomDigits(): number[] {
  if (pool.length === 0) pool = randomBytes(POOL)
  const digits: number[] = []
  for (let i = 0; i < RANDOM_DIGITS; i++) digits.push((pool[i] ?? 0) & 31)
  pool = pool.subarray(RANDOM_DIGITS)
  return digits
}

function increment(digits: readonly number[]): number[] {
  const next = [...digits]
  for (let i = next.length - 1; i >= 0; i--) {
    next[i] = ((next[i] ?? 0) + 1) & 31
    if (next[i] !== 0) break
  }
  return next
}
