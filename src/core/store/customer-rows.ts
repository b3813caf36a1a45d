import { type Contact, type Customer, foldName, type PartyKind } from '../model/customer.ts'
import type { CustomerChannel } from '../model/channel.ts'
import type { NewRow, Row } from './schema.ts'

/** Puts customers and their contacts (in order of position) together, by code. */
export function toCustomers(
  rows: readonly Row<'customer'>[],
  contacts: readonly Row<'contact'>[],
): Customer[] {
  const byCustomer = new Map<string, Contact[]>()
  for (const contact of contacts) {
    const list = byCustomer.get(contact.customer) ?? []
    list.push({
      ...{ name: contact.name, email: contact.email, getsInvoices: contact.gets_invoices === 1 },
      ...(contact.mobile === '' ? {} : { mobile: contact.mobile }),
    })
    byCustomer.set(contact.customer, list)
  }
  return rows
    .map((row) => toCustomer(row, byCustomer.get(row.code) ?? []))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}

function toCustomer(row: Row<'customer'>, contacts: readonly Contact[]): Customer {
  return {
    code: row.code,
    kind: row.kind as PartyKind,
    name: row.name,
    rfc: row.rfc,
    email: row.email,
    billingEmail: row.billing_email,
    packaging: { type: row.packaging_type, addresses: JSON.parse(row.packaging_addresses) as string[] },
    contacts,
    ...(row.mobile === '' ? {} : { mobile: row.mobile }),
    ...(row.channel === 'email' ? {} : { channel: row.channel as CustomerChannel }),
    ...(row.xml_by === '' ? {} : { xmlBy: row.xml_by }),
    ...(row.curp === '' ? {} : { curp: row.curp }),
    ...(row.employee_number === '' ? {} : { employeeNumber: row.employee_number }),
    ...(row.group_code === '' ? {} : { group: row.group_code }),
    ...(row.class === '' ? {} : { class: row.class }),
  }
}

/** A customer's row, as if it were new; an update leaves `created_at` alone. */
export function toCustomerRow(customer: Customer, at: string): NewRow<'customer'> {
  return {
    code: customer.code,
    kind: customer.kind,
    name: customer.name,
    folded_name: foldName(customer.name),
    rfc: customer.rfc,
    email: customer.email,
    billing_email: customer.billingEmail,
    packaging_type: customer.packaging.type,
    packaging_addresses: JSON.stringify(customer.packaging.addresses),
    mobile: customer.mobile ?? '',
    channel: customer.channel ?? 'email',
    xml_by: customer.xmlBy ?? '',
    curp: customer.curp ?? '',
    employee_number: customer.employeeNumber ?? '',
    group_code: customer.group ?? '',
    class: customer.class ?? '',
    created_at: at,
    updated_at: at,
  }
}

/** One contact's row. */
export function toContactRow(
  customer: string,
  contact: Contact,
  key: { readonly id: string; readonly position: number },
): NewRow<'contact'> {
  return {
    id: key.id,
    customer,
    position: key.position,
    name: contact.name,
    email: contact.email,
    gets_invoices: contact.getsInvoices ? 1 : 0,
    mobile: contact.mobile ?? '',
  }
}
