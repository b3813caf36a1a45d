import { cleanLine } from './clean.ts'
import { codeSeries } from './customer-codes.ts'
import { newCustomer } from './customer-fields.ts'
import { type Customer, foldName, isGenericRfc, normalRfc } from './customer.ts'

/** A receiver as documents name it. */
export interface ReceiverName {
  readonly rfc: string
  readonly name: string
}

export interface ReceiverPlan {
  readonly created: readonly Customer[]
  /** Codes of customers that the documents name and that are there. */
  readonly known: readonly string[]
}

/**
 * Customers for the receivers that have none: one per RFC, and for an RFC that everybody shares one per name. Of several
 * spellings of a name the first in the list is taken. Suppliers and other parties are not looked at, but their codes are taken.
 */
export function customersFromReceivers(
  receivers: readonly ReceiverName[],
  existing: readonly Customer[],
): ReceiverPlan {
  const codes = new Map<string, string>()
  for (const customer of existing) {
    if (customer.kind !== 'customer') continue
    const key = keyOf(customer)
    if (!codes.has(key)) codes.set(key, customer.code)
  }
  const nextCode = codeSeries(existing.map((customer) => customer.code))
  const created: Customer[] = []
  const known = new Set<string>()
  const made = new Set<string>()
  for (const receiver of receivers) {
    const key = keyOf(receiver)
    const code = codes.get(key)
    if (code !== undefined) known.add(code)
    if (code !== undefined || made.has(key)) continue
    made.add(key)
    created.push({ ...newCustomer(nextCode()), rfc: normalRfc(receiver.rfc), name: cleanLine(receiver.name) })
  }
  return { created, known: [...known] }
}

function keyOf({ rfc, name }: ReceiverName): string {
  const normal = normalRfc(rfc)
  return isGenericRfc(normal) ? `${normal} ${foldName(name)}` : normal
}
