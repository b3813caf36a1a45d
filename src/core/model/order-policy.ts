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

/** The only customer to whom all those of the addresses belong that are anybody's; null when nobody's, or of several. */
export function ownerOf(addresses: readonly string[], customers: readonly Customer[]): Customer | null {
  const wanted = addresses.map((address) => address.toLowerCase())
  const own = customers.map((customer) => ({ customer, addresses: addressesOf(customer) }))
  const known = wanted.filter((address) => own.some(({ addresses }) => addresses.has(address)))
  if (known.length === 0) return null
  const [owner, another] = own.filter(({ addresses }) => known.every((address) => addresses.has(address)))
  return owner !== undefined && another === undefined ? owner.customer : null
}
