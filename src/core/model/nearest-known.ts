import { foldName } from './customer.ts'
import { slips } from './slips.ts'

/** Slips that are still one of the keyboard: among many codes something is always three letters away. */
const MOST = 2

/**
 * The one name among those that people gave (codes, profiles, addresses) that a mistyped one most likely meant; '' when none is near,
 * or several are: of C00001 and C00002 neither is a better guess for C00003, and the wrong customer is worse than none.
 *
 * Near is first what differs in case, accents, signs and leading zeros alone (C1 for C00001), then one or two slips, at most a third
 * of the letters, then a beginning.
 */
export function nearestKnown(typed: string, known: readonly string[]): string {
  const wrong = foldName(typed)
  if (wrong.length < 2) return ''
  const letters = bare(typed)
  const same = known.filter((name) => bare(name) === letters)
  if (same.length > 0) return only(same)
  const near = nearest(wrong, known)
  if (near.length > 0) return only(near)
  return wrong.length < 3 ? '' : only(known.filter((name) => foldName(name).startsWith(wrong)))
}

function only([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : ''
}

/** Letters and digits; the zeros before a number are left out. */
function bare(name: string): string {
  const letters = foldName(name).replace(/[^\p{L}\p{N}]/gu, '')
  return letters.replace(/(?<!\d)0+(?=\d)/g, '')
}

/** Those with the fewest slips. */
function nearest(wrong: string, known: readonly string[]): readonly string[] {
  let least = Math.min(MOST, Math.max(1, Math.floor(wrong.length / 3)))
  let best: string[] = []
  for (const name of known) {
    // Counting letters is cheap, and a store may have a hundred thousand names.
    if (Math.abs(name.length - wrong.length) > least) continue
    const distance = slips(wrong, foldName(name))
    if (distance > least) continue
    if (distance < least) best = []
    best.push(name)
    least = distance
  }
  return best
}
