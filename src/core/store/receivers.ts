import { sep } from 'node:path'
import { sql } from 'kysely'
import type { Db } from './schema.ts'

/** A receiver of indexed documents: one RFC and one spelling of its name. */
export interface FoundReceiver {
  readonly rfc: string
  readonly name: string
  readonly documents: number
  /** Date of its newest document, as the document writes it. */
  readonly lastIssuedAt: string
}

/**
 * Receivers of the usable documents under the folders, by RFC, newest spelling of the name first. Receivers without an RFC
 * (foreign, Retenciones) are left out, and so are employees (payroll) and the issuer itself (goods moved between its own places).
 * @param sources absolute folders
 */
export async function receiversFound(db: Db, sources: readonly string[]): Promise<FoundReceiver[]> {
  if (sources.length === 0) return []
  const prefixes = sources.map((source) => (source.endsWith(sep) ? source : source + sep))
  const rows = await db
    .selectFrom('document')
    .select((select) => [
      'receiver_rfc as rfc',
      'receiver_name as name',
      select.fn.countAll<number | string>().as('documents'),
      select.fn.max('issued_at').as('lastIssuedAt'),
    ])
    .where('reason', 'is', null)
    .where('receiver_rfc', '!=', '')
    .where('kind', '!=', 'N')
    .whereRef('receiver_rfc', '!=', 'issuer_rfc')
    .where((where) =>
      where.or(prefixes.map((prefix) => sql<boolean>`substr(path, 1, ${[...prefix].length}) = ${prefix}`)),
    )
    .groupBy(['receiver_rfc', 'receiver_name'])
    .execute()
  return rows
    .map((row) => ({ ...row, documents: Number(row.documents), lastIssuedAt: row.lastIssuedAt ?? '' }))
    .sort(
      (a, b) => compare(a.rfc, b.rfc) || compare(b.lastIssuedAt, a.lastIssuedAt) || compare(a.name, b.name),
    )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
