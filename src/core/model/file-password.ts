import type { Customer } from './customer.ts'

/**
 * What the password of a ZIP is made of: data that the recipient knows and that the mail does not say. All are weak (who knows
 * the person may know them); they keep a file closed to whoever only sees the mail.
 */
export const PASSWORD_RULES = ['rfc-last-4', 'rfc', 'curp', 'employee-number'] as const
export type PasswordRule = (typeof PASSWORD_RULES)[number]

/** Shorter ones are no password. */
const SHORTEST = 4

/** The words for the recipient, in Spanish, because the recipient reads them. */
export const PASSWORD_WORDS: Readonly<Record<PasswordRule, string>> = {
  'rfc-last-4': 'los últimos 4 caracteres de su RFC, en mayúsculas',
  rfc: 'su RFC, en mayúsculas',
  curp: 'su CURP, en mayúsculas',
  'employee-number': 'su número de empleado',
}

export type FilePassword =
  | {
      readonly ok: true
      readonly password: string
      /** The datum that it is made of: neither may stand in the mail. */
      readonly source: string
    }
  | { readonly ok: false; readonly field: 'rfc' | 'curp' | 'employee-number' }

/** The password of a party's files by a rule, or the datum that it lacks. */
export function filePassword(rule: PasswordRule, party: Customer): FilePassword {
  const field = rule === 'rfc-last-4' ? 'rfc' : rule
  const { rfc, curp = '', employeeNumber = '' } = party
  const source = { rfc, curp, 'employee-number': employeeNumber }[field]
  const password = rule === 'rfc-last-4' ? source.slice(-SHORTEST) : source
  return password.length < SHORTEST ? { ok: false, field } : { ok: true, password, source }
}

/** Whether a text says the password or what it is made of, as a word of its own. */
export function tellsPassword(
  text: string,
  { password, source }: Pick<FilePassword & { ok: true }, 'password' | 'source'>,
): boolean {
  const words = new Set(text.toUpperCase().split(/[^\p{L}\p{N}&]+/u))
  return [password, source].some((secret) => words.has(secret.toUpperCase()))
}

/** Whom a datum is missing for a password, and which; false when nothing is. */
export function lacksPassword(destination: {
  readonly customer: Customer
  readonly type: { readonly passwordRule: PasswordRule | null; readonly byMail: boolean }
}): string | false {
  const { customer, type } = destination
  if (type.passwordRule === null || !type.byMail) return false
  const made = filePassword(type.passwordRule, customer)
  return !made.ok && `${customer.code}: ${made.field}`
}
