import { sql } from 'kysely'
import { type Customer, foldName, normalCode } from '../model/customer.ts'
import { FINAL_STATES } from '../model/delivery.ts'
import { toContactRow, toCustomerRow, toCustomers } from './customer-rows.ts'
import { newId } from './ids.ts'
import type { Db, Row } from './schema.ts'

/** Rows, or values of an `in` list, that one statement takes: a query builder costs per statement. */
const CHUNK = 500

/** The customer of that code, in any case, or undefined. */
export async function findCustomer(db: Db, code: string): Promise<Customer | undefined> {
  return (await findCustomers(db, [code]))[0]
}

/** Those of the codes that exist, by code. */
export async function findCustomers(db: Db, codes: readonly string[]): Promise<Customer[]> {
  const found: Row<'customer'>[] = []
  for (const chunk of chunks([...new Set(codes.map(normalCode))])) {
    found.push(...(await db.selectFrom('customer').selectAll().where('code', 'in', chunk).execute()))
  }
  return withContacts(db, found)
}

/** Every customer, by code. */
export async function allCustomers(db: Db): Promise<Customer[]> {
  const rows = await db.selectFrom('customer').selectAll().execute()
  const contacts = await db.selectFrom('contact').selectAll().orderBy('position').execute()
  return toCustomers(rows, contacts)
}

/** Customers with one of the RFCs (as stored: upper case), by code. */
export async function customersByRfc(db: Db, rfcs: readonly string[]): Promise<Customer[]> {
  const found: Row<'customer'>[] = []
  for (const chunk of chunks([...new Set(rfcs)])) {
    found.push(...(await db.selectFrom('customer').selectAll().where('rfc', 'in', chunk).execute()))
  }
  return withContacts(db, found)
}

/** Customers whose code, name, RFC or any address contains the text, in any case and with or without accents, by code. '' finds all. */
export async function searchCustomers(db: Db, text: string): Promise<Customer[]> {
  if (text.trim() === '') return allCustomers(db)
  const like = (folded: string) => `%${folded.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const upper = like(text.trim().toUpperCase())
  const lower = like(text.trim().toLowerCase())
  const rows = await db
    .selectFrom('customer')
    .selectAll()
    .where((where) =>
      where.or([
        sql<boolean>`code like ${upper} escape '\\'`,
        sql<boolean>`rfc like ${upper} escape '\\'`,
        sql<boolean>`folded_name like ${like(foldName(text))} escape '\\'`,
        sql<boolean>`lower(email) like ${lower} escape '\\'`,
        sql<boolean>`lower(billing_email) like ${lower} escape '\\'`,
        sql<boolean>`lower(packaging_addresses) like ${lower} escape '\\'`,
        where('code', 'in', (sub) =>
          sub
            .selectFrom('contact')
            .select('customer')
            .where(sql<boolean>`lower(email) like ${lower} escape '\\'`),
        ),
      ]),
    )
    .execute()
  return withContacts(db, rows)
}

/** Every customer code, in no order. */
export async function customerCodes(db: Db): Promise<string[]> {
  return (await db.selectFrom('customer').select('code').execute()).map((row) => row.code)
}

/** Writes the customer and its contacts, whether it was there or not. Call it inside a transaction. */
export async function saveCustomer(db: Db, customer: Customer, now: Date): Promise<void> {
  await saveCustomers(db, [customer], now)
}

/** Writes many customers; codes must differ. Call it inside a transaction. */
export async function saveCustomers(db: Db, customers: readonly Customer[], now: Date): Promise<void> {
  for (const chunk of chunks(customers)) {
    await db
      .insertInto('customer')
      .values(chunk.map((customer) => toCustomerRow(customer, now.toISOString())))
      .onConflict((conflict) =>
        conflict.column('code').doUpdateSet((set) => ({
          kind: set.ref('excluded.kind'),
          name: set.ref('excluded.name'),
          folded_name: set.ref('excluded.folded_name'),
          rfc: set.ref('excluded.rfc'),
          email: set.ref('excluded.email'),
          billing_email: set.ref('excluded.billing_email'),
          packaging_type: set.ref('excluded.packaging_type'),
          packaging_addresses: set.ref('excluded.packaging_addresses'),
          mobile: set.ref('excluded.mobile'),
          channel: set.ref('excluded.channel'),
          xml_by: set.ref('excluded.xml_by'),
          curp: set.ref('excluded.curp'),
          employee_number: set.ref('excluded.employee_number'),
          group_code: set.ref('excluded.group_code'),
          class: set.ref('excluded.class'),
          updated_at: set.ref('excluded.updated_at'),
        })),
      )
      .execute()
    await replaceContacts(db, chunk, now)
  }
}

/** @returns whether there was one. Its contacts go with it. */
export async function removeCustomer(db: Db, code: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('customer')
    .where('code', '=', normalCode(code))
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Send orders of the customer that are not finished: some recipient's delivery may still go out or waits for a person. */
export async function countOpenOrders(db: Db, code: string): Promise<number> {
  const { orders } = await db
    .selectFrom('send_order')
    .select((select) => select.fn.countAll<number | string>().as('orders'))
    .where('customer', '=', normalCode(code))
    .where('id', 'in', (sub) =>
      sub.selectFrom('delivery').select('order_id').where('state', 'not in', FINAL_STATES),
    )
    .executeTakeFirstOrThrow()
  return Number(orders)
}

async function replaceContacts(db: Db, customers: readonly Customer[], now: Date): Promise<void> {
  const codes = customers.map((customer) => customer.code)
  await db.deleteFrom('contact').where('customer', 'in', codes).execute()
  const rows = customers.flatMap((customer) =>
    customer.contacts.map((contact, position) =>
      toContactRow(customer.code, contact, { position, id: newId(now) }),
    ),
  )
  for (const chunk of chunks(rows)) await db.insertInto('contact').values(chunk).execute()
}

async function withContacts(db: Db, rows: readonly Row<'customer'>[]): Promise<Customer[]> {
  const contacts: Row<'contact'>[] = []
  for (const codes of chunks(rows.map((row) => row.code))) {
    contacts.push(
      ...(await db
        .selectFrom('contact')
        .selectAll()
        .where('customer', 'in', codes)
        .orderBy('position')
        .execute()),
    )
  }
  return toCustomers(rows, contacts)
}

function chunks<T>(items: readonly T[]): T[][] {
  const all: T[][] = []
  for (let start = 0; start < items.length; start += CHUNK) all.push(items.slice(start, start + CHUNK))
  return all
}
