import type { OrderChannel } from '../model/channel.ts'
import type { Recipient } from '../model/customer.ts'
import type { NewEvent } from '../model/event.ts'
import type { SealedMessage } from '../model/send-order.ts'
import { insertEvents } from './event-log.ts'
import { newId } from './ids.ts'
import { QUARANTINE_MARK, quarantinedAmong } from './quarantine.ts'
import type { Db } from './schema.ts'

/** Every address of an order, in the order of its header. */
export async function recipientsOfOrder(db: Db, order: string): Promise<string[]> {
  const rows = await db
    .selectFrom('delivery')
    .select('recipient')
    .where('order_id', '=', order)
    .orderBy('position')
    .execute()
  return rows.map((row) => row.recipient)
}

/** Fixes a message's bytes. One that is sealed already keeps its bytes: retries must be identical. */
export async function saveSealed(
  db: Db,
  { order, messageId }: { readonly order: string; readonly messageId: string },
  sealed: SealedMessage,
): Promise<void> {
  await db.transaction().execute(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('send_order')
      .set({
        message_id: messageId,
        sender: sealed.sender,
        text_body: null,
        html_body: null,
        head: sealed.head,
        tail: sealed.tail,
        raw_sha256: sealed.sha256,
        raw_bytes: sealed.bytes,
      })
      .where('id', '=', order)
      .where('head', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    for (const [position, header] of sealed.partHeaders.entries()) {
      await db
        .updateTable('order_attachment')
        .set({ part_header: header })
        .where('order_id', '=', order)
        .where('position', '=', position)
        .execute()
    }
  })
}

/** An order that is held because its customer had no address. */
export interface Unaddressed {
  readonly order: string
  readonly customer: string
  readonly channel: OrderChannel
}

export async function unaddressedOrders(db: Db): Promise<Unaddressed[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('send_order', 'send_order.id', 'delivery.order_id')
    .select(['order_id', 'customer', 'channel'])
    .where('state', '=', 'held')
    .where('held_reason', '=', 'no-address')
    .execute()
  return rows.map((row) => ({
    order: row.order_id,
    customer: row.customer,
    channel: row.channel as OrderChannel,
  }))
}

/** Gives a held order the addresses that its customer has now; it is due at once. */
export async function addressOrder(
  db: Db,
  { order, customer }: Pick<Unaddressed, 'order' | 'customer'>,
  { recipients, now }: { readonly recipients: readonly Recipient[]; readonly now: Date },
): Promise<void> {
  const at = now.toISOString()
  await db.transaction().execute(async (db) => {
    const [held] = await db
      .selectFrom('delivery')
      .selectAll()
      .where('order_id', '=', order)
      .where('held_reason', '=', 'no-address')
      .where('state', '=', 'held')
      .execute()
    if (held === undefined) return
    const quarantined = await quarantinedAmong(
      db,
      recipients.map(({ address }) => address),
    )
    const whyHeld = (address: string) => quarantined.get(address.toLowerCase())
    await db.deleteFrom('delivery').where('id', '=', held.id).execute()
    await db
      .insertInto('delivery')
      .values(
        recipients.map(({ address, rule }, position) => ({
          ...held,
          id: newId(now),
          position,
          recipient: address,
          rule,
          ...(whyHeld(address) === undefined
            ? { state: 'pending', held_reason: null }
            : { state: 'held', held_reason: 'review' }),
          due_at: at,
        })),
      )
      .execute()
    await insertEvents(
      db,
      recipients.flatMap(({ address }) => {
        const fact = addressed({ order, customer, address, at })
        const why = whyHeld(address)
        if (why === undefined) return [fact]
        return [
          fact,
          { ...fact, level: 'error' as const, event: 'held' as const, detail: `${QUARANTINE_MARK}: ${why}` },
        ]
      }),
    )
  })
}

function addressed(fact: {
  readonly order: string
  readonly customer: string
  readonly address: string
  readonly at: string
}): NewEvent {
  const { order, customer, address, at } = fact
  return {
    at,
    level: 'info',
    event: 'addressed',
    order,
    customer,
    uuid: null,
    recipient: address,
    detail: '',
  }
}
