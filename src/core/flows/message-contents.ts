import { openPacks, type OpenPacks, readSnapshot, uncheckedSnapshots } from '../files/snapshots.ts'
import { sha256Of } from '../files/spool.ts'
import type { ClaimedAttachment, ClaimedOrder } from '../store/claimed-orders.ts'
import type { Ctx } from './ctx.ts'

export interface Reading {
  /** Whether the hash of the sealed message covers what is read, or each snapshot has to be proved by its own. */
  readonly checked: 'whole' | 'each'
  /** Where they are read from; undefined to open them for this message alone. */
  readonly packs: OpenPacks | undefined
}

/**
 * What a message attaches, from the spool, in the order of its attachments.
 * @returns `missing`: what is not there or not the same, for the log
 */
export function contentsOf(
  ctx: Ctx,
  { attachments }: ClaimedOrder,
  { checked, packs }: Reading,
): readonly Buffer[] | { readonly missing: string } {
  const { spool } = ctx.folders
  const read =
    checked === 'whole'
      ? withPacks(spool, packs, (packs) => uncheckedSnapshots(packs, attachments))
      : attachments.map((attachment) => readSnapshot(spool, attachment))
  const contents = read.filter((bytes) => bytes !== null)
  if (contents.length === read.length) return contents
  return { missing: snapshotMissing(attachments[read.indexOf(null)]) }
}

/** What makes a message another than the one that was packaged: one of its snapshots, or what the store keeps of it. */
export function whatChanged({ attachments }: ClaimedOrder, contents: readonly Buffer[]): string {
  const changed = attachments.find(({ sha256 }, i) => sha256Of(contents[i] ?? Buffer.alloc(0)) !== sha256)
  return changed === undefined ? 'the message is not the one that was packaged' : snapshotMissing(changed)
}

function withPacks<T>(spool: string, open: OpenPacks | undefined, read: (packs: OpenPacks) => T): T {
  if (open !== undefined) return read(open)
  const packs = openPacks(spool)
  try {
    return read(packs)
  } finally {
    packs.close()
  }
}

function snapshotMissing(attachment: ClaimedAttachment | undefined): string {
  return `snapshot of ${attachment?.name ?? ''} is missing or changed`
}
