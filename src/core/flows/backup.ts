import { join, resolve } from 'node:path'
import {
  copyPrivately,
  draftFolder,
  fileBytes,
  snapshotNames,
  storeOfBackup,
} from '../files/backup-folder.ts'
import { companiesIn } from '../files/companies.ts'
import { readSnapshot } from '../files/snapshots.ts'
import { storeBlobs } from '../files/spool.ts'
import type { Snapshot } from '../model/snapshot.ts'
import type { BackedUpResult, RestoredResult } from '../model/results/store.ts'
import { copyStore } from '../store/backup.ts'
import { spooledSnapshots } from '../store/snapshots.ts'
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
    const snapshots = await spooledSnapshots(ctx.db)
    const copied = await copySnapshots(ctx, snapshots, {
      from: ctx.folders.spool,
      to: join(draft.path, 'spool'),
    })
    const storeBytes = fileBytes(store)
    draft.finish()
    return {
      kind: 'backed-up',
      folder: resolve(folder),
      storeBytes,
      snapshots: copied.good,
      snapshotBytes: copied.bytes,
      missing: copied.bad,
      otherCompanies: companiesIn(ctx.folders.data),
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
    const snapshots = snapshotNames(spool).map((sha256) => ({ sha256, bytes: 0, place: null }))
    const { good, bad } = await copySnapshots(ctx, snapshots, { from: spool, to: join(draft.path, 'spool') })
    draft.finish()
    return {
      kind: 'restored',
      from: resolve(folder),
      folder: ctx.folders.data,
      snapshots: good,
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

interface Copied {
  readonly good: number
  readonly bytes: number
  /** SHA-256 of those that are whole in no place. */
  readonly bad: readonly string[]
}

/** Each gets a file of its own, which proves itself by its name. */
async function copySnapshots(
  ctx: Ctx,
  snapshots: readonly Snapshot[],
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Copied> {
  const good = new Set<string>()
  const batch = new Map<string, Buffer>()
  let bytes = 0
  let held = 0
  for (const [done, snapshot] of snapshots.entries()) {
    const content = good.has(snapshot.sha256) ? null : readSnapshot(from, snapshot)
    ctx.progress('backup', done + 1, snapshots.length)
    if (content === null) continue
    good.add(snapshot.sha256)
    batch.set(snapshot.sha256, content)
    bytes += content.length
    held += content.length
    if (held < BATCH_BYTES) continue
    await storeBlobs(to, batch)
    batch.clear()
    held = 0
  }
  await storeBlobs(to, batch)
  const named = new Set(snapshots.map(({ sha256 }) => sha256))
  return { good: good.size, bytes, bad: [...named].filter((sha256) => !good.has(sha256)).sort() }
}
