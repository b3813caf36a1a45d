import { type FileState, fileState, readCfdiFile } from '../cfdi/read-file.ts'
import { type ClosedFolder, type FoundFile, scanFolder } from '../cfdi/scan-folder.ts'
import { existingFolder } from '../files/folders.ts'
import { CfdiMailError } from '../model/errors.ts'
import { forgetFiles, type ReadFile, saveFiles, savePapers } from '../store/document-index.ts'
import { type KnownFile, type KnownFiles, knownFiles } from '../store/known-files.ts'
import type { Ctx } from './ctx.ts'
import { takeTurn } from './turn.ts'

/**
 * Files read before they are written: one commit, and few enough that memory stays flat. A commit writes each page it touched,
 * and UUIDs touch them all.
 */
const BATCH = 2_000
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
  for (const folder of folders) await indexFolder(ctx, folder)
  return folders
}

async function indexFolder(ctx: Ctx, folder: string): Promise<void> {
  const known = await knownFiles(ctx.db, folder)
  const { total } = known
  let batch: ReadFile[] = []
  let seen = 0
  for (const found of scanFolder(folder)) {
    const read = 'closed' in found ? closedFolder(found, known) : await lookAt(ctx, found, known)
    if (read !== null) batch.push(read)
    if (batch.length >= BATCH) {
      await saveFiles(ctx.db, batch)
      batch = []
    }
    if (++seen % TURN !== 0) continue
    ctx.progress('index', seen, Math.max(total, seen))
    await takeTurn()
    if (ctx.signal.aborted) break
  }
  await saveFiles(ctx.db, batch)
  // After a signal what is left of them was not looked for.
  if (!ctx.signal.aborted) await forgetFiles(ctx.db, await known.gone())
}

/** What to write about a file: nothing when it is as known, or when it is a paper and no document of its own. */
async function lookAt(ctx: Ctx, found: FoundFile, known: KnownFiles): Promise<ReadFile | null> {
  const before = await known.find(found.path)
  if (before !== undefined && !isChanged(fileState(found.path), before)) {
    known.keep(found.path)
    if (hasOtherPapers(found, before)) await savePapers(ctx.db, found)
    return null
  }
  const { size, mtimeUs, ctimeUs, reading } = readCfdiFile(found.path, ctx.settings.maxFileBytes)
  if (found.maybeExtra && !reading.ok && reading.reason === 'not-cfdi') return null
  known.keep(found.path)
  const { path, pdf, extras } = found
  return { path, size, mtimeUs, ctimeUs, pdf, extras, reading }
}

/** A folder that cannot be listed is a line of the result, and what was found in it before is not forgotten. */
function closedFolder({ closed, detail }: ClosedFolder, known: KnownFiles): ReadFile {
  known.keepBelow(closed)
  const reading = { ok: false, reason: 'unreadable', detail, head: null } as const
  return { path: `${closed}/`, size: -1, mtimeUs: 0, ctimeUs: 0, pdf: null, extras: [], reading }
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
