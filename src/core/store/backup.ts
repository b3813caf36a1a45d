import { closeSync, fsyncSync, openSync } from 'node:fs'
import { CfdiMailError } from '../model/errors.ts'
import { readIdentity, saveIdentity } from './identity.ts'
import { newId } from './ids.ts'
import { openStore, storeHealth } from './open.ts'
import { Sqlite } from './sqlite.ts'
import { storeError } from './store-error.ts'

/**
 * Copies a store with SQLite's online backup: a consistent moment of it, what is still in its WAL file included, while others
 * work with it. The copy says that it is one, so it sends nothing until it is adopted. Durable on return; SQLite only, like
 * store/open.ts.
 * @param file the store; it may be in use
 * @param copy a path that is not there yet
 * @throws STORE_DAMAGED when the store or its copy is not sound, DISK_FULL, NO_ACCESS
 */
export async function copyStore(file: string, copy: string, now: Date): Promise<void> {
  try {
    closeSync(openSync(copy, 'wx', 0o600))
    const source = new Sqlite(file, { readonly: true, fileMustExist: true })
    try {
      await source.backup(copy)
    } finally {
      source.close()
    }
    await markAsCopy(copy, now)
    const written = openSync(copy, 'r+')
    fsyncSync(written)
    closeSync(written)
  } catch (error) {
    throw storeError(file, error)
  }
}

/** One file without a WAL beside it, that belongs nowhere. */
async function markAsCopy(copy: string, now: Date): Promise<void> {
  const db = await openStore(copy, 'existing', { journal: 'rollback' })
  try {
    const { sound, detail } = await storeHealth(db)
    if (!sound) throw new CfdiMailError('STORE_DAMAGED', { file: copy, detail })
    const known = await readIdentity(db)
    await saveIdentity(db, {
      ...{ id: known?.id ?? newId(now), runs: known?.runs ?? 0 },
      ...{ folder: '', machine: '', stamp: '' },
    })
  } finally {
    await db.destroy()
  }
}
