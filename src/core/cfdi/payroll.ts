import { attributeOrEmpty } from './attributes.ts'
import type { Facts } from './facts.ts'
import { knownName } from './names.ts'
import { knownUri } from './namespaces.ts'
import type { Scan } from './scan.ts'

const PAYROLL = knownName('Nomina')
const PAYROLL_12 = knownUri('http://www.sat.gob.mx/nomina12')
const PAYROLL_11 = knownUri('http://www.sat.gob.mx/nomina')
const EMPLOYEE = knownName('Receptor')
const NUMBER = knownName('NumEmpleado')
const CURP_12 = knownName('Curp')
const CURP_11 = knownName('CURP')
const PAID_ON = knownName('FechaPago')
const FROM = knownName('FechaInicialPago')
const TO = knownName('FechaFinalPago')

/** Whether the element is a Nomina complement, 1.1 or 1.2. */
export function isPayroll(scan: Scan): boolean {
  return scan.local === PAYROLL && isPayrollUri(scan.uri)
}

/** Takes down a Nomina: 1.1 says whose it is in its own attributes, 1.2 in its Receptor. */
export function takePayroll(facts: Facts, scan: Scan): void {
  facts.payroll ??= {
    curp: attributeOrEmpty(scan, CURP_11).toUpperCase(),
    employeeNumber: attributeOrEmpty(scan, NUMBER),
    paidOn: attributeOrEmpty(scan, PAID_ON),
    from: attributeOrEmpty(scan, FROM),
    to: attributeOrEmpty(scan, TO),
  }
}

/** Takes down a child of Nomina 1.2. */
export function takePayrollEmployee(facts: Facts, scan: Scan): void {
  if (scan.local !== EMPLOYEE || scan.uri !== PAYROLL_12 || facts.payroll === null) return
  const { curp, employeeNumber } = facts.payroll
  facts.payroll = {
    ...facts.payroll,
    curp: curp || attributeOrEmpty(scan, CURP_12).toUpperCase(),
    employeeNumber: employeeNumber || attributeOrEmpty(scan, NUMBER),
  }
}

function isPayrollUri(uri: number): boolean {
  return uri === PAYROLL_12 || uri === PAYROLL_11
}
