import type { CfdiKind } from './cfdi.ts'
import { type Customer, isGenericRfc } from './customer.ts'

/** Portal access by mail: not at all, together with the files, or instead of them. */
export const PORTAL_ACCESS = ['off', 'with', 'instead'] as const
export type PortalAccess = (typeof PORTAL_ACCESS)[number]

/** What of a packaging type decides. */
interface Mailing {
  readonly portalAccess: PortalAccess
  readonly byMail: boolean
}

/** Whether a document of that kind goes with the way into the portal. Payroll never does: its receiver is no customer. */
export function mailsAccess({ portalAccess, byMail }: Mailing, kind: CfdiKind): boolean {
  return byMail && portalAccess !== 'off' && kind !== 'N'
}

/** Whether the way into the portal goes in the place of a document's files. */
export function isInstead({ portalAccess }: Pick<Mailing, 'portalAccess'>, kind: CfdiKind | null): boolean {
  return portalAccess === 'instead' && kind !== 'N'
}

/**
 * What stands in an order's texts where its mail says the first password. As long as a password, and of signs that neither
 * HTML nor quoted-printable writes in another way, so that putting the password in its place moves no other byte.
 */
export const PASSWORD_MASK = '[clave-oculta]'

/** No 0 O 1 l I and their like: people type it from a screen or a paper. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/**
 * A first password, `xxxx-xxxx-xxxx`: 12 signs, some 69 bits.
 * @param pick a whole number from 0 up to but not including its argument, that nobody can foresee
 */
export function makePassword(pick: (below: number) => number): string {
  const group = () => Array.from({ length: 4 }, () => SIGNS[pick(SIGNS.length)] ?? '').join('')
  return [group(), group(), group()].join('-')
}

/** Fewest and most characters of a password that a person sets. */
export const PASSWORD_LENGTH = { least: 10, most: 200 } as const

/** Upper case, up to 60 letters, digits and `. _ - & @ Ñ`: RFCs, codes and addresses. */
export function normalUser(text: string): string {
  return text.trim().toUpperCase()
}

export function validUser(user: string): boolean {
  return /^[A-Z0-9ÑÁÉÍÓÚÜ&@._-]{3,60}$/.test(user)
}

/**
 * Users for a customer, the first that is free holds: its RFC, its code, then its code with a number. An RFC that many share
 * names nobody.
 */
export function* userCandidates({ rfc, code }: Pick<Customer, 'rfc' | 'code'>): Generator<string> {
  if (rfc !== '' && !isGenericRfc(rfc)) yield normalUser(rfc)
  for (let n = 1; ; n++) yield normalUser(n === 1 ? code.padEnd(3, '-') : `${code}-${n}`)
}

/** Where customers sign in and where they ask for another password. */
export interface PortalPages {
  readonly signIn: string
  readonly recovery: string
}

/** The portal's pages by the settings, or null while they name none. */
export function portalPages(settings: {
  readonly portalUrl: string | null
  readonly portalRecoveryUrl: string | null
}): PortalPages | null {
  const { portalUrl: signIn, portalRecoveryUrl } = settings
  if (signIn === null) return null
  return { signIn, recovery: portalRecoveryUrl ?? below(signIn) }
}

/** Whether a mail's text names one of the portal's pages: without that nobody finds the way in. */
export function namesPage({ signIn, recovery }: PortalPages, text: string): boolean {
  return text.includes(signIn) || text.includes(recovery)
}

/** What a mail says of the portal. */
export interface PortalAccessData extends PortalPages {
  readonly user: string
  /** The mask of the first password; '' for a customer that has one already. */
  readonly password: string
}

/** Whether a text is an address of the web that a mail may link to. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\/[^\s<>"'`]+$/i.test(text)
}

function below(page: string): string {
  const url = new URL(page)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/recuperar`
  return url.href
}
