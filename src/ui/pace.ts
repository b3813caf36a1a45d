/** How fast a stage goes, as far as it can be told yet. */
export interface Pace {
  /** Things a second. */
  readonly rate: number
  /** Seconds until the end at that rate. */
  readonly left: number
}

/**
 * The rate since the beginning and what is left at that rate; null while too little was done to say.
 * @param elapsed milliseconds since `first` things were done
 */
export function paceOf(
  done: { readonly first: number; readonly now: number; readonly total: number },
  elapsed: number,
): Pace | null {
  const made = done.now - done.first
  if (made <= 0 || elapsed < 500) return null
  const rate = (made * 1000) / elapsed
  return { rate, left: Math.max(0, done.total - done.now) / rate }
}

/** `0:07`, `12:30`, `1:02:03`. */
export function clockTime(seconds: number): string {
  const whole = Math.ceil(seconds)
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** `████████░░░░░░░░░░░░` */
export function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width)
  return '█'.repeat(full) + '░'.repeat(width - full)
}
