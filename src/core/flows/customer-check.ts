import { checkCustomers } from '../model/customer-check.ts'
import { normalCode } from '../model/customer.ts'
import type { CustomersCheckedResult } from '../model/results/customers.ts'
import { allCustomers } from '../store/customers.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import { listQuarantine } from '../store/quarantine.ts'
import type { Ctx } from './ctx.ts'
import { existingCustomer } from './customers.ts'

/**
 * Looks for what will go wrong when mail is sent, without asking anything outside.
 * @param codes customers to report on; [] for all. All are compared with each other in any case.
 * @throws CUSTOMER_NOT_FOUND
 */
export async function checkAllCustomers(ctx: Ctx, codes: readonly string[]): Promise<CustomersCheckedResult> {
  for (const code of codes) await existingCustomer(ctx.db, code)
  const wanted = new Set(codes.map(normalCode))
  const customers = await allCustomers(ctx.db)
  const quarantined = new Set((await listQuarantine(ctx.db)).map(({ address }) => address))
  const findings = checkCustomers(customers, await listPackagingTypes(ctx.db), quarantined).filter(
    (finding) => wanted.size === 0 || [finding.code, ...finding.others].some((code) => wanted.has(code)),
  )
  const checked = wanted.size === 0 ? customers.length : wanted.size
  return { kind: 'customers-checked', needsPerson: findings.length > 0, customers: checked, findings }
}
