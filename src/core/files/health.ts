import { type StatsFs, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Free bytes for this user on the disk of a folder, or null when it cannot be asked. */
export function freeBytes(folder: string): number | null {
  const disk = statusOf(folder)
  return disk === null ? null : disk.bavail * disk.bsize
}

/** File systems on other machines, by the numbers that Linux's statfs(2) gives them. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9p'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x73757245, 'Coda'],
])

/**
 * The name of the network's file system that a folder is on, or null on a disk of this machine. Where the folder is yet to be
 * made, the one above counts. SQLite's WAL needs memory that all its users share, which two machines do not have.
 */
export function networkFileSystem(folder: string): string | null {
  const disk = statusOf(folder)
  if (disk !== null) return networkName(disk.type)
  return dirname(folder) === folder ? null : networkFileSystem(dirname(folder))
}

/** @param type what statfs(2) says, which some systems give as a negative number */
export function networkName(type: number): string | null {
  return NETWORK.get(type >>> 0) ?? null
}

function statusOf(folder: string): StatsFs | null {
  try {
    return statfsSync(folder)
  } catch {
    return null
  }
}

/** Whether others than the owner can get at the path. Never on a file system without such modes: all its bits are alike. */
export function isOpenToOthers(path: string): boolean {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0
  const [owner, others] = [(mode >> 6) & 0o7, mode & 0o077]
  return others !== 0 && others !== owner * 0o11
}
