import { CfdiMailError } from './errors.ts'

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000 } as const

/** The longest wait that a timer of the platform takes (2^31 - 1 ms); beyond it Node waits one millisecond. */
const LONGEST_MS = 2_147_483_647

/**
 * A time span as typed: a whole number above zero and `s`, `m` or `h`.
 * @returns milliseconds
 * @throws BAD_DURATION
 */
export function parseDuration(text: string): number {
  const parts = /^(\d{1,9})\s*([smh])$/i.exec(text.trim())
  const unit = UNIT_MS[(parts?.[2] ?? '').toLowerCase() as keyof typeof UNIT_MS]
  const ms = Number(parts?.[1]) * unit
  if (!(ms > 0 && ms <= LONGEST_MS)) throw new CfdiMailError('BAD_DURATION', { text })
  return ms
}

/**
 * A time span as it is typed, in the largest unit that leaves a whole number: `5m`.
 * @param ms whole seconds, in milliseconds
 */
export function durationText(ms: number): string {
  const [unit, size] = (
    [
      ['h', UNIT_MS.h],
      ['m', UNIT_MS.m],
    ] as const
  ).find(([, size]) => ms % size === 0) ?? ['s', UNIT_MS.s]
  return `${ms / size}${unit}`
}
