import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { type Fault, NO_FAULT } from '../model/fault.ts'
import type { PackPlace, PackPlaces } from '../model/snapshot.ts'
import { makeFolder, sayingDiskFull, syncFolders, writeDurably } from './durable-files.ts'
import { packPath } from './snapshots.ts'

/**
 * Keeps the bytes that the orders of a batch attach in one file, one after another: making a file takes longer than writing what
 * is in it. Durable on return, as `storeBlobs` is; only after that may a row name a place.
 * @param spool folder of the spool, made when missing
 * @param blobs bytes by SHA-256
 * @throws DISK_FULL
 */
export async function storePack(
  spool: string,
  blobs: ReadonlyMap<string, Buffer>,
  fault: Fault = NO_FAULT,
): Promise<PackPlaces> {
  const places = new Map<string, PackPlace>()
  if (blobs.size === 0) return places
  const pack = randomBytes(12).toString('hex')
  let offset = 0
  for (const [sha256, { length }] of blobs) {
    places.set(sha256, { pack, offset })
    offset += length
  }
  const path = packPath(spool, pack)
  const folders = new Set<string>()
  await sayingDiskFull(spool, async () => {
    makeFolder(spool, dirname(path), folders)
    await writeDurably([{ path, pieces: [...blobs.values()] }], fault)
    await syncFolders(folders)
  })
  return places
}
