import type { Kysely } from 'kysely'
import type { Row } from '../schema.ts'
import { BEFORE_ALL, chainHash, toEvent } from '../event-chain.ts'

const PAGE = 1000

interface Before {
  event: Omit<Row<'event'>, 'prev_hash' | 'hash'> & { prev_hash: string; hash: string }
}

/** The event log becomes a chain, and each attempt says what TLS protected it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['prev_hash', 'hash'] as const) {
    await db.schema
      .alterTable('event')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute()
  }
  await db.schema
    .alterTable('attempt')
    .addColumn('tls', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
  await chainAll(db)
}

/** Events from before the chain are taken as they are. */
async function chainAll(store: Kysely<unknown>): Promise<void> {
  const db = store as Kysely<Before>
  let head = BEFORE_ALL
  const next = () =>
    db.selectFrom('event').selectAll().where('seq', '>', head.seq).orderBy('seq').limit(PAGE).execute()
  for (let rows = await next(); rows.length > 0; rows = await next()) {
    for (const row of rows) {
      const hash = chainHash(head.hash, toEvent(row))
      await db.updateTable('event').set({ prev_hash: head.hash, hash }).where('seq', '=', row.seq).execute()
      head = { seq: row.seq, hash }
    }
  }
}
