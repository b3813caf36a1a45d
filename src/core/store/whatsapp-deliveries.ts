import type { Db } from './schema.ts'

/** A delivery that a status may be about. */
export interface ToldDelivery {
  readonly order: string
  readonly recipient: string
}

/** The WhatsApp delivery of that id, or with that name of Meta's; undefined when it is none of this store. */
export async function deliveryTold(
  db: Db,
  { reference, wamid }: { readonly reference: string; readonly wamid: string },
): Promise<ToldDelivery | undefined> {
  const row = await db
    .selectFrom('delivery')
    .innerJoin('send_order', 'send_order.id', 'delivery.order_id')
    .select(['order_id', 'recipient'])
    .where('channel', '=', 'whatsapp')
    .where((where) =>
      reference === '' ? where('server_id', '=', wamid) : where('delivery.id', '=', reference),
    )
    .executeTakeFirst()
  return row === undefined ? undefined : { order: row.order_id, recipient: row.recipient }
}

/** Days back that an order may still fall back to the other channel. */
const FALLBACK_DAYS = 30

/**
 * Orders that failed or came back for somebody, whose customer has another way, and that no order repeats yet: mail of a
 * customer with `fallback`, WhatsApp of one with `whatsapp`.
 */
export async function fallbackCandidates(db: Db, now: Date): Promise<string[]> {
  const after = new Date(now.getTime() - FALLBACK_DAYS * 86_400_000).toISOString()
  const rows = await db
    .selectFrom('send_order')
    .innerJoin('customer', 'customer.code', 'send_order.customer')
    .innerJoin('delivery', 'delivery.order_id', 'send_order.id')
    .select('send_order.id')
    .distinct()
    .where('delivery.state', 'in', ['bounced', 'failed'])
    .where('send_order.created_at', '>', after)
    .where((where) =>
      where.or([
        where.and([where('send_order.channel', '=', 'email'), where('customer.channel', '=', 'fallback')]),
        where.and([where('send_order.channel', '=', 'whatsapp'), where('customer.channel', '=', 'whatsapp')]),
      ]),
    )
    .where('send_order.id', 'not in', (sub) =>
      sub
        .selectFrom('send_order as repeat')
        .select('repeat.resend_of')
        .where('repeat.resend_of', 'is not', null)
        .$castTo<{ resend_of: string }>(),
    )
    .orderBy('send_order.id')
    .execute()
  return rows.map(({ id }) => id)
}
