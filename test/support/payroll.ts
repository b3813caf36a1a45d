/** A firm with employees and customers, and payroll documents for them. */
import type { TestContext } from 'node:test'
import { addCustomer } from '../../src/core/flows/customers.ts'
import type { CustomerFields } from '../../src/core/model/customer-fields.ts'
import type { CfdiOptions } from './cfdi-factory.ts'
import { testCtx, type TestCtx } from './ctx.ts'

export const INGRID = {
  code: 'E00001',
  name: 'INGRID XODAR JIMENEZ',
  rfc: 'XOJI740919U48',
  email: 'ingrid@correo.example',
  curp: 'XOJI740919MDFDMN00',
  employeeNumber: '0042',
} as const

/** Without CURP and number: the RFC alone says who it is. */
export const MIGUEL = {
  code: 'E00002',
  name: 'MIGUEL CACHO RIVERA',
  rfc: 'CACX7605101P8',
  email: 'miguel@correo.example',
} as const

type Employee = CustomerFields & { readonly code: string }

/** A store with the customer URE and these employees. */
export async function payrollHouse(
  t: TestContext,
  employees: readonly Employee[] = [INGRID, MIGUEL],
): Promise<TestCtx> {
  const test = await testCtx(t)
  for (const employee of employees)
    await addCustomer(test.ctx, { pointOfSale: false, kind: 'empleado', ...employee })
  return test
}

/** A payroll document of an employee. */
export function payrollOf(
  { rfc, name, curp, employeeNumber }: CustomerFields,
  folio: string,
  changes: Partial<CfdiOptions> = {},
): CfdiOptions {
  return {
    kind: 'N',
    series: 'NOM',
    folio,
    receiverRfc: rfc ?? '',
    receiverName: name ?? '',
    payroll: {
      ...(curp === undefined ? {} : { curp }),
      ...(employeeNumber === undefined ? {} : { employeeNumber }),
    },
    ...changes,
  }
}
