import { slips } from './slips.ts'

/**
 * The known name that a mistyped one most likely meant, or '' when none is near: slips in at most a third of its letters, case
 * ignored, or the known one begins with it.
 */
export function nearestName(wrong: string, known: readonly string[]): string {
  const lower = wrong.toLowerCase()
  let best = ''
  let least = Math.max(1, Math.floor(wrong.length / 3)) + 1
  for (const name of known) {
    const distance = slips(lower, name.toLowerCase())
    if (distance < least) [best, least] = [name, distance]
  }
  return best || (known.find((name) => lower.length > 2 && name.toLowerCase().startsWith(lower)) ?? '')
}
