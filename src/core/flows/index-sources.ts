import { documentReader, type DocumentReader } from '../cfdi/document-reader.ts'
import type { FileFacts } from '../cfdi/file-facts.ts'
import type { ClosedFolder } from '../cfdi/scan-folder.ts'
import { existingFolder } from '../files/folders.ts'
import { documentFacts } from '../model/document-facts.ts'
import { CfdiMailError } from '../model/errors.ts'
import { forgetFiles, type ReadFile, savePapers } from '../store/document-index.ts'
import { engineOf } from '../store/engine.ts'
import { sharedFile } from '../store/read-only.ts'
import { compareBeside, startComparingThread } from './compare-beside.ts'
import { type Compared, compareFolder, type Difference, type ToRead } from './compare-folder.ts'
import type { Ctx } from './ctx.ts'
import { type NewFiles, newFiles } from './new-files.ts'
import { takeTurn } from './turn.ts'

/** How the folders are gone through. */
export interface Walking {
  /** This thread, or a second one, where the store is a file. */
  readonly walker: 'here' | 'beside'
  /** Told when something is not as the index has it. What is read again each time is none of that. */
  readonly onNews: () => void
  /** Told, again and again, when this thread is about to wait for a second one that reads: what takes a while has its place there. */
  readonly onWait: () => void
  /** Whether this thread reads the documents again, as packing does. */
  readonly reads: 'once' | 'again'
}

const HERE: Walking = { walker: 'here', reads: 'once', onNews: () => undefined, onWait: () => undefined }

/**
 * @param sources folders, absolute or relative to the working directory
 * @returns the folders as the index names them (absolute, links resolved)
 * @throws NO_SOURCES for an empty list, SOURCE_NOT_FOUND for one that is no folder
 */
export function sourceFolders(ctx: Ctx, sources: readonly string[]): readonly string[] {
  if (sources.length === 0) throw new CfdiMailError('NO_SOURCES', { file: ctx.folders.settings })
  return sources.map((source) => existingFolder(source))
}

/** `indexFolders` for sources as they were typed. @returns what `sourceFolders` does, with its errors */
export async function indexSources(ctx: Ctx, sources: readonly string[]): Promise<readonly string[]> {
  const folders = sourceFolders(ctx, sources)
  await indexFolders(ctx, folders)
  return folders
}

/**
 * Brings the document index up to date with the source folders. A file whose size and time are as known is not read again;
 * one that went away is forgotten. A signal ends it early: what was read is kept, the rest is for the next time.
 * @param folders as `sourceFolders` gives them
 */
export async function indexFolders(
  ctx: Ctx,
  folders: readonly string[],
  wishes: Partial<Walking> = {},
): Promise<void> {
  const walking = { ...HERE, ...wishes }
  const reader = documentReader({ maxBytes: ctx.settings.maxFileBytes, here: walking.reads })
  const stop = () => void reader.stop()
  ctx.signal.addEventListener('abort', stop)
  try {
    for (const folder of folders) if (!ctx.signal.aborted) await indexFolder(ctx, folder, { reader, walking })
  } finally {
    ctx.signal.removeEventListener('abort', stop)
    await reader.stop()
  }
}

async function indexFolder(
  ctx: Ctx,
  folder: string,
  { reader, walking }: { readonly reader: DocumentReader; readonly walking: Walking },
): Promise<void> {
  const gone: string[] = []
  const { onNews, onWait } = walking
  const fresh = newFiles({ db: ctx.db, reader, rowOf: (file, read) => rowOf(file, read, gone), onWait })
  let seen = 0
  for await (const { met, known, differences } of compared(ctx, folder, walking)) {
    await takeIn(ctx, differences, { fresh, gone, onNews })
    seen += met
    // How many there are beyond what is known nobody can say before the end.
    ctx.progress('index', seen, seen <= known ? known : 0)
    await takeTurn()
    if (ctx.signal.aborted) break
  }
  await fresh.finish()
  // After a signal what was under way is left for the next time, and what is left of the known was not looked for.
  if (!ctx.signal.aborted) await forgetFiles(ctx.db, gone)
}

function compared(
  { db }: Ctx,
  folder: string,
  { walker }: Walking,
): Iterable<Compared> | AsyncIterable<Compared> {
  const engine = engineOf(db)
  const here = () => compareFolder(engine, folder)
  const store = sharedFile(engine)
  if (walker === 'here' || store === null) return here()
  return compareBeside(startComparingThread({ store, folder }), here)
}

interface TakingIn {
  readonly fresh: NewFiles
  /** Paths that are to be forgotten at the end. */
  readonly gone: string[]
  readonly onNews: () => void
}

/** Takes in what is not as the index has it. A signal leaves the rest. */
async function takeIn(
  ctx: Ctx,
  differences: readonly Difference[],
  { fresh, gone, onNews }: TakingIn,
): Promise<void> {
  for (const one of differences) {
    if (isNews(one)) onNews()
    if (one.kind === 'closed') fresh.put(closedFolder(one))
    else if (one.kind === 'gone') gone.push(one.path)
    else if (one.kind === 'other-papers') await savePapers(ctx.db, one)
    else if (await fresh.add(one)) await takeTurn()
    if (ctx.signal.aborted) return
  }
}

/** Whether the index will be another. What is read at each run, and a paper that is XML, mostly say what they said before. */
function isNews(one: Difference): boolean {
  if (one.kind !== 'to-read') return one.kind !== 'closed'
  return one.before === 'another' || (one.before === 'nothing' && !one.maybeExtra)
}

/** What to write about a file that was read: nothing when it is a paper and no document of its own. */
function rowOf(file: ToRead, read: FileFacts, gone: string[]): ReadFile | null {
  if (file.maybeExtra && read.facts.reason === 'not-cfdi') {
    if (file.before !== 'nothing') gone.push(file.path)
    return null
  }
  const { path, pdf, extras } = file
  const { size, mtimeUs, ctimeUs, facts } = read
  return { path, size, mtimeUs, ctimeUs, pdf, extras, facts }
}

/** A folder that cannot be listed is a line of the result. */
function closedFolder({ closed, detail }: ClosedFolder): ReadFile {
  const facts = documentFacts({ ok: false, reason: 'unreadable', detail, head: null })
  return { path: `${closed}/`, size: -1, mtimeUs: 0, ctimeUs: 0, pdf: null, extras: [], facts }
}
