import type { Recipient } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { hasPayroll, ownAddress } from '../model/payroll.ts'
import type { OrderView } from '../model/send-order.ts'
import { partiesAt } from '../store/payroll.ts'
import type { Ctx } from './ctx.ts'
import { isOwnAddress } from './payroll-guard.ts'

interface Asked {
  readonly orders: readonly OrderView[]
  /** Null for the employee's own. */
  readonly to: readonly Recipient[] | null
  readonly keep: 'save' | 'once'
}

/**
 * Payroll is repeated to no other address than its employee's own. `save` makes the one address that is given the employee's
 * own, unless it is another employee's.
 * @throws NOT_OWN_ADDRESS
 */
export async function checkPayroll(ctx: Ctx, { orders, to, keep }: Asked): Promise<void> {
  const payroll = orders.filter(({ documents }) => hasPayroll(documents.map(({ kind }) => kind)))
  if (to === null || payroll.length === 0) return
  const codes = [...new Set(orders.map(({ customer }) => customer))]
  for (const { customer } of payroll) {
    for (const { address } of to) {
      const isFine =
        keep === 'save'
          ? to.length === 1 && codes.length === 1 && (await mayBecomeOwn(ctx, customer, address))
          : await isOwnAddress(ctx, customer, address)
      if (!isFine) throw new CfdiMailError('NOT_OWN_ADDRESS', { address, code: customer })
    }
  }
}

async function mayBecomeOwn(ctx: Ctx, code: string, address: string): Promise<boolean> {
  const parties = await partiesAt(ctx.db, code, address)
  const employee = parties.find((party) => party.code === code)
  return employee !== undefined && ownAddress({ ...employee, email: address }, parties) !== null
}
