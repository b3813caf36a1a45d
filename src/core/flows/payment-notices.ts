import type { NewEvent } from '../model/event.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PaymentNotice, PaymentNoticeState } from '../model/payment-notice.ts'
import { ALWAYS, type Period } from '../model/period.ts'
import type { DoneResult } from '../model/results/house.ts'
import type { ResentResult } from '../model/results/outbox.ts'
import type { PaymentNoticesResult, PaymentNoticeView } from '../model/results/payment-notices.ts'
import { findCustomers } from '../store/customers.ts'
import { listOrders } from '../store/orders.ts'
import {
  listPaymentNotices,
  ordersOfNotices,
  paymentNoticesNamed,
  removePaymentNotice,
} from '../store/payment-notices.ts'
import type { Ctx } from './ctx.ts'
import { orderCustomers } from './order-customers.ts'
import { resendOrders } from './resend.ts'

const CHUNK = 500

/** Which notices to list; null and [] do not narrow. */
export interface NoticesRequest {
  /** Codes of parties, or `?` to search. */
  readonly clients: readonly string[]
  readonly period: Period
  readonly states: readonly PaymentNoticeState[] | null
}

/**
 * The notices of some parties, days and states, oldest first.
 * @throws CUSTOMER_NOT_FOUND, CHOOSE_CUSTOMER
 */
export async function showPaymentNotices(
  ctx: Ctx,
  { clients, period, states }: NoticesRequest,
): Promise<PaymentNoticesResult> {
  const customers = await orderCustomers(ctx, clients)
  const filter = { period, ...(customers === null ? {} : { customers }) }
  const notices = await noticeViews(ctx, await listPaymentNotices(ctx.db, filter))
  return {
    kind: 'payment-notices',
    notices: states === null ? notices : notices.filter(({ state }) => states.includes(state)),
  }
}

/** What is known of each besides its row: the order that speaks for it is its newest that is not cancelled, else its newest. */
export async function noticeViews(
  ctx: Ctx,
  notices: readonly PaymentNotice[],
): Promise<readonly PaymentNoticeView[]> {
  const views: PaymentNoticeView[] = []
  // A statement takes only so many values.
  for (let start = 0; start < notices.length; start += CHUNK)
    views.push(...(await someViews(ctx, notices.slice(start, start + CHUNK))))
  return views
}

async function someViews(ctx: Ctx, notices: readonly PaymentNotice[]): Promise<readonly PaymentNoticeView[]> {
  const ids = await ordersOfNotices(ctx.db, notices)
  const orders = new Map(
    (await listOrders(ctx.db, { ids: [...ids.values()].flat() })).map((order) => [order.id, order]),
  )
  const codes = [...new Set(notices.map(({ customer }) => customer))]
  const names = new Map((await findCustomers(ctx.db, codes)).map(({ code, name }) => [code, name]))
  return notices.map((notice) => {
    const own = (ids.get(notice.id) ?? []).flatMap((id) => orders.get(id) ?? [])
    const order = own.findLast(({ state }) => state !== 'cancelled') ?? own.at(-1)
    return {
      ...notice,
      customerName: names.get(notice.customer) ?? '',
      state: order?.state ?? 'not-marked',
      order: order?.id ?? null,
    }
  })
}

/**
 * The one notice that a person means by the end of its id, or by its reference.
 * @throws RECEIPT_NOT_FOUND, RECEIPT_AMBIGUOUS
 */
export async function noticeNamed(ctx: Ctx, typed: string): Promise<PaymentNotice> {
  const [notice, another] = await paymentNoticesNamed(ctx.db, typed)
  if (notice === undefined) throw new CfdiMailError('RECEIPT_NOT_FOUND', { id: typed })
  if (another !== undefined) throw new CfdiMailError('RECEIPT_AMBIGUOUS', { id: typed })
  return notice
}

/**
 * Sends what some notices became once more, as `resend` does.
 * @throws RECEIPT_NOT_FOUND, RECEIPT_AMBIGUOUS, RECEIPT_NOT_SENT for one without an order, and what `resendOrders` says
 */
export async function resendNotices(
  ctx: Ctx,
  {
    ids,
    to,
    reason,
  }: { readonly ids: readonly string[]; readonly to: readonly string[]; readonly reason: string | null },
): Promise<ResentResult> {
  const notices: PaymentNotice[] = []
  for (const id of ids) notices.push(await noticeNamed(ctx, id))
  const orders = (await noticeViews(ctx, notices)).map(({ order, reference }) => {
    if (order === null) throw new CfdiMailError('RECEIPT_NOT_SENT', { reference })
    return order
  })
  return await resendOrders(ctx, {
    ...{ orders, clients: [], period: ALWAYS, states: null, to, reason },
    ...{ keep: 'once', confirmed: 'no' },
  })
}

/**
 * Takes away notices that did not leave: written down by mistake, or their order was cancelled.
 * @throws RECEIPT_NOT_FOUND, RECEIPT_AMBIGUOUS, RECEIPT_IN_USE
 */
export async function removeNotices(ctx: Ctx, ids: readonly string[]): Promise<DoneResult> {
  const names: string[] = []
  for (const id of ids) {
    const notice = await noticeNamed(ctx, id)
    const event = noticeEvent(ctx, 'receipt-removed', notice)
    const isGone = await removePaymentNotice(ctx.db, notice, event)
    if (!isGone) throw new CfdiMailError('RECEIPT_IN_USE', { reference: notice.reference })
    names.push(notice.reference)
  }
  return { kind: 'done', action: 'removed', subject: 'receipt', names }
}

/** What the log says of a notice that is written down or taken away. */
export function noticeEvent(
  ctx: Ctx,
  event: 'receipt-saved' | 'receipt-removed',
  { customer, reference, date, amount, currency, send }: PaymentNotice,
): NewEvent {
  const mark = event === 'receipt-saved' && send === 'not-marked' ? '; not-marked' : ''
  return {
    ...{ at: ctx.now().toISOString(), level: 'info', event, customer },
    ...{ order: null, uuid: null, recipient: null },
    detail: `${reference}: ${amount} ${currency} ${date}${mark}`,
  }
}
