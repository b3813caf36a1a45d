import type { Snapshot } from '../model/snapshot.ts'
import { listedIn } from './listed.ts'
import { prepared } from './prepared.ts'
import type { Db, Row } from './schema.ts'
import { toSnapshot } from './snapshots.ts'

/** A delivery that this process owns until the lease ends. */
export interface ClaimedDelivery {
  readonly id: string
  readonly recipient: string
  /** Tries made before this one. */
  readonly attempts: number
  /** ISO 8601 UTC, or null before the first try. */
  readonly firstTriedAt: string | null
}

/** An order with the deliveries of it that are due, all leased under one token. */
export interface ClaimedOrder {
  readonly id: string
  readonly customer: string
  readonly type: string
  readonly messageId: string
  readonly createdAt: string
  readonly subject: string
  readonly sender: string | null
  readonly uuids: readonly string[]
  /** One of its documents that was marked as cancelled when it was claimed, or null. */
  readonly cancelled: string | null
  /** Whether any of its documents is payroll. */
  readonly isPayroll: boolean
  readonly attachments: readonly ClaimedAttachment[]
  readonly deliveries: readonly ClaimedDelivery[]
}

export interface ClaimedAttachment extends Snapshot {
  readonly name: string
  readonly mediaType: string
  readonly partHeader: string | null
}

export const columnsOfLeased = [
  'id',
  'order_id',
  'recipient',
  'attempts',
  'first_try_at',
  'position',
] as const

type LeasedRow = Pick<Row<'delivery'>, (typeof columnsOfLeased)[number]>

/** None that a row has behind its message: SQLite would walk along the whole of it. */
const columnsOfOrder = ['id', 'customer', 'type', 'message_id', 'created_at', 'subject', 'sender'] as const

/**
 * @param ids of the orders, as JSON
 * @param leased rows of the deliveries that are due
 */
export function loadOrders(db: Db, ids: string, leased: readonly LeasedRow[]): ClaimedOrder[] {
  const attachments = attachmentsOf(db, { ids })
  const documents = documentsOf(db, { ids })
  return ordersOf(db, { ids }).map((order) => {
    const own = <R extends { readonly order_id: string }>(rows: readonly R[]) =>
      rows.filter((row) => row.order_id === order.id)
    return claimedOrder(order, {
      documents: own(documents),
      attachments: own(attachments),
      deliveries: own(leased).sort((a, b) => a.position - b.position),
    })
  })
}

interface Ids {
  /** JSON. */
  readonly ids: string
}

const ordersOf = prepared((db, blank: Ids) =>
  db.selectFrom('send_order').select(columnsOfOrder).where('id', 'in', listedIn(blank.ids)).orderBy('id'),
)

const attachmentsOf = prepared((db, blank: Ids) =>
  db
    .selectFrom('order_attachment')
    .selectAll()
    .where('order_id', 'in', listedIn(blank.ids))
    .orderBy('position'),
)

const documentsOf = prepared((db, blank: Ids) =>
  db
    .selectFrom('order_document')
    .leftJoin('cancelled_document', 'cancelled_document.uuid', 'order_document.uuid')
    .select(['order_id', 'order_document.uuid', 'kind', 'cancelled_document.uuid as cancelled'])
    .where('order_id', 'in', listedIn(blank.ids)),
)

type OrderRow = Pick<Row<'send_order'>, (typeof columnsOfOrder)[number]>

interface RowsOfOrder {
  readonly documents: readonly (Pick<Row<'order_document'>, 'uuid' | 'kind'> & {
    readonly cancelled: string | null
  })[]
  readonly attachments: readonly Row<'order_attachment'>[]
  readonly deliveries: readonly LeasedRow[]
}

/** Written out, as all that is made once a message: an object that is spread from parts has another shape each time for the engine. */
function claimedOrder(order: OrderRow, { documents, attachments, deliveries }: RowsOfOrder): ClaimedOrder {
  return {
    id: order.id,
    customer: order.customer,
    type: order.type,
    messageId: order.message_id,
    createdAt: order.created_at,
    subject: order.subject,
    sender: order.sender,
    uuids: documents.map(({ uuid }) => uuid),
    cancelled: documents.find(({ cancelled }) => cancelled !== null)?.uuid ?? null,
    isPayroll: documents.some(({ kind }) => kind === 'N'),
    attachments: attachments.map(claimedAttachment),
    deliveries: deliveries.map(claimedDelivery),
  }
}

function claimedAttachment(row: Row<'order_attachment'>): ClaimedAttachment {
  const { sha256, bytes, place } = toSnapshot(row)
  return { name: row.name, mediaType: row.media_type, partHeader: row.part_header, sha256, bytes, place }
}

function claimedDelivery(row: LeasedRow): ClaimedDelivery {
  return {
    id: row.id,
    recipient: row.recipient,
    attempts: row.attempts,
    firstTriedAt: row.first_try_at,
  }
}
