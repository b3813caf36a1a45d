import { readBlob, storeBlobs } from '../files/spool.ts'
import { recipientsOf } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PaymentNotice } from '../model/payment-notice.ts'
import type {
  PaymentNoticesQueuedResult,
  PaymentNoticeView,
  QueuedNotice,
} from '../model/results/payment-notices.ts'
import { findCustomer } from '../store/customers.ts'
import { listPaymentNotices, queuePaymentNotice, savePaymentNotice } from '../store/payment-notices.ts'
import { checkRoom } from './check-room.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder } from './make-orders.ts'
import { orderOfNotice } from './payment-notice-order.ts'
import { noticeEvent, noticeNamed, noticeViews } from './payment-notices.ts'
import { type ReadNotice, readPaymentNotice, type TypedNotice } from './read-payment-notice.ts'
import type { Objection } from './try-paper-order.ts'

/**
 * Writes down a collection or a payment, and with its mark queues its mail.
 * @throws what `readPaymentNotice` says, RECEIPT_REFUSED, RECEIPT_TWICE, DISK_LOW, DISK_FULL
 */
export async function addPaymentNotice(ctx: Ctx, typed: TypedNotice): Promise<PaymentNoticesQueuedResult> {
  checkRoom(ctx)
  const read = await readPaymentNotice(ctx, typed)
  const { notice, party } = read
  const made = notice.send === 'send' ? await orderOfNotice(ctx, notice, read) : null
  if (made !== null && 'reason' in made)
    throw new CfdiMailError('RECEIPT_REFUSED', { reason: made.reason, detail: detailOf(made) })
  await keepPdf(ctx, read)
  const event = noticeEvent(ctx, 'receipt-saved', notice)
  await savePaymentNotice(ctx.db, notice, { order: made?.order ?? null, event })
  const [view] = await noticeViews(ctx, [notice])
  const recipients = made === null ? [] : recipientsOf(party).map(({ address }) => address)
  const result = made === null ? 'kept' : 'queued'
  return queuedResult(view === undefined ? [] : [{ ...view, ...NO_REASON, result, recipients }])
}

/** What the reason does not say yet: that a kind is not enabled is of receipts anyway. */
function detailOf({ reason, detail }: Objection): string {
  return reason === 'kind-disabled' ? '' : detail
}

/** Which notices get their mark. */
export interface NoticeChoice {
  /** The ends of ids, or references. */
  readonly ids: readonly string[]
  /** All that have no mark yet, or only those that are named. */
  readonly which: 'named' | 'all'
}

/**
 * Sets the mark of notices and queues their mails. One that cannot be queued is told with its reason; the others go.
 * @throws NOTHING_SELECTED, BAD_SELECTION, RECEIPT_NOT_FOUND, RECEIPT_AMBIGUOUS, DISK_LOW, DISK_FULL
 */
export async function queuePaymentNotices(
  ctx: Ctx,
  { ids, which }: NoticeChoice,
): Promise<PaymentNoticesQueuedResult> {
  const views = await noticeViews(ctx, await chosenNotices(ctx, { ids, which }))
  const unmarked = which === 'named' ? views : views.filter(({ state }) => state === 'not-marked')
  checkRoom(ctx)
  const queued: QueuedNotice[] = []
  for (const view of unmarked) {
    if (ctx.signal.aborted) break
    queued.push(await queueOne(ctx, view))
    ctx.progress('package', queued.length, unmarked.length)
  }
  return queuedResult(queued)
}

async function chosenNotices(ctx: Ctx, { ids, which }: NoticeChoice): Promise<readonly PaymentNotice[]> {
  if (ids.length === 0 && which === 'named')
    throw new CfdiMailError('NOTHING_SELECTED', { variant: 'receipts' })
  if (ids.length > 0 && which === 'all') throw new CfdiMailError('BAD_SELECTION', { flags: 'ID, --all' })
  if (which === 'all') return await listPaymentNotices(ctx.db, {})
  const named = new Map<string, PaymentNotice>()
  for (const id of ids) {
    const notice = await noticeNamed(ctx, id)
    named.set(notice.id, notice)
  }
  return [...named.values()]
}

const NO_REASON = { reason: null, detail: '' } as const

async function queueOne(ctx: Ctx, view: PaymentNoticeView): Promise<QueuedNotice> {
  const left = { ...view, ...NO_REASON, recipients: [] }
  if (view.state !== 'not-marked' && view.state !== 'cancelled') return { ...left, result: 'already' }
  const made = await orderAgain(ctx, view)
  if ('reason' in made) return { ...left, reason: made.reason, detail: detailOf(made), result: 'refused' }
  const isQueued = await queuePaymentNotice(ctx.db, view, made.order)
  const [now = view] = await noticeViews(ctx, [{ ...view, send: 'send' }])
  // Another run queued it between the look and now.
  if (!isQueued) return { ...left, ...now, result: 'already' }
  const recipients = made.order.deliveries.map(({ address }) => address).filter((address) => address !== '')
  return { ...now, ...NO_REASON, result: 'queued', recipients }
}

/** The order of a notice that was written down before: its PDF is in the spool. */
async function orderAgain(
  ctx: Ctx,
  { customer, pdf, ...rest }: PaymentNotice,
): Promise<MadeOrder | Objection> {
  const party = await findCustomer(ctx.db, customer)
  if (party === undefined) return { reason: 'unknown-party', detail: customer }
  const content = pdf === null ? null : readBlob(ctx.folders.spool, pdf.sha256)
  if (pdf !== null && content === null) return { reason: 'unreadable', detail: pdf.name }
  return await orderOfNotice(ctx, { ...rest, customer, pdf }, { party, content })
}

/** Bytes first, then the row that names them. */
async function keepPdf(ctx: Ctx, { notice: { pdf }, content }: ReadNotice): Promise<void> {
  if (pdf === null || content === null) return
  await storeBlobs(ctx.folders.spool, new Map([[pdf.sha256, content]]), ctx.fault)
  ctx.fault('snapshot')
}

function queuedResult(notices: readonly QueuedNotice[]): PaymentNoticesQueuedResult {
  const needsPerson = notices.some(({ result, state }) => result === 'refused' || state === 'held')
  return { kind: 'payment-notices-queued', needsPerson, notices }
}
