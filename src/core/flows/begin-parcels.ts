import type { Archive } from '../files/archive.ts'
import type { Zipper } from '../files/zipper.ts'
import type { AddendaSources } from './addenda-sources.ts'
import type { Ctx } from './ctx.ts'
import { type Group, leave, type Left, prepare } from './parcel.ts'
import { beginArchive } from './parcel-archive.ts'
import type { PreparedDocument } from './prepare-document.ts'

/** A group whose documents are in hand. */
export interface Begun {
  readonly group: Group
  readonly documents: readonly PreparedDocument[]
  readonly left: readonly Left[]
  /** On its way; null where there is none, or one that is made with the message. */
  readonly archive: Promise<Archive> | null
}

interface Beginning {
  readonly addendas: AddendaSources | null
  readonly zipper: Zipper
}

/**
 * Reads the documents of one group after another. One with an archive is given away only when the next is begun: its archive is
 * made meanwhile. So two such groups are in memory, and one of any other kind.
 */
export function* beginParcels(ctx: Ctx, groups: readonly Group[], beginning: Beginning): Generator<Begun> {
  let held: Begun | null = null
  for (const group of groups) {
    const begun = begin(ctx, group, beginning)
    if (held !== null) yield held
    held = begun.archive === null ? null : begun
    if (held === null) yield begun
  }
  if (held !== null) yield held
}

function begin(ctx: Ctx, group: Group, { addendas, zipper }: Beginning): Begun {
  const documents: PreparedDocument[] = []
  const left: Left[] = []
  for (const file of group.files) {
    const prepared = prepare(ctx, { group, file, addendas })
    if (prepared.ok) documents.push(prepared.document)
    else left.push(leave(group, file, prepared))
  }
  const archive =
    group.route === 'folder' ? null : beginArchive(group.type, documents, { zipper, now: ctx.now() })
  return { group, documents, left, archive }
}
