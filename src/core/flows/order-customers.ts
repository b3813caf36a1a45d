import { normalCode } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { findCustomer } from '../store/customers.ts'
import { listOrders } from '../store/orders.ts'
import { chooseCustomers } from './choose-customers.ts'
import type { Ctx } from './ctx.ts'

/**
 * Codes of the customers named on the command line, as orders and events have them. Orders outlive their customer, so a code
 * is good when either is there; `?` searches among the customers.
 * @returns null when none was named
 * @throws CUSTOMER_NOT_FOUND, CHOOSE_CUSTOMER
 */
export async function orderCustomers(ctx: Ctx, typed: readonly string[]): Promise<readonly string[] | null> {
  if (typed.length === 0) return null
  const codes = new Set<string>()
  for (const text of typed) {
    if (text.startsWith('?')) {
      for (const customer of (await chooseCustomers(ctx, [text])) ?? []) codes.add(customer.code)
    } else codes.add(await knownCode(ctx, normalCode(text)))
  }
  return [...codes]
}

async function knownCode(ctx: Ctx, code: string): Promise<string> {
  const known =
    (await findCustomer(ctx.db, code)) ?? (await listOrders(ctx.db, { customers: [code], limit: 1 }))[0]
  if (known === undefined) throw new CfdiMailError('CUSTOMER_NOT_FOUND', { code })
  return code
}
