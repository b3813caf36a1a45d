/**
 * Mobile numbers as they are typed and as they are stored: E.164, `+` and digits only (ITU-T E.164: 15 digits at the most).
 * Mexico dropped its mobile prefixes 044, 045 and the 1 behind 52 in August 2019; old lists, and WhatsApp's own ids, still
 * carry them. Why no library: docs/adr/0017. Pure.
 */

export const PHONE_PROBLEMS = ['phone-letters', 'phone-short', 'phone-long', 'phone-country'] as const
export type PhoneProblem = (typeof PHONE_PROBLEMS)[number]

export type PhoneReading =
  { readonly ok: true; readonly number: string } | { readonly ok: false; readonly problem: PhoneProblem }

const MEXICO = '52'
/** What a Mexican number may begin with besides its ten digits: trunk and mobile prefixes of the numbering plan before 2019. */
const OLD_PREFIX = /^(?:044|045|01|1)(?=\d{10}$)/
/** Area codes of Mexico begin with 2 to 9. */
const MEXICAN = /^[2-9]\d{9}$/
const FEWEST_DIGITS = 8
const MOST_DIGITS = 15
/** What people put between digits. */
const SEPARATORS = /[\s().\-/\u00a0\u2010-\u2015]+/gu

/**
 * A number as it is stored. Ten digits are Mexican; any other country's has to begin with `+` or `00` and its code.
 * @param text as typed: `55 1234 5678`, `044 55 1234 5678`, `+52 1 55 1234 5678`, `+1 212 555 2368`
 */
export function parsePhone(text: string): PhoneReading {
  const bare = text.trim().replace(SEPARATORS, '').replace(/^00/, '+')
  if (!/^\+?\d*$/.test(bare)) return { ok: false, problem: 'phone-letters' }
  const digits = bare.replace('+', '')
  if (digits.length < FEWEST_DIGITS) return { ok: false, problem: 'phone-short' }
  if (digits.length > MOST_DIGITS) return { ok: false, problem: 'phone-long' }
  const isAbroad = bare.startsWith('+') && !digits.startsWith(MEXICO)
  if (isAbroad) return digits.startsWith('0') ? bad('phone-country') : { ok: true, number: `+${digits}` }
  return mexican(bare.startsWith('+') ? digits.slice(MEXICO.length) : withoutCountry(digits))
}

/** Ten digits are a number even when they begin with 52; more that do begin with the country. */
function withoutCountry(digits: string): string {
  return digits.length > 10 && digits.startsWith(MEXICO) ? digits.slice(MEXICO.length) : digits
}

function mexican(digits: string): PhoneReading {
  const national = digits.replace(OLD_PREFIX, '')
  if (MEXICAN.test(national)) return { ok: true, number: `+${MEXICO}${national}` }
  if (national.length < 10) return bad('phone-short')
  return bad(national.length > 10 ? 'phone-long' : 'phone-country')
}

function bad(problem: PhoneProblem): PhoneReading {
  return { ok: false, problem }
}

/** Whether two numbers are one: WhatsApp gives Mexican ones back with the old 1 in them, so the last ten digits decide. */
export function samePhone(one: string, other: string): boolean {
  const last = (text: string) => text.replace(/\D/g, '').slice(-10)
  return last(one) !== '' && last(one) === last(other)
}

/** Digits only, as the Cloud API wants a number in `to`. */
export function phoneDigits(number: string): string {
  return number.replace(/\D/g, '')
}
