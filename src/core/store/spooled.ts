import type { Db } from './schema.ts'

/** SHA-256 of every snapshot that an order names, or a notice that waits for its mark, each once. */
export async function spooledHashes(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('order_attachment').select('sha256').distinct().execute()
  const notices = await db.selectFrom('payment_notice').select('file_sha256').execute()
  const hashes = [...rows.map((row) => row.sha256), ...notices.flatMap((row) => row.file_sha256 ?? [])]
  return [...new Set(hashes)].sort()
}
