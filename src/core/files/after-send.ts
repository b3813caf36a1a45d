import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync, unlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import type { KeptReason, Removal } from '../model/after-send.ts'
import { isInside } from './folders.ts'
import { sha256Of } from './spool.ts'

/** A file that has done its duty. */
export interface SpentFile {
  /** As it was recorded when it was written: absolute, with links resolved. */
  readonly path: string
  readonly root: string
  readonly sha256: string
}

/**
 * Takes a packaged file out of its destination folder, if it is still the very file that was written there: inside the folder,
 * no link, with the same bytes. Anything else is kept, and told.
 * @param action `trash` for the recycle bin of the platform and the user who runs this
 */
export async function removeFile(file: SpentFile, action: 'trash' | 'delete'): Promise<Removal> {
  const doubt = doubtAbout(file)
  if (doubt !== null) return doubt
  try {
    if (action === 'delete') unlinkSync(file.path)
    else await toTrash(file.path)
  } catch (error) {
    return kept(action === 'trash' ? 'no-trash' : 'denied', wordsOf(error))
  }
  return { outcome: action === 'trash' ? 'trashed' : 'deleted' }
}

function doubtAbout({ path, root, sha256 }: SpentFile): Removal | null {
  const realRoot = realOf(root)
  if (realRoot === null) return { outcome: 'later' }
  const folder = realOf(dirname(path))
  if (folder === null) return { outcome: 'gone' }
  if (folder !== dirname(path) || !isInside(realRoot, folder)) return kept('outside', folder)
  const found = hashWithoutLinks(path)
  if (found === 'none') return { outcome: 'gone' }
  if (found === 'link') return kept('link', path)
  return found === sha256 ? null : kept('changed', path)
}

function realOf(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}

/** SHA-256 of a plain file; `none` when the name is free, `link` for anything that is no file of its own. */
function hashWithoutLinks(path: string): string {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'none' : 'link'
  }
  try {
    return fstatSync(file).isFile() ? sha256Of(readFileSync(file)) : 'link'
  } catch {
    return 'link'
  } finally {
    closeSync(file)
  }
}

/** Loaded when it is first needed: it brings a good deal along. */
async function toTrash(path: string): Promise<void> {
  const { default: trash } = await import('trash')
  await trash(path, { glob: false })
}

function kept(reason: KeptReason, detail: string): Removal {
  return { outcome: 'kept', reason, detail }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
