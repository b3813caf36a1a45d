import type { StampedHead } from './cfdi.ts'
import { type Customer, normalCode } from './customer.ts'
import { addressFault, employeeOf, hasPayroll, ownAddress, type PayrollReason } from './payroll.ts'

/** Why payroll may not go out as an order says, besides what is wrong with its employee. */
export const PAYROLL_ORDER_REASONS = [
  'payroll-mixed', // with documents that are no payroll, or of several employees
  'not-own-address', // a recipient is not the employee's own address
] as const
export type PayrollOrderReason = (typeof PAYROLL_ORDER_REASONS)[number] | PayrollReason

export interface PayrollOrderFault {
  readonly reason: PayrollOrderReason
  readonly detail: string
}

/** An order that somebody else wrote, with the facts of its documents. */
export interface PayrollOrderFacts {
  readonly heads: readonly StampedHead[]
  /** Code that the order names; '' for none. */
  readonly named: string
  /** Addresses that the order names; none leaves it to the employee's own. */
  readonly addresses: readonly string[]
  /** Parties of any kind. */
  readonly customers: readonly Customer[]
}

/**
 * The one employee to whom an order with payroll may go, or why it may not: documents of one employee alone, to that employee's
 * own address alone.
 */
export function employeeOfOrder(facts: PayrollOrderFacts): Customer | PayrollOrderFault {
  const { heads, customers } = facts
  const found = heads.map((head) => employeeOfHead(head, customers))
  const fault = found.find((each) => 'reason' in each)
  const employees = found.flatMap((each) => ('reason' in each ? [] : [each]))
  const codes = [...new Set(employees.map(({ code }) => code))]
  if (heads.some(({ kind }) => !hasPayroll([kind])) || codes.length > 1)
    return { reason: 'payroll-mixed', detail: codes.join(', ') }
  const [employee] = employees
  if (fault !== undefined) return fault
  if (employee === undefined) return { reason: 'no-employee', detail: '' }
  return otherThan(employee, facts) ?? addressFault(employee, customers) ?? employee
}

function employeeOfHead({ kind, receiver, payroll }: StampedHead, customers: readonly Customer[]) {
  if (!hasPayroll([kind])) return { reason: 'payroll-mixed', detail: kind } as const
  return employeeOf({ receiverRfc: receiver.rfc, receiverName: receiver.name, payroll }, customers)
}

function otherThan(employee: Customer, facts: PayrollOrderFacts): PayrollOrderFault | null {
  const { named, addresses, customers } = facts
  const code = normalCode(named)
  if (code !== '' && code !== employee.code)
    return { reason: 'other-employee', detail: `${code}, ${employee.code}` }
  const own = ownAddress(employee, customers)?.toLowerCase()
  const others = addresses.filter((address) => address.toLowerCase() !== own)
  return others.length === 0 ? null : { reason: 'not-own-address', detail: others.join(', ') }
}
