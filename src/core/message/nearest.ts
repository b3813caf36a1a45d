/**
 * The known name that a mistyped one most likely meant, or '' when none is near: at most a third of the letters differ
 * (Levenshtein distance, case ignored), or one begins with the other.
 */
export function nearestName(wrong: string, known: readonly string[]): string {
  const lower = wrong.toLowerCase()
  let best = ''
  let least = Math.max(1, Math.floor(wrong.length / 3)) + 1
  for (const name of known) {
    const distance = editDistance(lower, name.toLowerCase())
    if (distance < least) [best, least] = [name, distance]
  }
  return best || (known.find((name) => lower.length > 2 && name.toLowerCase().startsWith(lower)) ?? '')
}

/** Insertions, deletions and changes of one letter that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
