import { cancelledIn } from '../cfdi/cancellation-receipt.ts'
import { decodeText } from '../files/decode-text.ts'
import { readNamedFile } from '../files/named-file.ts'
import { packedList } from '../files/packed-list.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import { type Customer, foldName, isGenericRfc } from '../model/customer.ts'
import { STOPPABLE_STATES } from '../model/delivery.ts'
import { CfdiMailError } from '../model/errors.ts'
import { CFDI_PARTIES } from '../model/party.ts'
import type { Period } from '../model/period.ts'
import type { DoneResult } from '../model/results/house.ts'
import type { DocumentsCancelledResult, DocumentsResult, IndexedDocument } from '../model/results/packaged.ts'
import { uuidsIn } from '../model/uuids.ts'
import { cancelledUuids, markCancelled, ordersWith, unmarkCancelled } from '../store/cancelled-documents.ts'
import { eachDocument } from '../store/document-list.ts'
import type { IndexedFile } from '../store/documents.ts'
import { steerDeliveries } from '../store/steer.ts'
import { chooseCustomers } from './choose-customers.ts'
import type { Ctx } from './ctx.ts'
import { byOperator } from './steer-orders.ts'

/** Which documents of the index; null and [] do not narrow. */
export interface DocumentsRequest {
  /** Customer codes, or `?` to search. */
  readonly clients: readonly string[]
  readonly period: Period
  readonly kinds: readonly CfdiKind[] | null
  readonly uuid: string | null
  /** All, or those that may not leave. */
  readonly show: 'all' | 'bad'
}

/**
 * The index of the source folders, as it was when they were last read.
 * @throws CUSTOMER_NOT_FOUND, CHOOSE_CUSTOMER
 */
export async function listIndex(ctx: Ctx, request: DocumentsRequest): Promise<DocumentsResult> {
  const customers = await chooseCustomers(ctx, request.clients, CFDI_PARTIES)
  const receiverRfcs = customers === null ? null : [...new Set(customers.map(({ rfc }) => rfc))]
  const cancelled = await cancelledUuids(ctx.db)
  const documents = packedList<IndexedDocument>()
  let bad = 0
  for await (const file of eachDocument(ctx.db, { ...request, receiverRfcs })) {
    if (customers !== null && !customers.some((customer) => receives(customer, file))) continue
    const document = toDocument(file, cancelled)
    if (document.reason !== null) bad++
    else if (request.show === 'bad') continue
    documents.add([document])
  }
  return { kind: 'documents', documents, bad }
}

/** Documents that were cancelled at the SAT. */
export interface CancelRequest {
  /** Fiscal folios, in whatever text. */
  readonly uuids: readonly string[]
  /** A file that holds fiscal folios (a list, a CSV, the SAT's receipt), or `-` for standard input; null for none. */
  readonly file: string | null
  readonly reason: string | null
}

/**
 * Marks documents as cancelled: they are not packaged, and what is queued of them does not go. A message with several documents
 * stops as a whole, because it cannot go without one of them; the others may be packaged again. Of the SAT's receipt only
 * what the SAT did cancel is taken.
 * @throws NEEDS_REASON, NOTHING_SELECTED when there is no fiscal folio, BAD_UUID for a word that is none, FILE_NOT_FOUND
 */
export async function cancelDocuments(ctx: Ctx, request: CancelRequest): Promise<DocumentsCancelledResult> {
  const bytes = await readBytes(ctx, request.file)
  const receipt = cancelledIn(bytes)
  const refused = receipt?.refused ?? []
  const read = receipt === null ? uuidsIn(decodeText(bytes)) : receipt.cancelled
  const uuids = chosenUuids(request, { read, needed: refused.length === 0 ? 'some' : 'none' })
  const reason = request.reason?.trim() ?? ''
  if (reason === '') throw new CfdiMailError('NEEDS_REASON')
  const detail = byOperator(ctx, reason)
  return ctx.db.transaction().execute(async (db) => {
    const fresh = await markCancelled(db, { uuids, reason, at: ctx.now().toISOString(), detail })
    const stopped = await steerDeliveries(db, {
      orders: await ordersWith(db, uuids),
      from: STOPPABLE_STATES,
      to: 'cancelled',
      recipients: null,
      at: ctx.now(),
      event: 'cancelled',
      detail,
    })
    return {
      kind: 'documents-cancelled',
      uuids: fresh,
      already: uuids.filter((uuid) => !fresh.includes(uuid)),
      refused,
      orders: [...new Set(stopped.map(({ order }) => order))],
      deliveries: stopped.length,
    }
  })
}

/**
 * Takes the mark away; what it stopped stays stopped and can be packaged again.
 * @throws NOTHING_SELECTED, BAD_UUID, FILE_NOT_FOUND, DOCUMENT_NOT_FOUND when none of them was marked
 */
export async function restoreDocuments(ctx: Ctx, request: CancelRequest): Promise<DoneResult> {
  const read = uuidsIn(decodeText(await readBytes(ctx, request.file)))
  const uuids = chosenUuids(request, { read, needed: 'some' })
  const reason = request.reason?.trim() ?? ''
  const detail = byOperator(ctx, reason)
  const names = await ctx.db
    .transaction()
    .execute((db) => unmarkCancelled(db, { uuids, reason, at: ctx.now().toISOString(), detail }))
  if (names.length === 0) throw new CfdiMailError('DOCUMENT_NOT_FOUND', { uuid: uuids.join(', ') })
  return { kind: 'done', action: 'restored', subject: 'document', names }
}

async function readBytes(ctx: Ctx, file: string | null): Promise<Buffer> {
  if (file === null) return Buffer.alloc(0)
  return file === '-' ? Buffer.from(await ctx.readStdin()) : readNamedFile(file)
}

/** The typed ones and those of the file, each once. None is an error, unless a receipt says that nothing was cancelled. */
function chosenUuids(
  { uuids }: CancelRequest,
  { read, needed }: { readonly read: readonly string[]; readonly needed: 'some' | 'none' },
): string[] {
  const typed = uuids.flatMap((value) => {
    const found = uuidsIn(value)
    if (found.length === 0) throw new CfdiMailError('BAD_UUID', { value })
    return found
  })
  const all = [...new Set([...typed, ...read])]
  if (all.length === 0 && needed === 'some') throw new CfdiMailError('NOTHING_SELECTED', { variant: 'uuids' })
  return all
}

/** Customers that share a generic RFC are told apart by name. */
function receives(customer: Customer, file: IndexedFile): boolean {
  if (customer.rfc !== file.receiverRfc) return false
  return !isGenericRfc(customer.rfc) || foldName(customer.name) === foldName(file.receiverName)
}

function toDocument(file: IndexedFile, cancelled: ReadonlySet<string>): IndexedDocument {
  const isCancelled = file.reason === null && file.uuid !== null && cancelled.has(file.uuid)
  return {
    uuid: file.uuid,
    file: file.path,
    documentKind: file.kind,
    series: file.series,
    folio: file.folio,
    issuedAt: file.issuedAt,
    total: file.total,
    currency: file.currency,
    issuerRfc: file.issuerRfc,
    receiverRfc: file.receiverRfc,
    receiverName: file.receiverName,
    pdf: file.pdf,
    extras: file.extras,
    reason: isCancelled ? 'cancelled' : file.reason,
    detail: file.detail,
  }
}
