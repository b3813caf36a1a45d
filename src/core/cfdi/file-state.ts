import { lstatSync, type Stats } from 'node:fs'

/** By what a file that was changed is known. */
export interface FileState {
  /** Bytes; -1 when the file cannot be looked at. */
  readonly size: number
  readonly mtimeUs: number
  readonly ctimeUs: number
}

const UNSEEN: FileState = { size: -1, mtimeUs: 0, ctimeUs: 0 }

/** A link is looked at itself. A file that cannot be looked at is no error: reading it will say why. */
export function fileState(path: string): FileState {
  try {
    return stateOf(lstatSync(path))
  } catch {
    return UNSEEN
  }
}

export function stateOf({ size, mtimeMs, ctimeMs }: Stats): FileState {
  return { size, mtimeUs: Math.floor(mtimeMs * 1000), ctimeUs: Math.floor(ctimeMs * 1000) }
}
