import type { NewEvent } from '../model/event.ts'
import type { NewOrder } from '../model/send-order.ts'
import { writeOrders } from './enqueue.ts'
import { insertEvents } from './event-log.ts'
import type { Db, Row } from './schema.ts'

/** Which file an order comes from. */
export interface OrderSource {
  readonly identification: string
  readonly sha256: string
}

/** The taken file of that identification or of those bytes. */
export async function findTaken(db: Db, source: OrderSource): Promise<Row<'order_file'> | undefined> {
  return await db
    .selectFrom('order_file')
    .selectAll()
    .where((where) =>
      where.or([where('identification', '=', source.identification), where('sha256', '=', source.sha256)]),
    )
    .orderBy('at')
    .executeTakeFirst()
}

/**
 * Writes the order of a file, what the log has to say of it, and that the file is taken, in one commit: a file makes one order,
 * whatever happens to it afterwards and however many look at it.
 * @returns whether it was written; false when the file was taken meanwhile
 */
export async function enqueueFromFile(
  db: Db,
  {
    source,
    order,
    events,
  }: { readonly source: OrderSource; readonly order: NewOrder; readonly events: readonly NewEvent[] },
): Promise<boolean> {
  return await db.transaction().execute(async (db) => {
    if ((await findTaken(db, source)) !== undefined) return false
    await db
      .insertInto('order_file')
      .values({ ...source, order_id: order.id, at: order.createdAt })
      .execute()
    await writeOrders(db, [order])
    await insertEvents(db, events)
    return true
  })
}

/** Which of the ids are send orders of this store. */
export async function knownOrders(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('send_order').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}

export interface Look {
  /** ISO 8601 UTC. */
  readonly firstAt: string
  readonly looks: number
  readonly tries: number
}

/** Counts one more look at a file, or one more try, before anything else is done with it. */
export async function countLook(
  db: Db,
  { file, at, counts }: { readonly file: string; readonly at: Date; readonly counts: 'look' | 'try' },
): Promise<Look> {
  const [looks, tries] = counts === 'look' ? [1, 0] : [0, 1]
  const row = await db
    .insertInto('order_file_look')
    .values({ file, first_at: at.toISOString(), looks, tries })
    .onConflict((conflict) =>
      conflict.column('file').doUpdateSet((set) => ({
        looks: set('order_file_look.looks', '+', looks),
        tries: set('order_file_look.tries', '+', tries),
      })),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
  return { firstAt: row.first_at, looks: row.looks, tries: row.tries }
}

/** Forgets a file that is done. */
export async function forgetLooks(db: Db, file: string): Promise<void> {
  await db.deleteFrom('order_file_look').where('file', '=', file).execute()
}
