import type { Db } from './schema.ts'

/** Where the bounces of a profile arrive. */
export interface BounceMailbox {
  readonly profile: string
  readonly host: string
  readonly port: number
  readonly user: string
  /** Sealed, or a reference; '' for the access tokens of the profile. */
  readonly secret: string
  readonly mailbox: string
  /** Mailbox with copies of what was sent, or ''. */
  readonly archive: string
  readonly caFile: string
}

/** The mailbox that is kept for a profile, or undefined. */
export async function findBounceMailbox(db: Db, profile: string): Promise<BounceMailbox | undefined> {
  const row = await db
    .selectFrom('bounce_mailbox')
    .selectAll()
    .where('profile', '=', profile)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { ca_file: caFile, ...mailbox } = row
  return { ...mailbox, caFile }
}

/** Keeps a profile's mailbox in place of the former one. */
export async function saveBounceMailbox(db: Db, { caFile, ...mailbox }: BounceMailbox): Promise<void> {
  const row = { ...mailbox, ca_file: caFile }
  await db
    .insertInto('bounce_mailbox')
    .values(row)
    .onConflict((conflict) => conflict.column('profile').doUpdateSet(row))
    .execute()
}

/** How far a mailbox was read: 0 when it is new, or when its numbers mean other mails now. */
export async function lastUidOf(db: Db, place: string, uidValidity: string): Promise<number> {
  const row = await db.selectFrom('bounce_scan').selectAll().where('place', '=', place).executeTakeFirst()
  return row?.uid_validity === uidValidity ? Number(row.last_uid) : 0
}

/** Notes how far a mailbox was read. */
export async function saveLastUid(
  db: Db,
  place: string,
  { uidValidity, lastUid }: { readonly uidValidity: string; readonly lastUid: number },
): Promise<void> {
  const row = { place, uid_validity: uidValidity, last_uid: lastUid }
  await db
    .insertInto('bounce_scan')
    .values(row)
    .onConflict((conflict) => conflict.column('place').doUpdateSet(row))
    .execute()
}

/** When the first order was made, ISO 8601 UTC; null while there is none. Nothing older can be about this store. */
export async function firstOrderAt(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('send_order')
    .select((select) => select.fn.min('created_at').as('at'))
    .executeTakeFirst()
  return row?.at ?? null
}
