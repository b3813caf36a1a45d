import { splitAddresses } from './address-list.ts'
import { cleanLine } from './clean.ts'
import type { Contact } from './customer.ts'
import { checkedPhone } from './customer-channel.ts'
import { checkedAddress } from './customer-fields.ts'

/** Behind a contact of a list: whether it gets invoices, or its mobile number. */
const MARK = /\(\s*(no|s[ií]|yes)\s*\)|\[([^\]]*)\]/iu

/**
 * Reads the contacts cell of a table: `Ana <a@x.mx> [55 1234 5678]; Luis <l@x.mx> (no)`. A contact is listed there to be
 * mailed, so it gets invoices unless `(no)` stands behind it; a mobile number stands in brackets.
 * @throws BAD_ADDRESS, BAD_PHONE
 */
export function parseContacts(text: string): Contact[] {
  const contacts: Contact[] = []
  const change = (fields: Partial<Contact>) =>
    contacts.push(...contacts.splice(-1).map((last) => ({ ...last, ...fields })))
  // What the two groups of the mark captured stands between the lists: list, word, number, list, word, number, …, list.
  for (const [i, part] of (text.split(MARK) as (string | undefined)[]).entries()) {
    if (part === undefined) continue
    if (i % 3 === 0) contacts.push(...splitAddresses(part).map((item) => contactOf(item.text)))
    else if (i % 3 === 2) change({ mobile: checkedPhone('contacts', part) })
    else if (/^no$/iu.test(part)) change({ getsInvoices: false })
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
    .map(({ name, email, getsInvoices, mobile }) => {
      const number = mobile === undefined ? '' : ` [${mobile}]`
      return `${contactName(name)} <${email}>${number}${getsInvoices ? '' : ' (no)'}`.trim()
    })
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
