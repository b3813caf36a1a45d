import type { CustomerGroup, GroupEvent } from '../model/customer-group.ts'
import type { Db, Row } from './schema.ts'

/** What a group says otherwise of one notice. */
export interface StoredNotice {
  readonly event: GroupEvent
  readonly enabled: boolean
  /** Null takes the built-in text. */
  readonly subject: string | null
  readonly body: string | null
}

export async function listGroups(db: Db): Promise<CustomerGroup[]> {
  return (await db.selectFrom('customer_group').selectAll().orderBy('code').execute()).map(toGroup)
}

/** The group of that code (upper case), or undefined. */
export async function findGroup(db: Db, code: string): Promise<CustomerGroup | undefined> {
  const row = await db.selectFrom('customer_group').selectAll().where('code', '=', code).executeTakeFirst()
  return row === undefined ? undefined : toGroup(row)
}

/** Writes the group, whether it was there or not. */
export async function saveGroup(db: Db, group: CustomerGroup, now: Date): Promise<void> {
  const row = {
    code: group.code,
    name: group.name,
    requests_to: group.requestsTo,
    notices_from: group.noticesFrom,
    updated_at: now.toISOString(),
  }
  await db
    .insertInto('customer_group')
    .values(row)
    .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
    .execute()
}

/** Its notices go with it. */
export async function removeGroup(db: Db, code: string): Promise<void> {
  await db.deleteFrom('customer_group').where('code', '=', code).execute()
}

/** How many customers belong to each group; a group of nobody is not there. */
export async function countMembers(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('customer')
    .select((select) => ['group_code', select.fn.countAll<number | string>().as('members')])
    .where('group_code', '!=', '')
    .groupBy('group_code')
    .execute()
  return new Map(rows.map((row) => [row.group_code, Number(row.members)]))
}

export async function groupNotices(db: Db, group: string): Promise<StoredNotice[]> {
  const rows = await db.selectFrom('group_notice').selectAll().where('group_code', '=', group).execute()
  return rows.map((row) => ({
    event: row.event as GroupEvent,
    enabled: row.enabled === 1,
    subject: row.subject,
    body: row.body,
  }))
}

export async function saveNotice(db: Db, group: string, notice: StoredNotice): Promise<void> {
  const { event, subject, body } = notice
  const row = { group_code: group, event, enabled: notice.enabled ? 1 : 0, subject, body }
  await db
    .insertInto('group_notice')
    .values(row)
    .onConflict((conflict) => conflict.columns(['group_code', 'event']).doUpdateSet(row))
    .execute()
}

function toGroup(row: Row<'customer_group'>): CustomerGroup {
  return {
    code: row.code,
    name: row.name,
    requestsTo: row.requests_to,
    noticesFrom: row.notices_from,
  }
}
