/**
 * E-mail addresses as people type them, read strictly. Pure. Every address that leaves the program went through
 * `parseAddress`, so that no mail library ever has to guess where an address ends.
 */

export const ADDRESS_PROBLEMS = [
  'empty',
  'no-at',
  'several-at',
  'control-character', // control, invisible or bidirectional characters inside
  'quoted', // a quoted local part: legal in RFC 5321, and a known way to smuggle a second address
  'comment',
  'literal', // a domain in brackets
  'local-part',
  'domain',
  'no-dot', // a domain of one label, such as localhost
  'lookalike', // letters of two alphabets in one label of the domain
  'too-long', // more than 64 octets before the @, or 254 in all
] as const
export type AddressProblem = (typeof ADDRESS_PROBLEMS)[number]

export type AddressReading =
  | {
      readonly ok: true
      /** Local part as typed, domain in lower case: what is stored and sent to. */
      readonly address: string
      /** The local part has letters outside ASCII: only servers with SMTPUTF8 (RFC 6531) take it. */
      readonly needsSmtpUtf8: boolean
    }
  | {
      readonly ok: false
      readonly problem: AddressProblem
      /** Where in the given text, from 0. */
      readonly at: number
    }

/** Lengths in octets: RFC 5321 §§ 4.5.3.1.1, 4.5.3.1.3 (256 with the angle brackets) and RFC 1035 § 2.3.4. */
const LONGEST_LOCAL = 64
const LONGEST_ADDRESS = 254
const LONGEST_LABEL = 63

/** What mail programs and web pages leave around a copied address. */
const EDGE = '[\\s\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]'
const EDGES = new RegExp(`^${EDGE}+|${EDGE}+$`, 'gu')
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** atext of RFC 5322 § 3.2.3, and the letters that RFC 6532 adds. */
const ATOM = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u
const NOT_ASCII = /[^\p{ASCII}]/u
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]

/**
 * Reads one address. Takes spaces around it, `Name <a@b.mx>`, `mailto:` and quotes around the whole; the address itself must be
 * a dot-atom, `@`, and a domain of two or more labels (letters, digits, hyphens, or an IDN). Quoted local parts, comments,
 * routes and address literals are refused although RFC 5322 allows them.
 */
export function parseAddress(text: string): AddressReading {
  const { bare, at } = unwrap(text)
  const problem = problemOf(bare)
  if (problem !== null) return { ok: false, problem: problem.problem, at: at + problem.at }
  const split = bare.lastIndexOf('@')
  const local = bare.slice(0, split)
  const address = `${local}@${bare.slice(split + 1).toLowerCase()}`
  if (octets(address) > LONGEST_ADDRESS) return { ok: false, problem: 'too-long', at }
  return { ok: true, address, needsSmtpUtf8: NOT_ASCII.test(local) }
}

/** Whether two addresses are the same mailbox by RFC 5321 § 2.4: the domain in any case, the local part exactly. */
export function sameAddress(a: string, b: string): boolean {
  const lower = (text: string) => text.slice(text.lastIndexOf('@')).toLowerCase()
  return lower(a) === lower(b) && a.slice(0, a.lastIndexOf('@')) === b.slice(0, b.lastIndexOf('@'))
}

/** The addresses without repetitions, first spelling kept. Local parts that differ only in case are one: no real server tells them apart. */
export function uniqueAddresses(addresses: readonly string[]): string[] {
  const seen = new Set<string>()
  return addresses.filter((address) => {
    const folded = address.toLowerCase()
    return !seen.has(folded) && seen.add(folded)
  })
}

/** The domain, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

/** A display name, quoted or plain, and the bracket after it. A comma, a line end or a second bracket means that this is not one address. */
const NAME_BEFORE = /^(?:"[^"\p{Cc}]*"|[^"<>,;\p{Cc}])*</u

interface Bare {
  readonly bare: string
  /** Where it begins in the text it was taken from. */
  readonly at: number
}

/** Takes away what surrounds the address: spaces, `Name <…>`, `mailto:`, quotes. */
function unwrap(text: string): Bare {
  let piece = trimmed({ bare: text.normalize('NFC'), at: 0 })
  const name = NAME_BEFORE.exec(piece.bare)
  if (name !== null && piece.bare.endsWith('>')) piece = trimmed(inner(piece, name[0].length, -1))
  if (/^(["']).*\1$/su.test(piece.bare) && piece.bare.length > 1) piece = trimmed(inner(piece, 1, -1))
  if (!/^mailto:/iu.test(piece.bare)) return piece
  const query = piece.bare.indexOf('?')
  return trimmed(inner(piece, 'mailto:'.length, query < 0 ? undefined : query))
}

function inner(piece: Bare, start: number, end: number | undefined): Bare {
  return { bare: piece.bare.slice(start, end), at: piece.at + start }
}

function trimmed(piece: Bare): Bare {
  const bare = piece.bare.replace(EDGES, '')
  return { bare, at: piece.at + Math.max(0, piece.bare.indexOf(bare)) }
}

interface Problem {
  readonly problem: AddressProblem
  readonly at: number
}

function problemOf(bare: string): Problem | null {
  if (bare === '') return { problem: 'empty', at: 0 }
  for (const [pattern, problem] of FORBIDDEN) {
    const at = bare.search(pattern)
    if (at >= 0) return { problem, at }
  }
  const at = bare.indexOf('@')
  if (at < 0) return { problem: 'no-at', at: bare.length }
  if (bare.includes('@', at + 1)) return { problem: 'several-at', at: bare.indexOf('@', at + 1) }
  return localProblem(bare.slice(0, at)) ?? domainProblem(bare.slice(at + 1), at + 1)
}

/** Looked for in this order, so that the reason names the trick and not its first odd character. */
const FORBIDDEN: readonly (readonly [RegExp, AddressProblem])[] = [
  [INVISIBLE, 'control-character'],
  [/["\\]/u, 'quoted'],
  [/[()]/u, 'comment'],
  [/@\[|\]$/u, 'literal'],
]

function localProblem(local: string): Problem | null {
  if (octets(local) > LONGEST_LOCAL) return { problem: 'too-long', at: 0 }
  return local.split('.').every((atom) => ATOM.test(atom)) ? null : { problem: 'local-part', at: 0 }
}

function domainProblem(domain: string, at: number): Problem | null {
  const labels = domain.split('.')
  if (!labels.every(goodLabel)) return { problem: 'domain', at }
  if (labels.length < 2) return { problem: 'no-dot', at }
  if (/^\p{N}+$/u.test(labels.at(-1) ?? '')) return { problem: 'domain', at }
  return labels.every(ofOneAlphabet) ? null : { problem: 'lookalike', at }
}

/** A letter that compatibility folding turns into another (full-width, ligatures, `。`) would name another domain after IDNA mapping. */
function goodLabel(label: string): boolean {
  return LABEL.test(label) && octets(label) <= LONGEST_LABEL && label.normalize('NFKC') === label
}

function ofOneAlphabet(label: string): boolean {
  return SCRIPTS.filter((script) => script.test(label)).length <= 1
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length
}
