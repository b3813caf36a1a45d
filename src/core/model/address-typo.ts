/** Mail domains that most private customers have, and the slips of the keyboard around them. */

import { slips } from './slips.ts'

const WELL_KNOWN = [
  'gmail.com',
  'hotmail.com',
  'hotmail.es',
  'outlook.com',
  'outlook.es',
  'yahoo.com',
  'yahoo.com.mx',
  'yahoo.es',
  'live.com',
  'live.com.mx',
  'icloud.com',
  'prodigy.net.mx',
  'telmex.com',
  'protonmail.com',
  'rocketmail.com',
]

/** Real services one letter away from a better known one. */
const REAL = [
  'mail.com',
  'email.com',
  'ymail.com',
  'gmx.com',
  'hotmail.com.mx',
  'outlook.com.mx',
  'prodigy.net',
  'life.com',
  'yahoo.mx',
]

/** Endings that are no top-level domain, and the one that was meant. */
const WRONG_ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/\.(?:con|cmo|ocm|comm|vom|xom|cpm|coom|cim|c0m|comn)$/u, '.com'],
  [/\.(?:con|cmo|ocm|cm|co|vom|xom|cpm|coom)\.mx$/u, '.com.mx'],
  [/\.com\.(?:xm|nx|mxx|mxn|mz|m)$/u, '.com.mx'],
  [/\.(?:mxx|mxn)$/u, '.mx'],
]

/** Names that exist under one ending only. */
const ONE_HOME: Readonly<Record<string, string | undefined>> = {
  gmail: 'gmail.com',
  icloud: 'icloud.com',
  prodigy: 'prodigy.net.mx',
}

/** Domains from this length on may be two slips away, shorter ones one. */
const LONG = 11
const MOST_SLIPS = 2

/**
 * The domain that was probably meant: `hotmial.com` → `hotmail.com`, `empresa.con` → `empresa.com`. Null when nothing looks
 * wrong. A guess for a person to read, never applied by itself.
 */
export function likelyTypo(domain: string): string | null {
  const typed = domain.toLowerCase()
  if (WELL_KNOWN.includes(typed) || REAL.includes(typed)) return null
  const ending = WRONG_ENDINGS.find(([pattern]) => pattern.test(typed))
  const mended = ending === undefined ? typed : typed.replace(ending[0], ending[1])
  const meant = WELL_KNOWN.includes(mended) ? mended : nearest(mended)
  if (meant !== null) return meant
  return mended === typed ? null : mended
}

function nearest(domain: string): string | null {
  const [name = '', ...ending] = domain.split('.')
  const home = ONE_HOME[name]
  if (home !== undefined) return home
  if (isBrandAbroad(name, ending.join('.'))) return null
  const near = WELL_KNOWN.filter((each) => Math.abs(each.length - domain.length) <= MOST_SLIPS)
  const ranked = near
    .map((each) => ({ each, distance: slips(domain, each) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best !== undefined && best.distance <= (best.each.length >= LONG ? MOST_SLIPS : 1) ? best.each : null
}

/** hotmail.fr, yahoo.com.ar: a known name in another country. */
function isBrandAbroad(name: string, ending: string): boolean {
  return (
    WELL_KNOWN.some((each) => each.startsWith(`${name}.`)) &&
    /^(?:com?\.)?[a-z]{2}$/u.test(ending) &&
    !/^c[om]$/u.test(ending)
  )
}
