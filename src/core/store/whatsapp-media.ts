import type { Db } from './schema.ts'

/** A file, and the number that uploaded it: an id is good for that number alone. */
export interface UploadedFile {
  readonly phoneId: string
  readonly sha256: string
}

/** The id of a file that was uploaded after that time, or null. */
export async function findMedia(
  db: Db,
  { phoneId, sha256 }: UploadedFile,
  after: Date,
): Promise<string | null> {
  const row = await db
    .selectFrom('whatsapp_media')
    .select('media_id')
    .where('phone_id', '=', phoneId)
    .where('sha256', '=', sha256)
    .where('uploaded_at', '>', after.toISOString())
    .executeTakeFirst()
  return row?.media_id ?? null
}

/** Keeps the id of a file that was just uploaded; null forgets it. */
export async function keepMedia(
  db: Db,
  { phoneId, sha256 }: UploadedFile,
  { id, at }: { readonly id: string | null; readonly at: Date },
): Promise<void> {
  if (id === null) {
    await db
      .deleteFrom('whatsapp_media')
      .where('phone_id', '=', phoneId)
      .where('sha256', '=', sha256)
      .execute()
    return
  }
  const fresh = { media_id: id, uploaded_at: at.toISOString() }
  await db
    .insertInto('whatsapp_media')
    .values({ phone_id: phoneId, sha256, ...fresh })
    .onConflict((conflict) => conflict.columns(['phone_id', 'sha256']).doUpdateSet(fresh))
    .execute()
}
