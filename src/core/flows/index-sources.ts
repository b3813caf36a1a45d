import { documentReader, type DocumentReader } from '../cfdi/document-reader.ts'
import type { FileFacts } from '../cfdi/file-facts.ts'
import { type FileState, fileState } from '../cfdi/read-file.ts'
import { type ClosedFolder, type FoundFile, scanFolder } from '../cfdi/scan-folder.ts'
import { existingFolder } from '../files/folders.ts'
import { documentFacts } from '../model/document-facts.ts'
import { CfdiMailError } from '../model/errors.ts'
import { forgetFiles, type ReadFile, savePapers } from '../store/document-index.ts'
import { type KnownFile, type KnownFiles, knownFiles } from '../store/known-files.ts'
import type { Ctx } from './ctx.ts'
import { type NewFiles, newFiles } from './new-files.ts'
import { takeTurn } from './turn.ts'

/** Files between two looks at the signal. */
const TURN = 500

/**
 * Brings the document index up to date with the source folders. A file whose size and time are as known is not read again;
 * one that went away is forgotten. A signal ends it early: what was read is kept, the rest is for the next time.
 * @param sources folders, absolute or relative to the working directory
 * @returns the folders as the index names them (absolute, links resolved)
 * @throws NO_SOURCES for an empty list, SOURCE_NOT_FOUND for one that is no folder
 */
export async function indexSources(ctx: Ctx, sources: readonly string[]): Promise<readonly string[]> {
  if (sources.length === 0) throw new CfdiMailError('NO_SOURCES', { file: ctx.folders.settings })
  const folders = sources.map((source) => existingFolder(source))
  const reader = documentReader(ctx.settings.maxFileBytes)
  const stop = () => void reader.stop()
  ctx.signal.addEventListener('abort', stop)
  try {
    for (const folder of folders) if (!ctx.signal.aborted) await indexFolder(ctx, folder, reader)
  } finally {
    ctx.signal.removeEventListener('abort', stop)
    await reader.stop()
  }
  return folders
}

async function indexFolder(ctx: Ctx, folder: string, reader: DocumentReader): Promise<void> {
  const known = knownFiles(ctx.db, folder)
  const { total } = known
  const fresh = newFiles({ db: ctx.db, reader, rowOf: (found, read) => rowOf(found, read, known) })
  let seen = 0
  for (const found of scanFolder(folder)) {
    const isLong = isAsKnown(found, known) ? false : await takeIn(ctx, found, { known, fresh })
    if (++seen % TURN === 0) ctx.progress('index', seen, Math.max(total, seen))
    if (!isLong && seen % TURN !== 0) continue
    await takeTurn()
    if (ctx.signal.aborted) break
  }
  await fresh.finish()
  // After a signal what was under way is left for the next time, and what is left of the known was not looked for.
  if (!ctx.signal.aborted) await forgetFiles(ctx.db, known.gone())
}

interface Index {
  readonly known: KnownFiles
  readonly fresh: NewFiles
}

/** Whether the index has the file, and its papers, as they are. */
function isAsKnown(found: FoundFile | ClosedFolder, known: KnownFiles): boolean {
  if ('closed' in found) return false
  const before = known.find(found.path)
  if (before === undefined || hasOtherPapers(found, before) || isChanged(fileState(found.path), before))
    return false
  known.keep(found.path)
  return true
}

/** Takes in what is not as the index has it. @returns whether it took long */
async function takeIn(ctx: Ctx, found: FoundFile | ClosedFolder, { known, fresh }: Index): Promise<boolean> {
  if ('closed' in found) {
    fresh.put(closedFolder(found, known))
    return false
  }
  const before = known.find(found.path)
  if (before === undefined || isChanged(fileState(found.path), before)) return await fresh.add(found)
  known.keep(found.path)
  await savePapers(ctx.db, found)
  return false
}

/** What to write about a file that was read: nothing when it is a paper and no document of its own. */
function rowOf(found: FoundFile, read: FileFacts, known: KnownFiles): ReadFile | null {
  if (found.maybeExtra && read.facts.reason === 'not-cfdi') return null
  known.keep(found.path)
  const { path, pdf, extras } = found
  const { size, mtimeUs, ctimeUs, facts } = read
  return { path, size, mtimeUs, ctimeUs, pdf, extras, facts }
}

/** A folder that cannot be listed is a line of the result, and what was found in it before is not forgotten. */
function closedFolder({ closed, detail }: ClosedFolder, known: KnownFiles): ReadFile {
  known.keepBelow(closed)
  const facts = documentFacts({ ok: false, reason: 'unreadable', detail, head: null })
  return { path: `${closed}/`, size: -1, mtimeUs: 0, ctimeUs: 0, pdf: null, extras: [], facts }
}

/** An unusable file is read again each time: it may have been in the middle of being written, or locked. */
function isChanged(now: FileState, before: KnownFile): boolean {
  return (
    before.reason !== null ||
    now.size !== before.size ||
    now.mtimeUs !== before.mtimeUs ||
    now.ctimeUs !== before.ctimeUs
  )
}

function hasOtherPapers(found: FoundFile, before: KnownFile): boolean {
  return found.pdf !== before.pdf || JSON.stringify(found.extras) !== before.extras
}
