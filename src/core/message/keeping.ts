/**
 * The same function, which remembers what it gave: messages of one run repeat most of what they are made of.
 * @param most answers kept; one more, and all are forgotten
 * @param make of its text alone
 */
export function keeping<T>(most: number, make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const made = make(text)
    if (kept.size >= most) kept.clear()
    kept.set(text, made)
    return made
  }
}
