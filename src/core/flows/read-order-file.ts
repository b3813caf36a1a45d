import { readHead } from '../cfdi/read-head.ts'
import { readXmlTree } from '../cfdi/xml-tree.ts'
import { type AttachmentRoots, type PathFault, readAttachment, readOrderBytes } from '../files/order-paths.ts'
import { isMailable, isWholePdf } from '../files/papers.ts'
import { sha256Of } from '../files/spool.ts'
import { mediaTypeOf, uniqueNames } from '../message/attachment-name.ts'
import type { MessageAttachment } from '../message/compose.ts'
import type { StampedHead } from '../model/cfdi.ts'
import { cleanLine } from '../model/clean.ts'
import { type OrderFile, readOrderFile as fieldsOf } from '../model/order-file.ts'
import type { OrderFileReason } from '../model/results/order-files.ts'
import type { Ctx } from './ctx.ts'

/** One attached file; a fiscal document with its head. */
export interface OrderAttachment extends MessageAttachment {
  readonly head: StampedHead | null
  readonly sha256: string
}

/** An order file with all that it names in memory. */
export interface OrderContent {
  /** Of the file's bytes and of those of its attachments: what makes two files the same order. */
  readonly sha256: string
  readonly file: OrderFile
  readonly attachments: readonly OrderAttachment[]
}

/** Why an order cannot be had; `unfinished` is what time may mend: whoever writes it may not be done. */
export interface OrderFault {
  readonly reason: OrderFileReason
  readonly detail: string
  readonly unfinished: 'maybe' | 'no'
  /** What it says, as far as it could be read. */
  readonly file: OrderFile | null
}

export type OrderReading =
  { readonly ok: true; readonly order: OrderContent } | { readonly ok: false; readonly fault: OrderFault }

/** Reads an order file and its attachments. Nothing is changed, and nothing that it says is believed yet. */
export function readOrder(ctx: Ctx, path: string, roots: Omit<AttachmentRoots, 'owner'>): OrderReading {
  const { maxFileBytes } = ctx.settings
  const bytes = readOrderBytes(path, maxFileBytes)
  if (!bytes.ok) return fault(bytes.fault === 'missing' ? 'in-hand' : bytes.fault, '', null)
  const tree = readXmlTree(bytes.bytes)
  if (!tree.ok) {
    const isShort = tree.reason === 'empty' || tree.reason === 'cut-off'
    return { ok: false, fault: { ...tree, unfinished: isShort ? 'maybe' : 'no', file: null } }
  }
  const file = fieldsOf(tree.root, ctx.settings.orderMapping)
  const attachments = attachmentsOf(file, { ...roots, owner: bytes.owner }, maxFileBytes)
  if (!attachments.ok) return { ok: false, fault: { ...attachments, file } }
  const sha256 = contentHash(bytes.bytes, attachments.attachments)
  return { ok: true, order: { sha256, file, attachments: attachments.attachments } }
}

/** An ERP may write the same words each month, and another statement under the same name: that is another order. */
function contentHash(order: Buffer, attachments: readonly OrderAttachment[]): string {
  const own = sha256Of(order)
  if (attachments.length === 0) return own
  return sha256Of(Buffer.from([own, ...attachments.map(({ sha256 }) => sha256)].join('\n')))
}

type Attachments =
  | { readonly ok: true; readonly attachments: readonly OrderAttachment[] }
  | ({ readonly ok: false } & Omit<OrderFault, 'file'>)

function attachmentsOf(file: OrderFile, roots: AttachmentRoots, maxBytes: number): Attachments {
  const attachments: OrderAttachment[] = []
  for (const path of file.attachments) {
    const attachment = attachmentOf(path, roots, maxBytes)
    if ('reason' in attachment)
      return { ok: false, ...attachment, detail: attachment.detail || cleanLine(path) }
    attachments.push(attachment)
  }
  const names = uniqueNames(attachments.map(({ name }) => name))
  return { ok: true, attachments: attachments.map((each, i) => ({ ...each, name: names[i] ?? each.name })) }
}

function attachmentOf(
  path: string,
  roots: AttachmentRoots,
  maxBytes: number,
): OrderAttachment | Omit<OrderFault, 'file'> {
  const reading = readAttachment(path, roots, maxBytes)
  if (!reading.ok) return pathFault(reading.fault)
  const name = cleanLine(reading.name)
  if (!isMailable(name) && !/\.(zip|html?)$/i.test(name))
    return { reason: 'bad-file-kind', detail: name, unfinished: 'no' }
  if (/\.pdf$/i.test(name) && !isWholePdf(reading.bytes))
    return { reason: 'half-attachment', detail: name, unfinished: 'maybe' }
  const content = reading.bytes
  const attachment = { name, mediaType: mediaTypeOf(name.toLowerCase()), content, sha256: sha256Of(content) }
  return /\.xml$/i.test(name) ? withHead(attachment) : { ...attachment, head: null }
}

function pathFault(fault: PathFault): Omit<OrderFault, 'file'> {
  const isMissing = fault === 'missing'
  return {
    reason: isMissing ? 'missing-attachment' : fault,
    detail: '',
    unfinished: isMissing ? 'maybe' : 'no',
  }
}

/** An XML that is no fiscal document is a paper like another; one that is must be fit to leave. */
function withHead(attachment: Omit<OrderAttachment, 'head'>): OrderAttachment | Omit<OrderFault, 'file'> {
  const reading = readHead(attachment.content)
  if (reading.ok) return { ...attachment, head: reading.head }
  if (reading.reason === 'not-cfdi' && reading.head === null) return { ...attachment, head: null }
  const isHalf = ['empty', 'malformed', 'encoding'].includes(reading.reason)
  return {
    reason: reading.reason,
    detail: `${attachment.name}: ${reading.detail || reading.reason}`,
    unfinished: isHalf ? 'maybe' : 'no',
  }
}

function fault(reason: OrderFileReason, detail: string, file: OrderFile | null): OrderReading {
  return { ok: false, fault: { reason, detail, unfinished: 'no', file } }
}
