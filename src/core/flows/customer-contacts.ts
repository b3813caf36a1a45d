import { contactName, contactsMeant } from '../model/contacts.ts'
import { checkedPhone } from '../model/customer-channel.ts'
import { checkedAddress } from '../model/customer-fields.ts'
import type { Contact, Customer } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { CustomerResult } from '../model/results/customers.ts'
import type { Ctx } from './ctx.ts'
import { changeCustomer } from './customers.ts'

/** What people type about a contact; undefined leaves it as it is. */
export interface ContactFields {
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly getsInvoices?: boolean | undefined
  /** '' takes the number away. */
  readonly mobile?: string | undefined
}

/**
 * Adds a contact. Unless it is marked it gets no invoices: mail to somebody who should not read it cannot be called back.
 * @throws CUSTOMER_NOT_FOUND, BAD_ADDRESS, CONTACT_EXISTS when the customer has one of that e-mail
 */
export async function addContact(
  ctx: Ctx,
  code: string,
  contact: ContactFields & { readonly email: string },
): Promise<CustomerResult> {
  const fresh: Contact = { name: '', email: '', getsInvoices: false }
  return changeCustomer(ctx, code, (customer) =>
    withContacts(customer, [...customer.contacts, changed(fresh, contact)]),
  )
}

/**
 * Changes a contact, named by its e-mail, its name, or its number in the list.
 * @throws NOTHING_TO_CHANGE, CUSTOMER_NOT_FOUND, CONTACT_NOT_FOUND, CONTACT_AMBIGUOUS, BAD_ADDRESS, CONTACT_EXISTS
 */
export async function setContact(
  ctx: Ctx,
  which: { readonly customer: string; readonly contact: string },
  fields: ContactFields,
): Promise<CustomerResult> {
  if (Object.values(fields).every((value) => value === undefined))
    throw new CfdiMailError('NOTHING_TO_CHANGE')
  return changeCustomer(ctx, which.customer, (customer) => {
    const position = contactPosition(customer, which.contact)
    return withContacts(
      customer,
      customer.contacts.map((contact, i) => (i === position ? changed(contact, fields) : contact)),
    )
  })
}

/**
 * Removes a contact, named as in `setContact`.
 * @throws CUSTOMER_NOT_FOUND, CONTACT_NOT_FOUND, CONTACT_AMBIGUOUS
 */
export async function removeContact(ctx: Ctx, code: string, contact: string): Promise<CustomerResult> {
  return changeCustomer(ctx, code, (customer) => {
    const position = contactPosition(customer, contact)
    return { ...customer, contacts: customer.contacts.filter((_, i) => i !== position) }
  })
}

function changed(contact: Contact, fields: ContactFields): Contact {
  const { mobile: typed = contact.mobile ?? '' } = fields
  const mobile = typed === '' ? '' : checkedPhone('mobile', typed)
  return {
    name: fields.name === undefined ? contact.name : contactName(fields.name),
    email: fields.email === undefined ? contact.email : checkedAddress('email', fields.email),
    getsInvoices: fields.getsInvoices ?? contact.getsInvoices,
    ...(mobile === '' ? {} : { mobile }),
  }
}

function withContacts(customer: Customer, contacts: readonly Contact[]): Customer {
  const seen = new Set<string>()
  for (const { email } of contacts) {
    const folded = email.toLowerCase()
    if (seen.has(folded)) throw new CfdiMailError('CONTACT_EXISTS', { code: customer.code, contact: email })
    seen.add(folded)
  }
  return { ...customer, contacts }
}

function contactPosition(customer: Customer, text: string): number {
  const [position, ...others] = contactsMeant(customer.contacts, text)
  const params = { code: customer.code, contact: text }
  if (position === undefined) throw new CfdiMailError('CONTACT_NOT_FOUND', params)
  if (others.length > 0) throw new CfdiMailError('CONTACT_AMBIGUOUS', params)
  return position
}
