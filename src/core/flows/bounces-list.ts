import { recipientsOf } from '../model/customer.ts'
import { checkedAddress } from '../model/customer-fields.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { BouncesResult, QuarantineResult } from '../model/results/bounces.ts'
import type { DoneResult } from '../model/results/house.ts'
import { listBounces } from '../store/bounces.ts'
import { allCustomers } from '../store/customers.ts'
import { heldForQuarantine, listQuarantine, quarantineAddress, releaseAddress } from '../store/quarantine.ts'
import type { Ctx } from './ctx.ts'
import { orderCustomers } from './order-customers.ts'
import { byOperator } from './steer-orders.ts'

/**
 * What came back and was tied to orders, oldest first.
 * @throws CUSTOMER_NOT_FOUND, CHOOSE_CUSTOMER
 */
export async function showBounces(
  ctx: Ctx,
  request: { readonly clients: readonly string[]; readonly limit: number | null },
): Promise<BouncesResult> {
  const customers = await orderCustomers(ctx, request.clients)
  const bounces = await listBounces(ctx.db, { customers, limit: request.limit })
  return { kind: 'bounces', bounces, limit: request.limit }
}

/** Addresses that nothing is sent to, with the customers that have them and what waits for them. */
export async function showQuarantine(ctx: Ctx): Promise<QuarantineResult> {
  const customers = await allCustomers(ctx.db)
  const owners = new Map<string, string[]>()
  for (const customer of customers) {
    for (const { address } of recipientsOf(customer)) {
      const key = address.toLowerCase()
      owners.set(key, [...(owners.get(key) ?? []), customer.code])
    }
  }
  const addresses = []
  for (const { address, since, status, reason, order_id: order } of await listQuarantine(ctx.db)) {
    const held = (await heldForQuarantine(ctx.db, address)).length
    addresses.push({ address, since, status, reason, order, customers: owners.get(address) ?? [], held })
  }
  return { kind: 'quarantine', addresses }
}

/** Addresses as a person types them, and why. */
export interface AddressRequest {
  readonly addresses: readonly string[]
  /** '' for none. */
  readonly reason: string
}

/**
 * Puts addresses in quarantine by hand; what waits for them is held.
 * @throws BAD_ADDRESS; then nothing is changed
 */
export async function addToQuarantine(ctx: Ctx, { addresses, reason }: AddressRequest): Promise<DoneResult> {
  const names = addresses.map((typed) => checkedAddress('address', typed).toLowerCase())
  const at = ctx.now().toISOString()
  const why = byOperator(ctx, reason)
  await ctx.db.transaction().execute(async (db) => {
    for (const address of names) {
      await quarantineAddress(db, { address, status: '', reason: why, order: null, customer: null, at })
    }
  })
  return { kind: 'done', action: 'held', subject: 'address', names }
}

/**
 * Ends the quarantine of addresses; what was held for them goes with the next `send`.
 * @throws NOT_QUARANTINED for the first that is not in it; then nothing is changed
 */
export async function releaseFromQuarantine(
  ctx: Ctx,
  { addresses, reason }: AddressRequest,
): Promise<DoneResult> {
  const at = ctx.now().toISOString()
  const names = addresses.map((address) => address.trim().toLowerCase())
  const orders = new Set<string>()
  await ctx.db.transaction().execute(async (db) => {
    for (const address of names) {
      const released = await releaseAddress(db, address, { at, by: byOperator(ctx, reason) })
      if (released === null) throw new CfdiMailError('NOT_QUARANTINED', { address })
      for (const order of released) orders.add(order)
    }
  })
  return { kind: 'done', action: 'released', subject: 'address', names, orders: orders.size }
}
