import type { Db } from './schema.ts'

/** A sealed text, or a reference, and the place that is part of its seal. */
export interface SealedValue {
  readonly place: string
  readonly stored: string
}

/** Every column that holds sealed texts. A new one belongs here, or `secrets rekey` leaves it under the old key. */
export const SEALED_COLUMNS = [
  { table: 'profile', key: 'name', column: 'secret', place: ['profile', 'secret'] },
  { table: 'oauth', key: 'profile', column: 'client_secret', place: ['profile', 'oauth-client-secret'] },
  { table: 'oauth', key: 'profile', column: 'refresh_token', place: ['profile', 'oauth-refresh-token'] },
  { table: 'oauth', key: 'profile', column: 'access_token', place: ['profile', 'oauth-access-token'] },
  { table: 'whatsapp', key: 'profile', column: 'app_secret', place: ['profile', 'app-secret'] },
  { table: 'whatsapp', key: 'profile', column: 'verify_token', place: ['profile', 'verify-token'] },
  { table: 'bounce_mailbox', key: 'profile', column: 'secret', place: ['bounces', 'secret'] },
  {
    table: 'order_password',
    key: 'order_id',
    column: 'sealed_password',
    place: ['order', 'portal-password'],
  },
  {
    table: 'file_password',
    key: 'customer',
    column: 'sealed_password',
    place: ['customer', 'file-password'],
  },
] as const
type SealedColumn = (typeof SEALED_COLUMNS)[number]

/** Every value that is sealed or a reference, by place. */
export async function listSealed(db: Db): Promise<SealedValue[]> {
  const lists = []
  for (const column of SEALED_COLUMNS) lists.push(await readColumn(db, column))
  return lists
    .flat()
    .map(({ place, stored }) => ({ place, stored }))
    .sort((one, other) => (one.place < other.place ? -1 : 1))
}

/**
 * Seals every sealed value anew, all in one commit; references stay.
 * @param reseal the new sealed text; when it throws, nothing is changed
 * @returns how many
 */
export async function resealAll(db: Db, reseal: (value: SealedValue) => string): Promise<number> {
  return await db.transaction().execute(async (db) => {
    let count = 0
    for (const column of SEALED_COLUMNS) {
      for (const { key, ...value } of await readColumn(db, column)) {
        if (!value.stored.startsWith('v1.')) continue
        await writeColumn(db, column, { key, sealed: reseal(value) })
        count++
      }
    }
    return count
  })
}

interface Cell extends SealedValue {
  readonly key: string
}

async function readColumn(db: Db, { table, key, column, place }: SealedColumn): Promise<Cell[]> {
  const rows = (await db
    .selectFrom(table as 'profile')
    .select([key as 'name', column as 'secret'])
    .execute()) as readonly Readonly<Record<string, string>>[]
  return rows.flatMap((row) => {
    const [name = '', stored = ''] = [row[key], row[column]]
    return stored === '' ? [] : [{ key: name, place: `${place[0]}:${name}:${place[1]}`, stored }]
  })
}

async function writeColumn(
  db: Db,
  { table, key, column }: SealedColumn,
  cell: { readonly key: string; readonly sealed: string },
): Promise<void> {
  await db
    .updateTable(table as 'profile')
    .set({ [column as 'secret']: cell.sealed })
    .where(key as 'name', '=', cell.key)
    .execute()
}
