import { sql } from 'kysely'
import type { PartyKind } from '../model/customer.ts'
import type { Reachable } from '../model/payroll.ts'
import type { Db } from './schema.ts'

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
