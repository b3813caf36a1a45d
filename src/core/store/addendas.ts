import type { Db, Row } from './schema.ts'

/** An addenda's template that somebody wrote: a built-in one changed, or one of another name. */
export interface StoredAddenda {
  readonly name: string
  readonly body: string
}

/** The stored template of that name, or undefined: then the built-in one stands, if there is one. */
export async function findStoredAddenda(db: Db, name: string): Promise<StoredAddenda | undefined> {
  const row = await db.selectFrom('addenda').selectAll().where('name', '=', name).executeTakeFirst()
  return row === undefined ? undefined : toAddenda(row)
}

export async function listStoredAddendas(db: Db): Promise<StoredAddenda[]> {
  return (await db.selectFrom('addenda').selectAll().orderBy('name').execute()).map(toAddenda)
}

/** Writes the template, whether it was there or not. */
export async function saveAddenda(db: Db, addenda: StoredAddenda, now: Date): Promise<void> {
  const row = { ...addenda, updated_at: now.toISOString() }
  await db
    .insertInto('addenda')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
}

export async function removeStoredAddenda(db: Db, name: string): Promise<void> {
  await db.deleteFrom('addenda').where('name', '=', name).execute()
}

/** Codes of the packaging types that ask for it. */
export async function typesWithAddenda(db: Db, name: string): Promise<string[]> {
  const rows = await db
    .selectFrom('packaging_type')
    .select('code')
    .where('addenda', '=', name)
    .orderBy('code')
    .execute()
  return rows.map(({ code }) => code)
}

function toAddenda({ name, body }: Row<'addenda'>): StoredAddenda {
  return { name, body }
}
