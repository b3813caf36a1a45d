import type { Db } from './schema.ts'

/** An order that a returned mail may be about. */
export interface ReturnedOrder {
  readonly id: string
  readonly messageId: string
  /** Addresses of its deliveries. */
  readonly recipients: readonly string[]
}

/** Orders with one of these ids or Message-IDs. */
export async function findReturnedOrders(
  db: Db,
  { ids, messageIds }: { readonly ids: readonly string[]; readonly messageIds: readonly string[] },
): Promise<ReturnedOrder[]> {
  if (ids.length + messageIds.length === 0) return []
  const rows = await db
    .selectFrom('send_order')
    .innerJoin('delivery', 'delivery.order_id', 'send_order.id')
    .select(['send_order.id', 'message_id', 'recipient'])
    .where((where) =>
      where.or([where('send_order.id', 'in', ids), where('send_order.message_id', 'in', messageIds)]),
    )
    .orderBy('delivery.position')
    .execute()
  const orders = new Map<string, { id: string; messageId: string; recipients: string[] }>()
  for (const { id, message_id: messageId, recipient } of rows) {
    const known = orders.get(id)
    if (known === undefined) orders.set(id, { id, messageId, recipients: [recipient] })
    else known.recipients.push(recipient)
  }
  return [...orders.values()]
}

/**
 * Orders in doubt whose whole doubt one copy of the message ends: every delivery of theirs that came to the dot did so in one
 * transaction, so a copy anywhere is that transaction's.
 */
export async function ordersInDoubt(db: Db): Promise<ReturnedOrder[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('send_order', 'send_order.id', 'delivery.order_id')
    .select(['send_order.id', 'message_id', 'recipient', 'state', 'dotted_at'])
    .where('dotted_at', 'is not', null)
    .where('order_id', 'in', (sub) =>
      sub.selectFrom('delivery').select('order_id').where('state', '=', 'unknown'),
    )
    .orderBy('send_order.id')
    .orderBy('delivery.position')
    .execute()
  const orders = new Map<string, ReturnedOrder & { readonly dots: readonly (string | null)[] }>()
  for (const row of rows) {
    const known = orders.get(row.id)
    orders.set(row.id, {
      id: row.id,
      messageId: row.message_id,
      recipients: [...(known?.recipients ?? []), ...(row.state === 'unknown' ? [row.recipient] : [])],
      dots: [...(known?.dots ?? []), row.dotted_at],
    })
  }
  return [...orders.values()]
    .filter(({ dots }) => new Set(dots).size === 1)
    .map(({ id, messageId, recipients }) => ({ id, messageId, recipients }))
}
