import type { AfterSend, PackagingType } from './packaging-type.ts'

/** Why a file that was to go was kept. Stable codes, in the event log. */
export const KEPT_REASONS = [
  'changed', // no longer the bytes that were written
  'link', // a link or a folder has its name, or it cannot be read
  'outside', // its folder now leads out of the destination folder
  'source', // it is a file that the index reads as a source
  'other-folder', // the packaging type has another destination folder now, or is gone
  'denied', // the system did not let it be deleted
  'no-trash', // the system has no recycle bin for it
] as const
export type KeptReason = (typeof KEPT_REASONS)[number]

/** What became of a file after sending. `later` is a folder that is not there now, such as a share. */
export type Removal =
  | { readonly outcome: 'trashed' | 'deleted' | 'gone' | 'later' }
  | { readonly outcome: 'kept'; readonly reason: KeptReason; readonly detail: string }

/** What is to be done about a file whose orders are all sent. */
export type Fate = Exclude<AfterSend, 'keep'> | 'stays' | Extract<Removal, { readonly outcome: 'kept' }>

/**
 * The careful one of what the type said when the file was packaged (only then is it asked about at all) and what it says now.
 * @param type undefined when it is gone
 */
export function fateOf(
  file: { readonly path: string; readonly root: string },
  type: Pick<PackagingType, 'folder' | 'afterSend'> | undefined,
  sources: ReadonlySet<string>,
): Fate {
  if (type?.folder !== file.root) return { outcome: 'kept', reason: 'other-folder', detail: file.path }
  if (type.afterSend === 'keep') return 'stays'
  if (sources.has(file.path)) return { outcome: 'kept', reason: 'source', detail: file.path }
  return type.afterSend
}
