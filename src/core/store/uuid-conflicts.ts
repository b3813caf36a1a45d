import { listed } from './listed.ts'
import type { Db } from './schema.ts'

/** UUIDs in one list. */
const LIST = 5_000

/** Where a document with some UUID and some Sello is: a file of the index, or an order that was packaged. */
interface Sighting {
  readonly uuid: string | null
  readonly seal: string
  readonly place: string
  readonly order: string | null
}

export interface UuidConflicts {
  /** File paths and `order <id>`, by UUID. */
  readonly places: ReadonlyMap<string, readonly string[]>
  /** Orders that hold one of the documents. */
  readonly orders: ReadonlySet<string>
}

/**
 * UUIDs that stand on documents with different seals, wherever they were seen: in any indexed folder or in an order that is not
 * cancelled. One stamp belongs to one document, so nobody can know which of them is the right one.
 * @param inHand seals, by UUID, of documents that are in no index yet
 */
export async function uuidConflicts(
  db: Db,
  uuids: readonly string[],
  inHand: ReadonlyMap<string, string> = new Map(),
): Promise<UuidConflicts> {
  const conflicts = { places: new Map<string, string[]>(), orders: new Set<string>() }
  for (let start = 0; start < uuids.length; start += LIST) {
    const chunk = uuids.slice(start, start + LIST)
    const byUuid = new Map<string | null, Sighting[]>()
    for (const sighting of await sightings(db, chunk, inHand)) {
      byUuid.set(sighting.uuid, [...(byUuid.get(sighting.uuid) ?? []), sighting])
    }
    for (const [uuid, own] of byUuid) {
      if (uuid === null || !isInConflict(own, inHand.get(uuid))) continue
      conflicts.places.set(uuid, [...new Set(own.map(({ place }) => place))])
      for (const { order } of own) if (order !== null) conflicts.orders.add(order)
    }
  }
  return conflicts
}

function isInConflict(sightings: readonly Sighting[], inHand: string | undefined): boolean {
  const seals = new Set(sightings.map(({ seal }) => seal))
  if (inHand !== undefined) seals.add(inHand)
  return seals.size > 1
}

/** What was seen once only is in no conflict: of most documents no row is read. */
async function sightings(
  db: Db,
  uuids: readonly string[],
  inHand: ReadonlyMap<string, string>,
): Promise<readonly Sighting[]> {
  const orders = await inOrders(db, uuids)
  const packaged = orders.flatMap(({ uuid }) => uuid ?? [])
  const compared = uuids.filter((uuid) => inHand.has(uuid))
  const doubtful = new Set([...(await repeated(db, uuids)), ...packaged, ...compared])
  return [...(await inFiles(db, [...doubtful])), ...orders]
}

/** Those that stand on several files. */
async function repeated(db: Db, uuids: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('document')
    .select('uuid')
    .where('reason', 'is', null)
    .where('uuid', 'in', listed(uuids))
    .groupBy('uuid')
    .having((having) => having.fn.countAll(), '>', 1)
    .execute()
  return rows.flatMap(({ uuid }) => uuid ?? [])
}

async function inFiles(db: Db, uuids: readonly string[]): Promise<Sighting[]> {
  const rows = await db
    .selectFrom('document')
    .select(['uuid', 'seal_mark as seal', 'path as place'])
    .where('reason', 'is', null)
    .where('uuid', 'in', listed(uuids))
    .orderBy('path')
    .execute()
  return rows.map((row) => ({ ...row, order: null }))
}

async function inOrders(db: Db, uuids: readonly string[]): Promise<Sighting[]> {
  const rows = await db
    .selectFrom('order_document')
    .innerJoin('delivery', 'delivery.order_id', 'order_document.order_id')
    .select(['order_document.uuid', 'seal_mark as seal', 'order_document.order_id'])
    .distinct()
    .where('delivery.state', '!=', 'cancelled')
    .where('order_document.uuid', 'in', listed(uuids))
    .execute()
  return rows.map(({ uuid, seal, order_id }) => ({ uuid, seal, place: `order ${order_id}`, order: order_id }))
}
