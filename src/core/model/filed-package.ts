import type { FolderReason } from './document-reason.ts'

/** The files of one document on their way into a destination folder. */
export interface NewPackage {
  /** The destination folder. */
  readonly root: string
  /** Folders under it and, last, the name that the files share, without extension (`expandPattern`). */
  readonly place: readonly string[]
  readonly files: readonly PackageFile[]
}

export interface PackageFile {
  /** What follows the shared name: `.xml`, `.pdf`, `_Adj.xlsx`. */
  readonly suffix: string
  readonly content: Buffer
  /** Hex, of the content. */
  readonly sha256: string
}

/** One file in a destination folder, as it was written. */
export interface FiledFile {
  /** Absolute, with links resolved. */
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

/** What became of a package: where its files are now, or why none of them is there. */
export type Filing =
  | { readonly ok: true; readonly files: readonly FiledFile[] }
  | { readonly ok: false; readonly reason: FolderReason; readonly detail: string }

/** Where a packaged file is. `due` waits for its order to be sent; `kept` should have gone and was not safe to touch. */
export const FILED_STATES = ['stays', 'due', 'removing', 'trashed', 'deleted', 'kept', 'gone'] as const
export type FiledState = (typeof FILED_STATES)[number]

/** Key of what was written for a customer into a destination folder. */
export function filedKey(uuid: string, customer: string, root: string): string {
  return `${uuid} ${customer} ${root}`
}
