import type { OrderPaper, PaperKind } from '../model/paper.ts'
import type { NewOrder } from '../model/send-order.ts'
import { listed } from './listed.ts'
import type { Db, NewRow } from './schema.ts'

const CHUNK = 200

/** How many times each paper was packaged so far, by `paperKey`. */
export async function lastPaperCopies(db: Db, orders: readonly NewOrder[]): Promise<Map<string, number>> {
  const references = [...new Set(orders.flatMap(({ papers }) => papers.map(({ reference }) => reference)))]
  const copies = new Map<string, number>()
  for (let start = 0; start < references.length; start += CHUNK) {
    const rows = await db
      .selectFrom('order_paper')
      .select(['kind', 'customer', 'reference', (select) => select.fn.max('copy').as('last')])
      .where('reference', 'in', references.slice(start, start + CHUNK))
      .groupBy(['kind', 'customer', 'reference'])
      .execute()
    for (const row of rows) copies.set(paperKey(row.kind, row.customer, row.reference), Number(row.last))
  }
  return copies
}

/** Rows of an order's papers, each as a further copy of itself. */
export function paperRows(order: NewOrder, copies: Map<string, number>): NewRow<'order_paper'>[] {
  return order.papers.map(({ date, ...paper }) => {
    const key = paperKey(paper.kind, order.customer, paper.reference)
    const copy = (copies.get(key) ?? 0) + 1
    copies.set(key, copy)
    return { order_id: order.id, customer: order.customer, copy, paper_date: date, ...paper }
  })
}

/** The papers of each of the orders that carry any. */
export async function papersByOrder(db: Db, ids: readonly string[]): Promise<Map<string, OrderPaper[]>> {
  const rows = await db
    .selectFrom('order_paper')
    .selectAll()
    .where('order_id', 'in', listed(ids))
    .orderBy('reference')
    .execute()
  const papers = new Map<string, OrderPaper[]>()
  for (const { order_id: order, kind, reference, paper_date: date, amount, currency, file, sha256 } of rows) {
    const paper = { kind: kind as PaperKind, reference, date, amount, currency, file, sha256 }
    papers.set(order, [...(papers.get(order) ?? []), paper])
  }
  return papers
}

/** What makes a paper the same: kind, party and reference. */
export function paperKey(kind: string, customer: string, reference: string): string {
  return JSON.stringify([kind, customer, reference])
}
