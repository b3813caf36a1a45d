import type { Db } from './schema.ts'

/** Codes of the parties that have a password of their own for their files. */
export async function ownPasswordCodes(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('file_password').select('customer').execute()
  return new Set(rows.map((row) => row.customer))
}

/** Sealed; null for a party that has none. */
export async function sealedFilePassword(db: Db, customer: string): Promise<string | null> {
  const row = await db
    .selectFrom('file_password')
    .select('sealed_password')
    .where('customer', '=', customer)
    .executeTakeFirst()
  return row?.sealed_password ?? null
}

/** @param sealed null takes it away */
export async function saveFilePassword(db: Db, customer: string, sealed: string | null): Promise<void> {
  await db.deleteFrom('file_password').where('customer', '=', customer).execute()
  if (sealed !== null)
    await db.insertInto('file_password').values({ customer, sealed_password: sealed }).execute()
}
