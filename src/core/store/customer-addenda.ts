import type { Db } from './schema.ts'

/** Names as they were typed, and values. */
export type AddendaFields = Readonly<Record<string, string>>

/** What is kept of each customer for its addendas; a customer without anything has no entry. */
export async function allAddendaFields(db: Db): Promise<Map<string, AddendaFields>> {
  const rows = await db.selectFrom('customer_addenda').selectAll().orderBy('name').execute()
  const byCustomer = new Map<string, Record<string, string>>()
  for (const { customer, name, value } of rows) {
    byCustomer.set(customer, { ...byCustomer.get(customer), [name]: value })
  }
  return byCustomer
}

/** What is kept of one customer. */
export async function addendaFieldsOf(db: Db, customer: string): Promise<AddendaFields> {
  const rows = await db
    .selectFrom('customer_addenda')
    .selectAll()
    .where('customer', '=', customer)
    .orderBy('name')
    .execute()
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

/** Puts these in the place of what was kept. Call it inside a transaction. */
export async function replaceAddendaFields(db: Db, customer: string, fields: AddendaFields): Promise<void> {
  await db.deleteFrom('customer_addenda').where('customer', '=', customer).execute()
  const rows = Object.entries(fields).map(([name, value]) => ({ customer, name, value }))
  if (rows.length > 0) await db.insertInto('customer_addenda').values(rows).execute()
}
