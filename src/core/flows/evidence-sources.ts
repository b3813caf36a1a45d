import { extname } from 'node:path'
import { readWhole } from '../cfdi/read-file.ts'
import { contentsOfBytes } from '../files/archive.ts'
import { withByteOrderMark } from '../files/papers.ts'
import { sha256Of } from '../files/spool.ts'
import type { AttachmentEvidence, SourceFact } from '../model/results/evidence.ts'
import type { OrderView } from '../model/send-order.ts'
import { findDocumentsByUuid } from '../store/documents.ts'
import type { Ctx } from './ctx.ts'

/** A file of the source folders that may have been attached. */
interface Source {
  readonly uuid: string
  readonly path: string
  /** Of its bytes now, as they are and with a byte order mark; none when it cannot be read. */
  readonly hashes: readonly string[]
}

/**
 * An order's attachments, and whether their source files still have the bytes that were packaged.
 * @param contents the snapshots, in the order of the attachments; null for one that is not kept
 */
export async function attachmentEvidence(
  ctx: Ctx,
  order: OrderView,
  contents: readonly (Buffer | null)[],
): Promise<AttachmentEvidence[]> {
  const sources = await sourcesOf(ctx, order)
  return Promise.all(
    order.attachments.map(async ({ name, mediaType, sha256, bytes }, i) => {
      const content = contents[i] ?? null
      const entries = mediaType === 'application/zip' ? await entriesOf(content, sources) : []
      const own = sourceFact(name, sha256, sources)
      return { ...own, ...stateOfAll(entries, own), mediaType, bytes, kept: content !== null, entries }
    }),
  )
}

async function entriesOf(zip: Buffer | null, sources: readonly Source[]): Promise<SourceFact[]> {
  const entries = zip === null ? [] : [...(await contentsOfBytes(zip))]
  return entries.map(([name, sha256]) => sourceFact(name, sha256, sources))
}

/** A ZIP has no source of its own: it is as good as the worst of what it holds. */
function stateOfAll(entries: readonly SourceFact[], own: SourceFact): Pick<SourceFact, 'source'> {
  const worst = (['gone', 'changed', 'unknown'] as const).find((state) =>
    entries.some(({ source }) => source === state),
  )
  return { source: entries.length === 0 ? own.source : (worst ?? 'same') }
}

/** The names carry the UUID whole (attachment-name.ts): what does not match by its bytes is looked for by it and its ending. */
function sourceFact(name: string, sha256: string, sources: readonly Source[]): SourceFact {
  const same = sources.find(({ hashes }) => hashes.includes(sha256))
  if (same !== undefined) return { name, sha256, source: 'same', sourceFile: same.path }
  const ending = extname(name).toLowerCase()
  const likely = sources.filter(
    ({ path, uuid }) => name.includes(uuid) && extname(path).toLowerCase() === ending,
  )
  const changed = likely.find(({ hashes }) => hashes.length > 0)
  if (changed !== undefined) return { name, sha256, source: 'changed', sourceFile: changed.path }
  const [gone] = likely
  return { name, sha256, source: gone === undefined ? 'unknown' : 'gone', sourceFile: gone?.path ?? '' }
}

async function sourcesOf(ctx: Ctx, order: OrderView): Promise<Source[]> {
  const sources: Source[] = []
  for (const { uuid } of order.documents) {
    for (const { path, pdf, extras } of await findDocumentsByUuid(ctx.db, uuid)) {
      const paths = [path, ...(pdf === null ? [] : [pdf]), ...extras]
      sources.push(...paths.map((each) => ({ uuid, path: each, hashes: hashesOf(ctx, each) })))
    }
  }
  return sources
}

function hashesOf(ctx: Ctx, path: string): string[] {
  const file = readWhole(path, ctx.settings.maxFileBytes)
  return file.ok ? [...new Set([file.bytes, withByteOrderMark(file.bytes)].map(sha256Of))] : []
}
