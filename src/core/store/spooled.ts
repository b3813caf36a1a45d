import type { Db } from './schema.ts'

/** SHA-256 of every snapshot that an order names, each once. */
export async function spooledHashes(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('order_attachment').select('sha256').distinct().orderBy('sha256').execute()
  return rows.map((row) => row.sha256)
}
