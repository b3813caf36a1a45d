import type { Customer } from './customer.ts'

/**
 * What the password of a ZIP is: one of the recipient's own, kept sealed, or made of data that the recipient knows and that the
 * mail does not say. The data are weak (who knows the person may know them); they keep a file closed to whoever only sees the
 * mail.
 */
export const PASSWORD_RULES = ['rfc-last-4', 'rfc', 'curp', 'employee-number', 'own'] as const
export type PasswordRule = (typeof PASSWORD_RULES)[number]

/** Shorter ones are no password. */
const SHORTEST = 4

/** The words for the recipient, in Spanish, because the recipient reads them. */
export const PASSWORD_WORDS: Readonly<Record<PasswordRule, string>> = {
  'rfc-last-4': 'los últimos 4 caracteres de su RFC, en mayúsculas',
  rfc: 'su RFC, en mayúsculas',
  curp: 'su CURP, en mayúsculas',
  'employee-number': 'su número de empleado',
  own: 'la que usted tiene para sus recibos',
}

export type FilePassword =
  | {
      readonly ok: true
      readonly password: string
      /** The datum that it is made of: neither may stand in the mail. */
      readonly source: string
    }
  | { readonly ok: false; readonly field: PasswordField }

/** What a password may lack. */
type PasswordField = 'rfc' | 'curp' | 'employee-number' | 'file-password'

/** Characters of a password that somebody chose: those that every program for ZIPs writes alike. */
export const OWN_PASSWORD = { least: 8, most: 100 } as const

export function isOwnPassword(text: string): boolean {
  const { least, most } = OWN_PASSWORD
  return text.length >= least && text.length <= most && /^[ -~]*$/.test(text) && text.trim() === text
}

/**
 * The password of a party's files by a rule, or the datum that it lacks.
 * @param own the party's own password, where the rule asks for it; null for none
 */
export function filePassword(rule: PasswordRule, party: Customer, own: string | null): FilePassword {
  if (rule === 'own')
    return own === null ? { ok: false, field: 'file-password' } : { ok: true, password: own, source: own }
  const field = rule === 'rfc-last-4' ? 'rfc' : rule
  const { rfc, curp = '', employeeNumber = '' } = party
  const source = { rfc, curp, 'employee-number': employeeNumber }[field]
  const password = rule === 'rfc-last-4' ? source.slice(-SHORTEST) : source
  return password.length < SHORTEST ? { ok: false, field } : { ok: true, password, source }
}

/** Whether a text says the password or what it is made of: one that is long anywhere, a short one as a word of its own. */
export function tellsPassword(
  text: string,
  { password, source }: Pick<FilePassword & { ok: true }, 'password' | 'source'>,
): boolean {
  const upper = text.toUpperCase()
  const words = new Set(upper.split(/[^\p{L}\p{N}&]+/u))
  return [password, source]
    .map((secret) => secret.toUpperCase())
    .some((secret) => words.has(secret) || (secret.length >= OWN_PASSWORD.least && upper.includes(secret)))
}

/**
 * Whom a datum is missing for a password, and which; false when nothing is.
 * @param owners codes of the parties that have a password of their own
 */
export function lacksPassword(
  destination: {
    readonly customer: Customer
    readonly type: { readonly passwordRule: PasswordRule | null; readonly byMail: boolean }
  },
  owners: ReadonlySet<string>,
): string | false {
  const { customer, type } = destination
  if (type.passwordRule === null || !type.byMail) return false
  const made = filePassword(type.passwordRule, customer, owners.has(customer.code) ? KEPT : null)
  return !made.ok && `${customer.code}: ${made.field}`
}

/** Stands for a password that is kept: whether there is one is all that matters. */
const KEPT = '********'
