import { fileState } from '../cfdi/file-state.ts'
import { type ClosedFolder, type FoundFile, scanFolder } from '../cfdi/scan-folder.ts'
import { type KnownFile, type KnownFiles, knownFiles, type KnownIn } from '../store/known-files.ts'

/** Files that are compared at once. */
const STEP = 500

/** A file that has to be read. */
export interface ToRead extends FoundFile {
  readonly kind: 'to-read'
  /** What the index had: nothing, a file that was another, or one that was no document and may be one now. */
  readonly before: 'nothing' | 'another' | 'unusable'
}

/** How a folder differs from what the index has of it. */
export type Difference =
  | ToRead
  | (Pick<FoundFile, 'path' | 'pdf' | 'extras'> & { readonly kind: 'other-papers' })
  | (ClosedFolder & { readonly kind: 'closed' })
  | { readonly kind: 'gone'; readonly path: string }

/** A step of the walk. */
export interface Compared {
  /** Files that were met. */
  readonly met: number
  /** Files that the index knew at the beginning. */
  readonly known: number
  readonly differences: readonly Difference[]
}

/**
 * Walks a folder beside the index, and tells step by step how they differ; at last, what is gone. It may be walked again from its
 * beginning: what was told twice is the same.
 * @param folder absolute path of an existing one
 */
export function* compareFolder(store: KnownIn, folder: string): Generator<Compared, void> {
  const files = knownFiles(store, folder)
  const known = files.total
  let differences: Difference[] = []
  let met = 0
  for (const found of scanFolder(folder)) {
    const difference = 'closed' in found ? closedFolder(found, files) : differenceOf(found, files)
    if (difference !== null) differences.push(difference)
    if (++met < STEP) continue
    yield { met, known, differences }
    differences = []
    met = 0
  }
  for (const path of files.gone()) differences.push({ kind: 'gone', path })
  yield { met, known, differences }
}

/** What was found below it before is not forgotten. */
function closedFolder({ closed, detail }: ClosedFolder, files: KnownFiles): Difference {
  files.keepBelow(closed)
  return { kind: 'closed', closed, detail }
}

/** An unusable file is read again each time: it may have been in the middle of being written, or locked. */
function differenceOf(found: FoundFile, files: KnownFiles): Difference | null {
  const before = files.find(found.path)
  if (before === undefined) return toRead(found, 'nothing')
  files.keep(found.path)
  if (isAnother(found.path, before)) return toRead(found, 'another')
  if (before.reason !== null) return toRead(found, 'unusable')
  const { path, pdf, extras } = found
  return hasOtherPapers(found, before) ? { kind: 'other-papers', path, pdf, extras } : null
}

function toRead({ path, pdf, extras, maybeExtra }: FoundFile, before: ToRead['before']): ToRead {
  return { kind: 'to-read', path, pdf, extras, maybeExtra, before }
}

function isAnother(path: string, before: KnownFile): boolean {
  const { size, mtimeUs, ctimeUs } = fileState(path)
  return size !== before.size || mtimeUs !== before.mtimeUs || ctimeUs !== before.ctimeUs
}

function hasOtherPapers(found: FoundFile, before: KnownFile): boolean {
  return found.pdf !== before.pdf || JSON.stringify(found.extras) !== before.extras
}
