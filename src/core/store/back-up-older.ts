import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import type { MigrationState } from './migrate.ts'
import { storeError } from './store-error.ts'

/**
 * Copies a store that an older version wrote to `<file>.before-<first step>` before its tables change: the way back when the
 * new version disappoints. One that is new, or up to date, or copied already, is left alone.
 * @throws DISK_FULL, and then nothing was changed
 */
export async function backUpOlder(
  file: string,
  database: Database.Database,
  { applied, pending }: MigrationState,
): Promise<void> {
  const [first] = pending
  if (file === ':memory:' || applied.length === 0 || first === undefined) return
  const copy = `${file}.before-${first}`
  if (existsSync(copy)) return
  const temporary = `${copy}.${randomUUID()}.tmp`
  try {
    // Made first, so that the copy is never wider open than the store.
    closeSync(openSync(temporary, 'wx', 0o600))
    await database.backup(temporary)
    const written = openSync(temporary, 'r+')
    fsyncSync(written)
    closeSync(written)
    renameSync(temporary, copy)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw storeError(file, error)
  }
}
