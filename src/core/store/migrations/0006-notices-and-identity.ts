import type { Kysely } from 'kysely'

/** What this step reads and writes. */
interface Tables {
  event: { seq: number }
  notice_mark: { id: number; seq: number }
}

/** Error notices, what was told already, and where the store was last used. A migration never changes once it is released. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await notices(db)
  await identity(db)
}

async function notices(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notice')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('after_seq', 'integer', (c) => c.notNull())
    .addColumn('last_seq', 'integer', (c) => c.notNull())
    .addColumn('facts', 'integer', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('code', 'integer', (c) => c.notNull())
    .addColumn('reply', 'text', (c) => c.notNull())
    .addColumn('finished_at', 'text')
    .execute()
  await db.schema.createIndex('notice_state').on('notice').columns(['state']).execute()
  await db.schema
    .createTable('notice_mark')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .execute()
  await beginAtLast(db)
  await db.schema.createIndex('event_kind').on('event').columns(['event', 'seq']).execute()
}

/** What happened before there were notices is no news. */
async function beginAtLast(unknown: Kysely<unknown>): Promise<void> {
  const db = unknown as Kysely<Tables>
  const last = await db
    .selectFrom('event')
    .select((select) => select.fn.max('seq').as('seq'))
    .executeTakeFirst()
  await db
    .insertInto('notice_mark')
    .values({ id: 1, seq: last?.seq ?? 0 })
    .execute()
}

async function identity(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('store_identity')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('folder', 'text', (c) => c.notNull())
    .addColumn('machine', 'text', (c) => c.notNull())
    .addColumn('stamp', 'text', (c) => c.notNull())
    .addColumn('runs', 'integer', (c) => c.notNull())
    .execute()
}
