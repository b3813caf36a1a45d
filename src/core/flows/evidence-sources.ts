import { extname } from 'node:path'
import { withoutAddenda } from '../cfdi/insert-addenda.ts'
import { readWhole } from '../cfdi/read-file.ts'
import { contentsOfBytes } from '../files/archive.ts'
import { sha256Of } from '../files/spool.ts'
import type { AttachmentEvidence, SourceFact } from '../model/results/evidence.ts'
import type { OrderView } from '../model/send-order.ts'
import { findDocumentsByUuid } from '../store/documents.ts'
import type { Ctx } from './ctx.ts'

/** A file that was sent, with the hash of what it shares with its source. */
interface Sent {
  readonly name: string
  readonly sha256: string
  readonly bare: string
}

/** A file of the source folders that may have been attached. */
interface Source {
  readonly uuid: string
  readonly path: string
  /** Of its bytes now; null when it cannot be read. */
  readonly sha256: string | null
  /** The same without byte order mark and Addenda, which a packaging type may have put into the copy that was sent. */
  readonly bare: string | null
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
      const own = sourceFact({ name, sha256, bare: content === null ? sha256 : bareHash(content) }, sources)
      return { ...own, ...stateOfAll(entries, own), mediaType, bytes, kept: content !== null, entries }
    }),
  )
}

async function entriesOf(zip: Buffer | null, sources: readonly Source[]): Promise<SourceFact[]> {
  if (zip === null) return []
  const bare = await contentsOfBytes(zip, bareHash)
  return [...(await contentsOfBytes(zip, sha256Of))].map(([name, sha256]) =>
    sourceFact({ name, sha256, bare: bare.get(name) ?? '' }, sources),
  )
}

/** A ZIP has no source of its own: it is as good as the worst of what it holds. */
function stateOfAll(entries: readonly SourceFact[], own: SourceFact): Pick<SourceFact, 'source'> {
  const worst = (['gone', 'changed', 'unknown'] as const).find((state) =>
    entries.some(({ source }) => source === state),
  )
  return { source: entries.length === 0 ? own.source : (worst ?? 'same') }
}

/** The names carry the UUID whole (attachment-name.ts): what does not match by its bytes is looked for by it and its ending. */
function sourceFact({ name, sha256, bare }: Sent, sources: readonly Source[]): SourceFact {
  const fact = { name, sha256, sourceSha256: null }
  const same = sources.find((source) => source.sha256 === sha256)
  if (same !== undefined) return { ...fact, source: 'same', sourceFile: same.path }
  const origin = sources.find((source) => source.bare === bare)
  if (origin !== undefined)
    return { ...fact, source: 'same', sourceFile: origin.path, sourceSha256: origin.sha256 }
  const ending = extname(name).toLowerCase()
  const likely = sources.filter(
    ({ path, uuid }) => name.includes(uuid) && extname(path).toLowerCase() === ending,
  )
  const changed = likely.find((source) => source.sha256 !== null)
  if (changed !== undefined) return { ...fact, source: 'changed', sourceFile: changed.path }
  const [gone] = likely
  return { ...fact, source: gone === undefined ? 'unknown' : 'gone', sourceFile: gone?.path ?? '' }
}

async function sourcesOf(ctx: Ctx, order: OrderView): Promise<Source[]> {
  const sources: Source[] = []
  for (const { uuid } of order.documents) {
    for (const { path, pdf, extras } of await findDocumentsByUuid(ctx.db, uuid)) {
      const paths = [path, ...(pdf === null ? [] : [pdf]), ...extras]
      sources.push(...paths.map((each) => ({ uuid, path: each, ...hashesOf(ctx, each) })))
    }
  }
  return sources
}

function hashesOf(ctx: Ctx, path: string): Pick<Source, 'sha256' | 'bare'> {
  const file = readWhole(path, ctx.settings.maxFileBytes)
  return file.ok ? { sha256: sha256Of(file.bytes), bare: bareHash(file.bytes) } : { sha256: null, bare: null }
}

function bareHash(content: Buffer): string {
  return sha256Of(withoutAddenda(content))
}
