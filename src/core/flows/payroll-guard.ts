import { ownAddress } from '../model/payroll.ts'
import type { ClaimedOrder } from '../store/claimed-orders.ts'
import { partiesAt } from '../store/payroll.ts'
import type { Ctx } from './ctx.ts'

/**
 * The last look before payroll leaves, whatever made the order and however long ago: every address that it goes to is the own
 * address of its employee, as the store says now.
 * @returns what speaks against it, for the log; null when nothing does, and for what is no payroll
 */
export async function payrollObstacle(ctx: Ctx, order: ClaimedOrder): Promise<string | null> {
  if (!order.isPayroll) return null
  for (const { recipient } of order.deliveries) {
    if (!(await isOwnAddress(ctx, order.customer, recipient))) return `payroll: not-own-address: ${recipient}`
  }
  return null
}

/** Whether the address is the own one of the employee with that code. */
export async function isOwnAddress(ctx: Ctx, code: string, address: string): Promise<boolean> {
  const parties = await partiesAt(ctx.db, code, address)
  const employee = parties.find((party) => party.code === code)
  const own = employee === undefined ? null : ownAddress(employee, parties)
  return own !== null && own.toLowerCase() === address.toLowerCase()
}
