import { splitAddresses } from './address-list.ts'
import { likelyTypo } from './address-typo.ts'
import { domainOf, parseAddress } from './address.ts'
import { channelsOf, numbersOf } from './customer-channel.ts'
import { type Customer, foldName, isGenericRfc, recipientsOf, validRfc } from './customer.ts'
import type { PackagingType } from './packaging-type.ts'
import { CFDI_PARTIES } from './party.ts'
import type { CustomerFinding, CustomerProblem } from './results/customers.ts'

/**
 * What a person should look at in the customers, by code. Nothing outside is asked: whether a mailbox exists shows only when
 * mail is sent to it: then it is in quarantine.
 * @param quarantined addresses in lower case that returned mail
 */
export function checkCustomers(
  customers: readonly Customer[],
  types: readonly PackagingType[],
  quarantined: ReadonlySet<string> = new Set<string>(),
): CustomerFinding[] {
  const shared = sharedFindings(customers)
  return customers.flatMap((customer) => [
    ...reachFindings(customer),
    ...addressFindings(customer),
    ...quarantineFindings(customer, quarantined),
    ...typeFindings(customer, types),
    ...rfcFindings(customer),
    ...(shared.get(customer.code) ?? []),
  ])
}

function finding(
  customer: Customer,
  problem: CustomerProblem,
  more: Partial<CustomerFinding> = {},
): CustomerFinding {
  return {
    code: customer.code,
    name: customer.name,
    problem,
    value: '',
    suggestion: null,
    others: [],
    ...more,
  }
}

function reachFindings(customer: Customer): CustomerFinding[] {
  return [...mailFindings(customer), ...numberFindings(customer)]
}

/** A document for WhatsApp waits until there is a number. */
function numberFindings(customer: Customer): CustomerFinding[] {
  const wantsNumber = channelsOf(customer).includes('whatsapp') || customer.channel === 'fallback'
  return wantsNumber && customer.kind !== 'employee' && numbersOf(customer).length === 0
    ? [finding(customer, 'no-number')]
    : []
}

/** Who has WhatsApp alone may have no address. */
function mailFindings(customer: Customer): CustomerFinding[] {
  if (recipientsOf(customer).length > 0 || !channelsOf(customer).includes('email')) return []
  const several = customer.kind === 'employee' && splitAddresses(customer.email).length > 1
  return [
    finding(
      customer,
      several ? 'several-addresses' : 'no-recipient',
      several ? { value: customer.email } : {},
    ),
  ]
}

function addressFindings(customer: Customer): CustomerFinding[] {
  return writtenIn(customer).flatMap((value) => {
    const reading = parseAddress(value)
    if (!reading.ok) return [finding(customer, 'bad-address', { value })]
    const meant = likelyTypo(domainOf(reading.address))
    if (meant === null) return []
    const suggestion = reading.address.slice(0, reading.address.lastIndexOf('@') + 1) + meant
    return [finding(customer, 'likely-typo', { value: reading.address, suggestion })]
  })
}

function quarantineFindings(customer: Customer, quarantined: ReadonlySet<string>): CustomerFinding[] {
  return recipientsOf(customer)
    .filter(({ address }) => quarantined.has(address.toLowerCase()))
    .map(({ address }) => finding(customer, 'quarantined', { value: address }))
}

function typeFindings(customer: Customer, types: readonly PackagingType[]): CustomerFinding[] {
  const value = customer.packaging.type
  const type = types.find((each) => each.code === value)
  if (type === undefined) return [finding(customer, 'unknown-type', { value })]
  if (type.customer === null || type.customer === customer.code) return []
  return [finding(customer, 'type-of-another-customer', { value, others: [type.customer] })]
}

function rfcFindings(customer: Customer): CustomerFinding[] {
  if (customer.rfc === '') return CFDI_PARTIES.includes(customer.kind) ? [finding(customer, 'no-rfc')] : []
  return validRfc(customer.rfc) ? [] : [finding(customer, 'bad-rfc', { value: customer.rfc })]
}

/** One finding for the first customer of each group, naming the others. */
function sharedFindings(customers: readonly Customer[]): Map<string, CustomerFinding[]> {
  const findings = new Map<string, CustomerFinding[]>()
  const add = (group: readonly Customer[], problem: CustomerProblem, value: string) => {
    const [first, ...others] = group
    if (first === undefined || others.length === 0) return
    const more = { value, others: others.map((customer) => customer.code) }
    findings.set(first.code, [...(findings.get(first.code) ?? []), finding(first, problem, more)])
  }
  // Documents are matched by RFC within one kind of party: a supplier may well be a customer too.
  const own = customers.filter((customer) => customer.rfc !== '' && !isGenericRfc(customer.rfc))
  const sameRfc = grouped(own, (customer) => [`${customer.kind} ${customer.rfc}`])
  for (const group of sameRfc.values()) add(group, 'same-rfc', group[0]?.rfc ?? '')
  const generic = customers.filter((customer) => isGenericRfc(customer.rfc))
  const sharedName = grouped(generic, (customer) => [
    `${customer.kind} ${customer.rfc} ${foldName(customer.name)}`,
  ])
  for (const group of sharedName.values()) add(group, 'same-name', group[0]?.rfc ?? '')
  for (const [address, group] of grouped(customers, reachedAt)) {
    if (new Set(group.map((customer) => customer.rfc)).size > 1) add(group, 'shared-address', address)
  }
  return findings
}

function grouped(
  customers: readonly Customer[],
  keysOf: (customer: Customer) => readonly string[],
): Map<string, Customer[]> {
  const groups = new Map<string, Customer[]>()
  for (const customer of customers) {
    for (const key of new Set(keysOf(customer))) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [customer])
      else group.push(customer)
    }
  }
  return groups
}

function reachedAt(customer: Customer): readonly string[] {
  return recipientsOf(customer).map((recipient) => recipient.address.toLowerCase())
}

/** Every address of the customer as it is written, used or not, once. */
function writtenIn(customer: Customer): readonly string[] {
  const fields = [
    customer.billingEmail,
    customer.packaging.addresses.join(','),
    customer.contacts.map((contact) => contact.email).join(','),
    customer.email,
  ]
  return [...new Set(fields.flatMap(splitAddresses).map((item) => item.text))]
}
