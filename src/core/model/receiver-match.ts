import type { Candidate } from './choice.ts'
import { type Customer, foldName, isGenericRfc } from './customer.ts'
import type { SkipReason } from './document-reason.ts'
import { partyKindFor } from './party.ts'

/** The one of a receiver's customers that the document (no payroll) is for, or why none is. @param parties all those of the receiver's RFC */
export function receiverAmong(
  file: Pick<Candidate, 'kind' | 'receiverRfc' | 'receiverName'>,
  parties: readonly Customer[],
): Customer | SkipReason {
  const kind = partyKindFor(file.kind)
  const all = parties.filter((party) => party.kind === kind)
  // XAXX… and XEXX… are shared by people who must not see each other's documents: there the name has to be the same too.
  const generic = file.receiverRfc === '' || isGenericRfc(file.receiverRfc)
  const found = generic
    ? all.filter((customer) => foldName(customer.name) === foldName(file.receiverName))
    : all
  const [only, another] = found
  if (only === undefined) return generic && all.length > 0 ? 'generic-rfc' : 'no-customer'
  return another === undefined ? only : 'ambiguous-customer'
}

export function customersByRfc(customers: readonly Customer[]): Map<string, Customer[]> {
  const byRfc = new Map<string, Customer[]>()
  for (const customer of customers) {
    const same = byRfc.get(customer.rfc)
    if (same === undefined) byRfc.set(customer.rfc, [customer])
    else same.push(customer)
  }
  return byRfc
}
