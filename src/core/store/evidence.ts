import type { AttemptOutcome } from '../model/delivery.ts'
import type { AttemptEvidence } from '../model/results/evidence.ts'
import type { SealedMessage } from '../model/send-order.ts'
import type { Db } from './schema.ts'

/** What the store knows of a delivery besides what people usually see, by recipient. */
export interface DeliveryFacts {
  readonly enhanced: string
  readonly serverId: string
  readonly dottedAt: string | null
  readonly attemptList: readonly AttemptEvidence[]
}

/** The message's bytes, all but the attachments' content; null for an order that was never sealed. */
export async function sealedOf(db: Db, order: string): Promise<SealedMessage | null> {
  const row = await db
    .selectFrom('send_order')
    .select(['sender', 'head', 'tail', 'raw_sha256', 'raw_bytes'])
    .where('id', '=', order)
    .executeTakeFirst()
  if (row === undefined || row.head === null) return null
  const parts = await db
    .selectFrom('order_attachment')
    .select('part_header')
    .where('order_id', '=', order)
    .orderBy('position')
    .execute()
  return {
    sender: row.sender ?? '',
    head: row.head,
    partHeaders: parts.map((part) => part.part_header ?? ''),
    tail: row.tail ?? '',
    sha256: row.raw_sha256 ?? '',
    bytes: row.raw_bytes ?? 0,
  }
}

/** Of each recipient of an order, by address. */
export async function deliveryFacts(db: Db, order: string): Promise<Map<string, DeliveryFacts>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['id', 'recipient', 'enhanced', 'server_id', 'dotted_at'])
    .where('order_id', '=', order)
    .execute()
  const attempts = await attemptsOf(
    db,
    rows.map((row) => row.id),
  )
  return new Map(
    rows.map((row) => [
      row.recipient,
      {
        enhanced: row.enhanced,
        serverId: row.server_id,
        dottedAt: row.dotted_at,
        attemptList: attempts.get(row.id) ?? [],
      },
    ]),
  )
}

async function attemptsOf(db: Db, deliveries: readonly string[]): Promise<Map<string, AttemptEvidence[]>> {
  const rows = await db
    .selectFrom('attempt')
    .selectAll()
    .where('delivery_id', 'in', deliveries)
    .orderBy('id')
    .execute()
  const lists = new Map<string, AttemptEvidence[]>(deliveries.map((id) => [id, []]))
  for (const row of rows) {
    lists.get(row.delivery_id)?.push({
      at: row.at,
      profile: row.profile,
      outcome: row.outcome as AttemptOutcome,
      code: row.code,
      reply: row.reply,
      ms: row.ms,
      tls: row.tls,
    })
  }
  return lists
}
