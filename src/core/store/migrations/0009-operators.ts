import type { Kysely } from 'kysely'

/** What this step writes. */
interface Tables {
  role: { name: string; permissions: string }
}

/** Who may do what, and who did it. The first roles are as they were when this step was written. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('operator')
    .addColumn('user', 'text', (c) => c.primaryKey())
    .addColumn('role', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('role')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('permissions', 'text', (c) => c.notNull())
    .execute()
  await (db as Kysely<Tables>)
    .insertInto('role')
    .values(FIRST_ROLES.map(([name, permissions]) => ({ name, permissions: JSON.stringify(permissions) })))
    .execute()
  await db.schema.alterTable('event').addColumn('operator', 'text').execute()
}

const DAILY = ['package', 'send', 'resend', 'outbox', 'customers']
const FIRST_ROLES: readonly (readonly [string, readonly string[]])[] = [
  ['administrator', [...DAILY, 'templates', 'profiles', 'store', 'operators']],
  ['operator', DAILY],
  ['reader', []],
]
