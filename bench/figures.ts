/** One line of the table: what was measured beside its reference, round by round. */
export interface Figure {
  /** `R1` … `R9`. */
  readonly id: string
  readonly what: string
  /** What it is measured against. */
  readonly against: string
  /** One for each round. */
  readonly ratios: readonly number[]
  readonly target: { readonly at: 'least' | 'most'; readonly value: number }
  /** Ours, as a person would say it: `9,100 documents/s`. */
  readonly ours: string
  readonly reference: string
  /** The highest of ours over all rounds, MB; null where it is not the question. */
  readonly peakMb: number | null
}

/** How cost grows: one line of the chart. */
export interface Growth {
  readonly label: string
  readonly points: readonly { readonly size: number; readonly ms: number; readonly peakMb: number }[]
}

export interface Findings {
  readonly figures: readonly Figure[]
  readonly growth: readonly Growth[]
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function reached({ ratios, target }: Figure): boolean {
  return target.at === 'least' ? median(ratios) >= target.value : median(ratios) <= target.value
}

/** `1,234 /s`, of so many things in so many milliseconds. */
export function perSecond(things: number, ms: number): string {
  return `${count((things * 1000) / ms)}/s`
}

export function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

export function count(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 })
}
