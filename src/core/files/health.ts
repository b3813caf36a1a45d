import { statfsSync, statSync } from 'node:fs'

/** Free bytes for this user on the disk of a folder, or 0 when it cannot be asked. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}

/** Whether others than the owner can get at the path. Never on a file system without such modes: all its bits are alike. */
export function isOpenToOthers(path: string): boolean {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0
  const [owner, others] = [(mode >> 6) & 0o7, mode & 0o077]
  return others !== 0 && others !== owner * 0o11
}
