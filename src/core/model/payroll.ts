import { addressesIn } from './address-list.ts'
import { uniqueAddresses } from './address.ts'
import type { Payroll } from './cfdi.ts'
import { type Customer, foldName, isGenericRfc } from './customer.ts'

/** Payroll goes to its employee's own address and to nobody else: what that means is said here. */

/** Why a payroll document has no employee that it surely belongs to, or the employee no address that is surely their own. */
export const PAYROLL_REASONS = [
  'no-employee', // nobody of kind employee has the receiver's RFC
  'other-employee', // who has the RFC has another CURP or employee number
  'ambiguous-employee', // several have the RFC, and neither CURP nor number tells them apart
  'several-addresses', // an employee has one
  'shared-address', // it is another employee's too
] as const
export type PayrollReason = (typeof PAYROLL_REASONS)[number]

export interface PayrollFault {
  readonly reason: PayrollReason
  readonly detail: string
}

/** Whose pay a document says it is. */
export interface PayrollReceiver {
  readonly receiverRfc: string
  readonly receiverName: string
  /** Null where it has no Nomina complement. */
  readonly payroll: Payroll | null
}

/** Whether any of the documents is payroll. */
export function hasPayroll(kinds: readonly (string | null)[]): boolean {
  return kinds.includes('N')
}

/**
 * The employee that a payroll document belongs to: of the receiver's RFC, and of no other CURP or employee number than the
 * complement says. Of several, the one whose CURP or number is the complement's.
 * @param parties of any kind
 */
export function employeeOf(document: PayrollReceiver, parties: readonly Customer[]): Customer | PayrollFault {
  const { receiverRfc, receiverName } = document
  const all = parties.filter(({ kind, rfc }) => kind === 'employee' && rfc !== '' && rfc === receiverRfc)
  // A generic RFC is everybody's: there the name has to be the same too.
  const same = isGenericRfc(receiverRfc)
    ? all.filter(({ name }) => foldName(name) === foldName(receiverName))
    : all
  if (same.length === 0) return { reason: 'no-employee', detail: `${receiverRfc} ${receiverName}` }
  const possible = same.filter((party) => likeness(party, document.payroll) !== 'other')
  const certain = possible.filter((party) => likeness(party, document.payroll) === 'same')
  const [only, another] = certain.length > 0 ? certain : possible
  const codes = (employees: readonly Customer[]) => employees.map(({ code }) => code).join(', ')
  if (only === undefined) return { reason: 'other-employee', detail: codes(same) }
  return another === undefined ? only : { reason: 'ambiguous-employee', detail: codes(possible) }
}

/** What CURP and number say: one that differs is another employee, one that is the same is this one. */
function likeness(party: Customer, payroll: Payroll | null): 'same' | 'other' | 'unknown' {
  const pairs = [
    [party.curp ?? '', payroll?.curp ?? ''],
    [plainNumber(party.employeeNumber ?? ''), plainNumber(payroll?.employeeNumber ?? '')],
  ].filter(([own, its]) => own !== '' && its !== '')
  if (pairs.some(([own, its]) => own !== its)) return 'other'
  return pairs.length === 0 ? 'unknown' : 'same'
}

/** `0042` and `42` are one number. */
function plainNumber(text: string): string {
  return text
    .trim()
    .toUpperCase()
    .replace(/^0+(?=.)/, '')
}

/** What of a party says whose an address is. */
export type Reachable = Pick<Customer, 'code' | 'kind' | 'rfc' | 'email' | 'curp'>

/**
 * Why payroll cannot go to the employee's address: there are several, or it is somebody else's too. No address at all is no
 * fault: the order waits for one.
 * @param parties all of them
 */
export function addressFault(employee: Reachable, parties: readonly Reachable[]): PayrollFault | null {
  const own = uniqueAddresses(addressesIn(employee.email))
  const [address, another] = own
  if (another !== undefined)
    return { reason: 'several-addresses', detail: `${employee.code}: ${own.join(', ')}` }
  if (address === undefined) return null
  const sharing = parties.filter((party) => isAnothers(party, employee) && hasAddress(party, address))
  if (sharing.length === 0) return null
  return { reason: 'shared-address', detail: `${address}: ${sharing.map(({ code }) => code).join(', ')}` }
}

/** Who was hired twice has two codes and is one person; whose CURP differs is another one, whatever the RFC. */
function isAnothers(party: Reachable, employee: Reachable): boolean {
  if (party.kind !== 'employee' || party.code === employee.code) return false
  const [own = '', its = ''] = [employee.curp, party.curp]
  const hasOtherCurp = own !== '' && its !== '' && own !== its
  return hasOtherCurp || party.rfc !== employee.rfc || isGenericRfc(employee.rfc)
}

function hasAddress({ email }: Reachable, address: string): boolean {
  return addressesIn(email).some((each) => each.toLowerCase() === address.toLowerCase())
}

/** The employee's own address when there is exactly one and nobody else has it, else null. */
export function ownAddress(employee: Reachable, parties: readonly Reachable[]): string | null {
  if (employee.kind !== 'employee' || addressFault(employee, parties) !== null) return null
  return addressesIn(employee.email)[0] ?? null
}
