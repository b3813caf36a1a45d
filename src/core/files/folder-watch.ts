import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { isInside } from './folders.ts'

/**
 * Notices that something stirs below some folders. Only a hint that a look is worth while: network shares tell nothing of what
 * other machines write, and a system may run out of watches.
 */
export interface FolderWatch {
  /**
   * Watches exactly these folders and those below them, as they are now.
   * @param places the only ones below which something may be another than it was; null for everywhere
   */
  follow(roots: readonly string[], places: readonly string[] | null): void
  /** The folders in which something stirred since the last time this was asked, or where a whole tree is watched, its root. */
  stirred(): readonly string[]
  close(): void
}

/** Windows and macOS watch a whole tree by themselves; elsewhere each folder has a watch of its own, and no file has one. */
const WHOLE_TREES = ['win32', 'darwin'].includes(platform())

export function watchFolders(): FolderWatch {
  const watched = new Map<string, { readonly inode: number; readonly watcher: FSWatcher }>()
  let stirs = new Set<string>()
  const drop = (folder: string) => {
    watched.get(folder)?.watcher.close()
    watched.delete(folder)
  }
  const add = (folder: string, inode: number) => {
    try {
      const watcher = watch(folder, { recursive: WHOLE_TREES, persistent: false }, () => stirs.add(folder))
      // The folder went away: the next look tells.
      watcher.on('error', () => drop(folder))
      watched.set(folder, { inode, watcher })
    } catch {
      // No more watches: what is in there is found by looking.
    }
  }
  return {
    follow(roots, places) {
      if (WHOLE_TREES && places !== null) return
      const isFirst = watched.size === 0
      const present = new Map((places ?? roots).flatMap((top) => [...(WHOLE_TREES ? one(top) : tree(top))]))
      for (const [folder, { inode }] of watched)
        if (isBelow(places, folder) && present.get(folder) !== inode) drop(folder)
      for (const [folder, inode] of present) {
        if (watched.has(folder)) continue
        add(folder, inode)
        // Something may have come into a new folder between the look and its watch.
        if (!isFirst) stirs.add(folder)
      }
    },
    stirred() {
      const were = [...stirs]
      stirs = new Set()
      return were
    },
    close() {
      for (const folder of [...watched.keys()]) drop(folder)
    },
  }
}

function isBelow(places: readonly string[] | null, folder: string): boolean {
  return places === null || places.some((place) => isInside(place, folder))
}

/** A folder with its inode: one that was made anew under the same name is another one. */
function one(folder: string): [string, number][] {
  const inode = statSync(folder, { throwIfNoEntry: false })?.ino
  return inode === undefined ? [] : [[folder, inode]]
}

function* tree(root: string): Generator<[string, number]> {
  const pending = [root]
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    try {
      yield* one(folder)
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory()) pending.push(join(folder, entry.name))
    } catch {
      // Not to be listed: indexing tells so.
    }
  }
}
