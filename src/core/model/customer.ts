import { addressesIn } from './address-list.ts'
import { uniqueAddresses } from './address.ts'
import type { CustomerChannel } from './channel.ts'

/** A party that receives documents, and who of it gets them. */

/** Which rule gave an address. The first that has any wins (recipientsOf). */
export type RecipientRule =
  | 'billing-email'
  | 'packaging-entry'
  | 'contact'
  | 'card-email'
  | 'mobile'
  | 'explicit'
  | 'order-file'
  | 'none'

export interface Recipient {
  /** An e-mail address; of a WhatsApp order a number. */
  readonly address: string
  readonly rule: RecipientRule
}

/** The packaging entry `GRAL,a@x,b@y`: a packaging type and addresses of its own. */
export interface PackagingEntry {
  readonly type: string
  readonly addresses: readonly string[]
}

export interface Contact {
  readonly name: string
  readonly email: string
  /** "Enviar facturas por mail". */
  readonly getsInvoices: boolean
  /** Mobile number in E.164; left out when there is none. */
  readonly mobile?: string
}

/** What a party is to the firm. All are kept alike, and a code is unique over all kinds; what differs is what goes to them. */
export const PARTY_KINDS = ['customer', 'supplier', 'employee', 'bank'] as const
export type PartyKind = (typeof PARTY_KINDS)[number]

export interface Customer {
  readonly code: string
  readonly kind: PartyKind
  readonly name: string
  readonly rfc: string
  /** E-mail of the customer card (carátula): the last resort. '' when there is none. */
  readonly email: string
  /** eMail facturación: when filled, the only one used. '' when there is none. */
  readonly billingEmail: string
  readonly packaging: PackagingEntry
  readonly contacts: readonly Contact[]
  /** Mobile numbers in E.164, separated by a comma and a space; left out when there is none. */
  readonly mobile?: string
  /** Left out for `email`. */
  readonly channel?: CustomerChannel
  /** How the XML reaches a customer that gets no mail, in a person's words; left out when nobody said. */
  readonly xmlBy?: string
  /** CURP and the firm's own number of an employee; left out when they are not known. */
  readonly curp?: string
  readonly employeeNumber?: string
  /** Code of its customer group; left out when it belongs to none. */
  readonly group?: string
  /** Class of customers it belongs to (MAYOREO), which settings of documents may name; left out for none. */
  readonly class?: string
}

/** Rules in the order in which they are asked. */
export const RECIPIENT_RULES = ['billing-email', 'packaging-entry', 'contact', 'card-email'] as const
export type FieldRule = (typeof RECIPIENT_RULES)[number]
const EMPLOYEE_RULES: readonly FieldRule[] = ['card-email']

/**
 * Who gets a customer's documents: the billing e-mail when it is filled, else the addresses of the packaging entry, else the
 * contacts marked to get invoices, else the card's e-mail; [] when there is none. A field may hold several addresses. A rule
 * that is filled closes the later ones even if nothing in it is a valid address: mail to the wrong list is worse than no mail.
 * An employee has one address, the card's: lists and contacts are other people, and of several nobody knows which is the
 * employee's own.
 */
export function recipientsOf(customer: Customer): readonly Recipient[] {
  const rule = rulesOf(customer).find((each) => fieldsOf(customer, each).some((field) => field.trim() !== ''))
  if (rule === undefined) return []
  const addresses = uniqueAddresses(fieldsOf(customer, rule).flatMap(addressesIn))
  if (customer.kind === 'employee' && addresses.length > 1) return []
  return addresses.map((address) => ({ address, rule }))
}

/** The rules that count for a party, in the order in which they are asked. */
export function rulesOf({ kind }: Pick<Customer, 'kind'>): readonly FieldRule[] {
  return kind === 'employee' ? EMPLOYEE_RULES : RECIPIENT_RULES
}

/** The texts that one rule looks at. */
export function fieldsOf(customer: Customer, rule: FieldRule): readonly string[] {
  switch (rule) {
    case 'billing-email':
      return [customer.billingEmail]
    case 'packaging-entry':
      return customer.packaging.addresses
    case 'contact':
      return customer.contacts.filter((contact) => contact.getsInvoices).map((contact) => contact.email)
    case 'card-email':
      return [customer.email]
  }
}

/** The code as it is stored and compared: no spaces around, upper case. */
export function normalCode(text: string): string {
  return text.trim().toUpperCase()
}

/** 1 to 30 visible characters without spaces or commas. `?` alone asks for a search, and a leading hyphen is a flag. */
export function validCustomerCode(code: string): boolean {
  return /^(?!-|\?$)[^\s,\p{C}]{1,30}$/u.test(code)
}

/** Text without case, accents and repeated spaces: what names are compared and searched by. */
export function foldName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Público en general and foreign receivers without a Mexican RFC: many people share these, so they say nothing of who it is. */
export const GENERIC_RFCS: readonly string[] = ['XAXX010101000', 'XEXX010101000']

/** Three letters for a company, four for a person, the date of foundation or birth as YYMMDD, and the homoclave. */
const RFC = /^[A-ZÑ&]{3,4}\d{2}(\d{2})(\d{2})[A-Z0-9]{3}$/u

/** The RFC as it is stored: upper case, without the spaces and hyphens that people put between its parts. */
export function normalRfc(text: string): string {
  return text
    .normalize('NFC')
    .toUpperCase()
    .replace(/[\s-]+/gu, '')
}

/** Whether the text, once normal, has the form of an RFC (t_RFC of the SAT's tdCFDI.xsd) with a date that can be. The check digit is not computed. */
export function validRfc(text: string): boolean {
  const parts = RFC.exec(normalRfc(text))
  if (parts === null) return false
  const month = Number(parts[1])
  const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  const day = Number(parts[2])
  return day >= 1 && day <= longest
}

export function isGenericRfc(rfc: string): boolean {
  return GENERIC_RFCS.includes(rfc)
}
