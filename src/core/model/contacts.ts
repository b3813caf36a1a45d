import { splitAddresses } from './address-list.ts'
import { cleanLine } from './clean.ts'
import type { Contact } from './customer.ts'
import { checkedAddress } from './customer-fields.ts'

/** Behind a contact of a list: whether it gets invoices. */
const MARK = /\(\s*(no|s[ií]|yes)\s*\)/iu

/**
 * Reads the contacts cell of a table: `Ana <a@x.mx>; Luis <l@x.mx> (no)`. A contact is listed there to be mailed, so it gets
 * invoices unless `(no)` stands behind it.
 * @throws BAD_ADDRESS
 */
export function parseContacts(text: string): Contact[] {
  const contacts: Contact[] = []
  // The captured marks stand between the lists: list, mark, list, mark, …, list.
  for (const [i, part] of text.split(MARK).entries()) {
    if (i % 2 === 0) contacts.push(...splitAddresses(part).map((item) => contactOf(item.text)))
    else if (/^no$/iu.test(part))
      contacts.push(...contacts.splice(-1).map((last) => ({ ...last, getsInvoices: false })))
  }
  return contacts
}

function contactOf(text: string): Contact {
  const name = contactName(/^(.*)</su.exec(text)?.[1] ?? '')
  return { name, email: checkedAddress('contacts', text), getsInvoices: true }
}

/** The contacts as `parseContacts` reads them. */
export function formatContacts(contacts: readonly Contact[]): string {
  return contacts
    .map(({ name, email, getsInvoices }) =>
      `${contactName(name)} <${email}>${getsInvoices ? '' : ' (no)'}`.trim(),
    )
    .join('; ')
}

/** A contact's name without the signs that separate names and addresses. */
export function contactName(text: string): string {
  return cleanLine(text.replace(/["<>;,]+/gu, ' '))
}

/** Position of the contact that a person means by e-mail, name or number in the list (from 1): none, one or several. */
export function contactsMeant(contacts: readonly Contact[], text: string): number[] {
  const wanted = text.trim().toLowerCase()
  const where = (test: (contact: Contact, i: number) => boolean) =>
    contacts.flatMap((contact, i) => (test(contact, i) ? [i] : []))
  const ways = [
    where((contact) => contact.email.toLowerCase() === wanted),
    where((contact) => contact.name.toLowerCase() === wanted),
    where((_, i) => String(i + 1) === wanted),
  ]
  return ways.find((found) => found.length > 0) ?? []
}
