import type { PackPlaces, Snapshot } from '../model/snapshot.ts'
import { listed } from './listed.ts'
import type { Db, Row } from './schema.ts'

type PlacedRow = Pick<Row<'order_attachment'>, 'sha256' | 'bytes' | 'pack' | 'pack_offset'>

const columnsOfSnapshot = ['sha256', 'bytes', 'pack', 'pack_offset'] as const

export function toSnapshot({ sha256, bytes, pack, pack_offset: offset }: PlacedRow): Snapshot {
  return { sha256, bytes, place: pack === null || offset === null ? null : { pack, offset } }
}

/** What an order attaches, in the order of its attachments. */
export async function snapshotsOf(db: Db, order: string): Promise<Snapshot[]> {
  const rows = await db
    .selectFrom('order_attachment')
    .select(columnsOfSnapshot)
    .where('order_id', '=', order)
    .orderBy('position')
    .execute()
  return rows.map(toSnapshot)
}

/** Where these orders have what they attach in packs. */
export async function placesIn(db: Db, orders: readonly string[]): Promise<PackPlaces> {
  if (orders.length === 0) return new Map()
  const rows = await db
    .selectFrom('order_attachment')
    .select(columnsOfSnapshot)
    .where('order_id', 'in', listed(orders))
    .execute()
  return new Map(
    rows.map(toSnapshot).flatMap(({ sha256, place }) => (place === null ? [] : [[sha256, place]])),
  )
}

/**
 * Every snapshot that an order names, or a notice that waits for its mark. One that was packaged several times may come several
 * times, from one place each.
 */
export async function spooledSnapshots(db: Db): Promise<Snapshot[]> {
  const rows = await db
    .selectFrom('order_attachment')
    .select(columnsOfSnapshot)
    .distinct()
    .orderBy('pack')
    .orderBy('pack_offset')
    .orderBy('sha256')
    .execute()
  const notices = await db.selectFrom('payment_notice').select('file_sha256').distinct().execute()
  const alone = notices.flatMap(({ file_sha256: sha256 }) => sha256 ?? [])
  return [...rows.map(toSnapshot), ...alone.map((sha256) => ({ sha256, bytes: 0, place: null }))]
}
