import { splitAddresses } from '../model/address-list.ts'
import { uniqueAddresses } from '../model/address.ts'
import { checkedAddress } from '../model/customer-fields.ts'
import type { Recipient } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { NotResent, ResentOrder, ResentResult } from '../model/results/outbox.ts'
import type { NewOrder, OrderView } from '../model/send-order.ts'
import { writeOrders } from '../store/enqueue.ts'
import { steerDeliveries } from '../store/steer.ts'
import type { Ctx } from './ctx.ts'
import { changeCustomer } from './customers.ts'
import { chooseOrders, type ResendRequest } from './resend-choice.ts'
import { checkPayroll } from './resend-payroll.ts'
import { repeatOrder } from './resend-order.ts'

/** More orders than these are not repeated without a confirmation. */
const MANY = 50

/** Orders that are written in one commit, and held in memory until then. */
const BATCH = 50

/**
 * Makes a new order from each chosen one: the same words and the same attachments, another Message-ID and date, to those who
 * are the customer's recipients now or to the given addresses.
 * @throws NEEDS_REASON, NOTHING_SELECTED, NEEDS_YES, NEEDS_ADDRESS, NOT_OWN_ADDRESS, BAD_ADDRESS, ORDER_NOT_FOUND, AMBIGUOUS_ID,
 *   CUSTOMER_NOT_FOUND, and for an order named by its id WRONG_STATE, DOCUMENT_CANCELLED, SNAPSHOT_MISSING
 */
export async function resendOrders(ctx: Ctx, request: ResendRequest): Promise<ResentResult> {
  const reason = checkRequest(request)
  const to = explicitRecipients(request.to)
  const { orders, skipped } = await chooseOrders(ctx, request)
  checkConfirmed(request, orders)
  await checkPayroll(ctx, { orders, to, keep: request.keep })
  if (request.keep === 'save') await saveAddresses(ctx, orders, to)
  const made: ResentOrder[] = []
  const left: NotResent[] = [...skipped]
  let held = false
  for (let start = 0; start < orders.length && !ctx.signal.aborted; start += BATCH) {
    const batch: NewOrder[] = []
    for (const order of orders.slice(start, start + BATCH)) {
      const repeat = await repeatOrder(ctx, order, { recipients: to, among: amongOf(request), reason })
      if ('missing' in repeat) left.push(withoutSnapshot(request, order, repeat.missing))
      else batch.push(repeat)
    }
    await write(ctx, batch, reason)
    held ||= batch.some(({ deliveries }) => deliveries.some(({ state }) => state === 'held'))
    made.push(...batch.map(resent))
    ctx.progress('package', made.length, orders.length)
  }
  const needsPerson = held || left.some(({ reason }) => reason === 'no-snapshot')
  return { kind: 'resent', needsPerson, orders: made, skipped: left }
}

/** Who asks for what failed means those whom it failed for, not the ones who have it. */
function amongOf({ states, to }: ResendRequest): 'all' | 'owed' {
  return states === null || to.length > 0 ? 'all' : 'owed'
}

function checkRequest({ orders, clients, period, states, to, keep, reason }: ResendRequest): string {
  const filtered = clients.length > 0 || period.from !== null || period.to !== null || states !== null
  if (orders.length === 0 && !filtered) throw new CfdiMailError('NOTHING_SELECTED')
  if (keep === 'save' && to.length === 0) throw new CfdiMailError('NEEDS_ADDRESS')
  if (reason === null || reason.trim() === '') throw new CfdiMailError('NEEDS_REASON')
  return reason.trim()
}

/** One address for the documents of several customers is nearly always a mistake, and mail cannot be called back. */
function checkConfirmed({ to, confirmed }: ResendRequest, orders: readonly OrderView[]): void {
  const customers = new Set(orders.map(({ customer }) => customer)).size
  const isUnusual = orders.length > MANY || (to.length > 0 && customers > 1)
  if (isUnusual && confirmed === 'no') throw new CfdiMailError('NEEDS_YES', { count: orders.length })
}

function explicitRecipients(typed: readonly string[]): Recipient[] | null {
  if (typed.length === 0) return null
  const addresses = typed.flatMap(splitAddresses).map(({ text }) => checkedAddress('to', text))
  return uniqueAddresses(addresses).map((address) => ({ address, rule: 'explicit' }))
}

async function saveAddresses(
  ctx: Ctx,
  orders: readonly OrderView[],
  to: readonly Recipient[] | null,
): Promise<void> {
  const added = (to ?? []).map(({ address }) => address)
  for (const code of new Set(orders.map(({ customer }) => customer))) {
    await changeCustomer(ctx, code, (customer) => {
      if (customer.kind === 'employee') return { ...customer, email: added.join(', ') }
      const addresses = uniqueAddresses([...customer.packaging.addresses, ...added])
      return { ...customer, packaging: { ...customer.packaging, addresses } }
    })
  }
}

/**
 * The repetitions, and the end of what was held of the first orders: their customer would get the documents twice once
 * somebody releases them.
 */
async function write(ctx: Ctx, batch: readonly NewOrder[], reason: string): Promise<void> {
  if (batch.length === 0) return
  ctx.fault('snapshot')
  await ctx.db.transaction().execute(async (db) => {
    await writeOrders(db, batch)
    await steerDeliveries(db, {
      orders: batch.flatMap(({ resendOf }) => resendOf ?? []),
      from: ['held'],
      to: 'cancelled',
      recipients: null,
      at: ctx.now(),
      event: 'cancelled',
      detail: `${ctx.operator}: resend: ${reason}`,
    })
  })
}

function withoutSnapshot({ orders }: ResendRequest, order: OrderView, name: string): NotResent {
  if (orders.length > 0) throw new CfdiMailError('SNAPSHOT_MISSING', { id: order.id.slice(-8), name })
  return { id: order.id, customer: order.customer, state: order.state, reason: 'no-snapshot' }
}

function resent({ id, resendOf, customer, deliveries }: NewOrder): ResentOrder {
  const recipients = deliveries.map(({ address }) => address).filter((address) => address !== '')
  return { id, resendOf: resendOf ?? '', customer, recipients }
}
