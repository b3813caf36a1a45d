import { join, resolve } from 'node:path'
import {
  copyPrivately,
  draftFolder,
  fileBytes,
  snapshotNames,
  storeOfBackup,
} from '../files/backup-folder.ts'
import { readBlob, storeBlobs } from '../files/spool.ts'
import type { BackedUpResult, RestoredResult } from '../model/results/store.ts'
import { copyStore } from '../store/backup.ts'
import { spooledHashes } from '../store/spooled.ts'
import type { Ctx } from './ctx.ts'

/**
 * Copies the store and the snapshots that it names into a folder, while others may work: the store as of one moment, each
 * snapshot proved by its hash. The key of the passwords is not in it.
 * @throws FOLDER_NOT_EMPTY, NO_ACCESS, STORE_DAMAGED, DISK_FULL
 */
export async function backUp(ctx: Ctx, folder: string): Promise<BackedUpResult> {
  const draft = draftFolder(folder)
  try {
    const store = join(draft.path, 'store.db')
    await copyStore(ctx.folders.store, store, ctx.now())
    copyPrivately(ctx.folders.settings, join(draft.path, 'cfdi-mail.yaml'))
    // After the store's copy: whatever that names was in the spool before.
    const names = await spooledHashes(ctx.db)
    const copied = await copySnapshots(ctx, names, { from: ctx.folders.spool, to: join(draft.path, 'spool') })
    const storeBytes = fileBytes(store)
    draft.finish()
    return {
      kind: 'backed-up',
      folder: resolve(folder),
      storeBytes,
      snapshots: names.length - copied.bad.length,
      snapshotBytes: copied.bytes,
      missing: copied.bad,
      key: ctx.keys.current(),
      needsPerson: copied.bad.length > 0,
    }
  } catch (error) {
    draft.discard()
    throw error
  }
}

/**
 * Fills an empty data folder from a backup. The store in it sends nothing until a person adopts it.
 * @throws FOLDER_NOT_EMPTY, FILE_NOT_FOUND when the folder holds no store, STORE_DAMAGED, STORE_NEWER, NO_ACCESS, DISK_FULL
 */
export async function restore(ctx: Ctx, folder: string): Promise<RestoredResult> {
  const from = storeOfBackup(folder)
  const draft = draftFolder(ctx.folders.data)
  try {
    await copyStore(from, join(draft.path, 'store.db'), ctx.now())
    copyPrivately(join(folder, 'cfdi-mail.yaml'), join(draft.path, 'cfdi-mail.yaml'))
    const spool = join(folder, 'spool')
    const names = snapshotNames(spool)
    const { bad } = await copySnapshots(ctx, names, { from: spool, to: join(draft.path, 'spool') })
    draft.finish()
    return {
      kind: 'restored',
      from: resolve(folder),
      folder: ctx.folders.data,
      snapshots: names.length - bad.length,
      damaged: bad,
      needsPerson: true,
    }
  } catch (error) {
    draft.discard()
    throw error
  }
}

/** Bytes of snapshots that are written together: memory stays flat. */
const BATCH_BYTES = 16 * 1024 * 1024

async function copySnapshots(
  ctx: Ctx,
  names: readonly string[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<{ readonly bytes: number; readonly bad: readonly string[] }> {
  const bad: string[] = []
  const batch = new Map<string, Buffer>()
  let bytes = 0
  let held = 0
  for (const [done, name] of names.entries()) {
    const content = readBlob(from, name)
    if (content === null) bad.push(name)
    else batch.set(name, content)
    bytes += content?.length ?? 0
    held += content?.length ?? 0
    ctx.progress('backup', done + 1, names.length)
    if (held < BATCH_BYTES) continue
    await storeBlobs(to, batch)
    batch.clear()
    held = 0
  }
  await storeBlobs(to, batch)
  return { bytes, bad }
}
