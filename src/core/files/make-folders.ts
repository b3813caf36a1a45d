import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it that are missing, one by one: where a file system makes no folders (/proc), Node's own
 * recursive way tries for ever.
 * @param folder absolute
 * @throws what the system says, `EEXIST` when a file is in its place
 */
export function makeFolders(folder: string, mode = 0o777): void {
  const missing: string[] = []
  let above = folder
  for (; !existsSync(above) && dirname(above) !== above; above = dirname(above)) missing.unshift(above)
  for (const path of missing.length === 0 ? [folder] : missing) makeOne(path, mode)
}

/** Somebody else may have made it at the same moment. */
function makeOne(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    const isThere = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    if (!isThere) throw error
  }
}
