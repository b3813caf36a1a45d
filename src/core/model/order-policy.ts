import { addressesIn } from './address-list.ts'
import { type Customer, fieldsOf, RECIPIENT_RULES } from './customer.ts'

/** Who an order file may send to: only addresses that belong to the customer, or anybody. Others wait for a person. */
export const ORDER_RECIPIENTS = ['known', 'any'] as const
export type OrderRecipients = (typeof ORDER_RECIPIENTS)[number]

/** Every address of a customer's card, its contacts that get no invoices included. In lower case. */
export function addressesOf(customer: Customer): ReadonlySet<string> {
  const fields = [
    ...RECIPIENT_RULES.flatMap((rule) => fieldsOf(customer, rule)),
    ...customer.contacts.map(({ email }) => email),
  ]
  return new Set(fields.flatMap(addressesIn).map((address) => address.toLowerCase()))
}

/** The only customer to whom all the addresses belong, or null. */
export function ownerOf(addresses: readonly string[], customers: readonly Customer[]): Customer | null {
  if (addresses.length === 0) return null
  const owners = customers.filter((customer) => {
    const own = addressesOf(customer)
    return addresses.every((address) => own.has(address.toLowerCase()))
  })
  const [owner, another] = owners
  return owner !== undefined && another === undefined ? owner : null
}
