import { freeBytes } from '../files/health.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { Settings } from '../model/settings.ts'
import type { Ctx } from './ctx.ts'

const MEGABYTE = 1024 * 1024
/** Room for the store to grow by while a run writes its outcome. */
const SPARE_BYTES = 50 * MEGABYTE

/** Free bytes that a run needs: the largest message twice over, and the store's own writes. */
export function neededBytes({ minFreeBytes, maxMessageBytes }: Settings): number {
  return minFreeBytes ?? 2 * maxMessageBytes + SPARE_BYTES
}

/**
 * Begins nothing that a full disk would end half way. A disk that cannot be asked is taken for large enough.
 * @throws DISK_LOW
 */
export function checkRoom({ folders, settings }: Ctx): void {
  const needed = neededBytes(settings)
  const free = freeBytes(folders.data)
  if (free === null || free >= needed) return
  const params = { free: Math.floor(free / MEGABYTE), needed: Math.ceil(needed / MEGABYTE) }
  throw new CfdiMailError('DISK_LOW', { folder: folders.data, ...params })
}
