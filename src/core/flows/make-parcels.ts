import { fileSize } from '../files/sizes.ts'
import { attachmentBase, extraName, mediaTypeOf } from '../message/attachment-name.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { Choice } from '../model/packaging.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { Attachment, NewOrder } from '../model/send-order.ts'
import type { IndexedFile } from '../store/documents.ts'
import { quarantinedAmong } from '../store/quarantine.ts'
import type { Ctx } from './ctx.ts'
import { type MadeOrder, makeOrder } from './make-orders.ts'
import { type PreparedDocument, prepareDocument } from './prepare-document.ts'

type Taken = Extract<Choice<IndexedFile>, { readonly result: 'take' }>
export type Left = Extract<Choice<IndexedFile>, { readonly result: 'leave' }>

/** One message to be, or what is left of it when its documents did not pass. */
export interface Parcelled {
  readonly view: PackagedOrder | null
  /** Null in a dry run and when nothing passed. */
  readonly made: MadeOrder | null
  readonly files: readonly IndexedFile[]
  readonly left: readonly Left[]
  /** Bytes held in memory. */
  readonly bytes: number
}

export interface ParcelOptions {
  readonly mode: 'write' | 'dry-run'
  readonly reason: string | null
}

/** Base64 with its line ends, RFC 2045. */
const ENCODED = 78 / 57
/** Room for headers and texts. */
const HEAD_BYTES = 32 * 1024

/**
 * Puts the chosen documents into messages: one each, or all of a customer in as few as the largest message allows, and
 * makes the orders one by one, so that only what is in hand is in memory.
 */
export async function* makeParcels(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  options: ParcelOptions,
): AsyncGenerator<Parcelled> {
  const taken = choices.filter((choice) => choice.result === 'take')
  for (const group of grouped(taken)) {
    if (options.mode === 'dry-run') yield await planned(ctx, group)
    else yield* await parcelsOf(ctx, group, options)
  }
}

interface Group {
  readonly customer: Customer
  readonly type: PackagingType
  readonly files: readonly IndexedFile[]
}

function grouped(taken: readonly Taken[]): Group[] {
  const groups = new Map<string, { customer: Customer; type: PackagingType; files: IndexedFile[] }>()
  for (const { file, customer, type } of taken) {
    const key = type.grouping === 'document' ? file.path : `${customer.code} ${type.code}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { customer, type, files: [file] })
    else group.files.push(file)
  }
  return [...groups.values()]
}

async function parcelsOf(ctx: Ctx, group: Group, options: ParcelOptions): Promise<Parcelled[]> {
  const parcels: Parcelled[] = []
  let documents: PreparedDocument[] = []
  let bytes = HEAD_BYTES
  for (const file of group.files) {
    const prepared = prepareDocument(file, group.type, ctx.settings.maxFileBytes)
    if (!prepared.ok) {
      parcels.push(nothing([leave(group, file, prepared)]))
      continue
    }
    const size = encodedSize(prepared.document)
    if (documents.length > 0 && bytes + size > ctx.settings.maxMessageBytes) {
      parcels.push(await parcel(ctx, { ...group, documents }, options))
      documents = []
      bytes = HEAD_BYTES
    }
    documents.push(prepared.document)
    bytes += size
  }
  return documents.length === 0 ? parcels : [...parcels, await parcel(ctx, { ...group, documents }, options)]
}

type Filled = Group & { readonly documents: readonly PreparedDocument[] }

async function parcel(ctx: Ctx, filled: Filled, options: ParcelOptions): Promise<Parcelled> {
  const { customer, type, documents } = filled
  const files = documents.map((document) => document.file)
  const refuse = (reason: DocumentReason, detail: string) =>
    nothing(files.map((file) => leave(filled, file, { reason, detail })))
  try {
    const recipients = recipientsOf(customer)
    const made = await makeOrder(ctx, { customer, type, documents, recipients, reason: options.reason })
    const size =
      made.order.sealed?.bytes ??
      HEAD_BYTES + documents.reduce((sum, document) => sum + encodedSize(document), 0)
    if (size > ctx.settings.maxMessageBytes)
      return refuse('too-big', `${size} > ${ctx.settings.maxMessageBytes} bytes`)
    return {
      made,
      files,
      left: [],
      bytes: size,
      view: viewOf(filled, { ...made.order, quarantined: quarantinedIn(made.order) }),
    }
  } catch (error) {
    // One document that cannot be put into a message must not keep the others from theirs.
    if (!(error instanceof CfdiMailError)) throw error
    const reason = error.code === 'BAD_TEMPLATE' ? 'bad-template' : 'bad-message'
    return refuse(reason, `${error.code} ${Object.values(error.params).join(' ')}`)
  }
}

/** What a dry run can say without reading a byte of the papers. */
async function planned(ctx: Ctx, group: Group): Promise<Parcelled> {
  const addresses = recipientsOf(group.customer).map(({ address }) => address)
  const held = await quarantinedAmong(ctx.db, addresses)
  const quarantined = addresses.filter((address) => held.has(address.toLowerCase()))
  const attachments = group.files.flatMap((file) => plannedAttachments(file, group.type))
  return {
    made: null,
    files: group.files,
    left: [],
    bytes: 0,
    view: viewOf(group, { id: '', attachments, quarantined }),
  }
}

function plannedAttachments(file: IndexedFile, type: PackagingType): Attachment[] {
  const base = attachmentBase({ ...file, uuid: file.uuid ?? '' })
  const pdf = type.pdf === 'none' || file.pdf === null ? [] : [{ path: file.pdf, name: `${base}.pdf` }]
  const extras = file.extras.map((path) => ({ path, name: extraName(base, path) }))
  return [{ path: file.path, name: `${base}.xml` }, ...pdf, ...extras].map(({ path, name }) => ({
    name,
    mediaType: mediaTypeOf(name),
    sha256: '',
    bytes: fileSize(path),
  }))
}

function viewOf(
  group: Group & { readonly documents?: readonly PreparedDocument[] },
  order: Pick<PackagedOrder, 'id' | 'attachments' | 'quarantined'>,
): PackagedOrder {
  const recipients = recipientsOf(group.customer)
  const uuids =
    group.documents?.map((document) => document.head.stamp.uuid) ?? group.files.map((file) => file.uuid ?? '')
  return {
    id: order.id,
    customer: group.customer.code,
    channel: 'email',
    recipients,
    documents: uuids,
    attachments: order.attachments,
    state: recipients.length === 0 || order.quarantined.length > 0 ? 'held' : 'pending',
    quarantined: order.quarantined,
  }
}

function quarantinedIn({ deliveries }: NewOrder): string[] {
  return deliveries.flatMap(({ address, heldReason }) => (heldReason === 'review' ? [address] : []))
}

function nothing(left: readonly Left[]): Parcelled {
  return { view: null, made: null, files: [], left, bytes: 0 }
}

function leave(
  { customer }: Group,
  file: IndexedFile,
  { reason, detail }: { readonly reason: DocumentReason; readonly detail: string },
): Left {
  return { result: 'leave', file, customer, reason, detail }
}

function encodedSize(document: PreparedDocument): number {
  return document.attachments.reduce(
    (sum, attachment) => sum + Math.ceil(attachment.content.length * ENCODED) + 500,
    0,
  )
}
