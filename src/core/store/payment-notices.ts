import type { NewEvent } from '../model/event.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { MailLanguage } from '../model/mail-language.ts'
import type { PaidLine } from '../model/paid-line.ts'
import type { PaymentNotice } from '../model/payment-notice.ts'
import type { Period } from '../model/period.ts'
import type { NewOrder } from '../model/send-order.ts'
import { writeOrders } from './enqueue.ts'
import { insertEvents } from './event-log.ts'
import { packagedPapers } from './papers.ts'
import type { Db, NewRow, Row } from './schema.ts'

export interface NoticeFilter {
  /** Codes of parties. */
  readonly customers?: readonly string[]
  readonly period?: Period
}

/** Oldest first. */
export async function listPaymentNotices(db: Db, filter: NoticeFilter): Promise<PaymentNotice[]> {
  let query = db.selectFrom('payment_notice').selectAll().orderBy('paid_on').orderBy('id')
  if (filter.customers !== undefined) query = query.where('customer', 'in', filter.customers)
  const { from = null, to = null } = filter.period ?? {}
  if (from !== null) query = query.where('paid_on', '>=', from)
  if (to !== null) query = query.where('paid_on', '<=', to)
  return (await query.execute()).map(toNotice)
}

/** Those that a person may mean: by the end of the id, else by the whole reference in any case of letters. */
export async function paymentNoticesNamed(db: Db, typed: string): Promise<PaymentNotice[]> {
  const name = typed.trim().toUpperCase()
  const all = name === '' ? [] : (await db.selectFrom('payment_notice').selectAll().execute()).map(toNotice)
  const byId = all.filter(({ id }) => id.endsWith(name))
  return byId.length > 0 ? byId : all.filter(({ reference }) => reference.toUpperCase() === name)
}

/** The send orders of each notice that has any, by the notice's id; oldest first. */
export async function ordersOfNotices(
  db: Db,
  notices: readonly PaymentNotice[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const ids = notices.map(({ id }) => id)
  const rows = await db
    .selectFrom('payment_notice')
    .innerJoin('order_paper', (join) =>
      join
        .onRef('order_paper.customer', '=', 'payment_notice.customer')
        .onRef('order_paper.reference', '=', 'payment_notice.reference')
        .on('order_paper.kind', '=', 'receipt'),
    )
    .select(['payment_notice.id', 'order_paper.order_id as order'])
    .where('payment_notice.id', 'in', ids)
    .orderBy('order_paper.order_id')
    .execute()
  const found = new Map<string, string[]>()
  for (const { id, order } of rows) found.set(id, [...(found.get(id) ?? []), order])
  return found
}

/**
 * Writes a new notice, and with its mark the send order that it becomes, in one commit.
 * @throws RECEIPT_TWICE when the party has a receipt of that reference already, a notice or a packaged paper
 */
export async function savePaymentNotice(
  db: Db,
  notice: PaymentNotice,
  { order, event }: { readonly order: NewOrder | null; readonly event: NewEvent },
): Promise<void> {
  await db.transaction().execute(async (db) => {
    const { customer: code, reference } = notice
    const same = await db
      .selectFrom('payment_notice')
      .select('id')
      .where('customer', '=', code)
      .where('reference', '=', reference)
      .executeTakeFirst()
    if (same !== undefined || (await hasLiveOrder(db, notice))) {
      throw new CfdiMailError('RECEIPT_TWICE', { code, reference })
    }
    await db.insertInto('payment_notice').values(toRow(notice)).execute()
    await insertEvents(db, [event])
    if (order !== null) await writeOrders(db, [order])
  })
}

/**
 * Sets the mark of a notice and queues what it became, in one commit; unless another run did so meanwhile.
 * @returns whether it was queued
 */
export async function queuePaymentNotice(db: Db, notice: PaymentNotice, order: NewOrder): Promise<boolean> {
  return await db.transaction().execute(async (db) => {
    if (await hasLiveOrder(db, notice)) return false
    await db.updateTable('payment_notice').set({ send: 1 }).where('id', '=', notice.id).execute()
    await writeOrders(db, [order])
    return true
  })
}

/**
 * Takes a notice away.
 * @returns false when it has an order that is not cancelled
 */
export async function removePaymentNotice(db: Db, notice: PaymentNotice, event: NewEvent): Promise<boolean> {
  return await db.transaction().execute(async (db) => {
    if (await hasLiveOrder(db, notice)) return false
    await db.deleteFrom('payment_notice').where('id', '=', notice.id).execute()
    await insertEvents(db, [event])
    return true
  })
}

async function hasLiveOrder(
  db: Db,
  { customer, reference }: Pick<PaymentNotice, 'customer' | 'reference'>,
): Promise<boolean> {
  const live = await packagedPapers(db, 'receipt', [{ reference, sha256: '' }])
  return live.some((each) => each.customer === customer && each.reference === reference)
}

function toRow(notice: PaymentNotice): NewRow<'payment_notice'> {
  const { id, customer, reference, amount, currency, language, pdf } = notice
  return {
    ...{ id, customer, reference, amount, currency, language },
    paid_on: notice.date,
    paid: JSON.stringify(notice.paid),
    file: pdf?.name ?? '',
    file_sha256: pdf?.sha256 ?? null,
    send: notice.send === 'send' ? 1 : 0,
    created_at: notice.createdAt,
  }
}

function toNotice(row: Row<'payment_notice'>): PaymentNotice {
  const { id, customer, reference, amount, currency } = row
  return {
    ...{ id, customer, reference, amount, currency },
    date: row.paid_on,
    paid: JSON.parse(row.paid) as PaidLine[],
    language: row.language as MailLanguage,
    pdf: row.file_sha256 === null ? null : { name: row.file, sha256: row.file_sha256 },
    send: row.send === 1 ? 'send' : 'not-marked',
    createdAt: row.created_at,
  }
}
