import { sql } from 'kysely'
import type { PartyKind } from '../model/customer.ts'
import type { Reachable } from '../model/payroll.ts'
import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'

/** Those of the orders that carry payroll. */
export async function payrollAmong(db: Db, orders: readonly string[]): Promise<ReadonlySet<string>> {
  const [only, ...others] = orders
  if (only === undefined) return new Set()
  if (others.length === 0) return new Set(find(db, { order: only }).map(({ order_id }) => order_id))
  const rows = await db
    .selectFrom('order_document')
    .select('order_id')
    .where('order_id', 'in', orders)
    .where('kind', '=', 'N')
    .execute()
  return new Set(rows.map((row) => row.order_id))
}

/** Asked once a message. */
const find = prepared((db, blank: { readonly order: string }) =>
  db
    .selectFrom('order_document')
    .select('order_id')
    .where('order_id', '=', blank.order)
    .where('kind', '=', 'N'),
)

/** The party of a code and all employees in whose e-mail field the address stands, alone or with others. */
export async function partiesAt(db: Db, code: string, address: string): Promise<Reachable[]> {
  const rows = await db
    .selectFrom('customer')
    .select(['code', 'kind', 'rfc', 'email', 'curp'])
    .where((where) =>
      where.or([
        where('code', '=', code),
        where.and([
          where('kind', '=', 'employee'),
          sql<boolean>`instr(lower(email), ${address.toLowerCase()}) > 0`,
        ]),
      ]),
    )
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as PartyKind }))
}
