import { pdfLooksWhole } from '../files/papers.ts'
import { fileSize } from '../files/sizes.ts'
import { attachmentBase, mediaTypeOf } from '../message/attachment-name.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import { CfdiMailError } from '../model/errors.ts'
import { splitIntoMessages, transmittedBytes } from '../model/message-split.ts'
import type { Choice } from '../model/packaging.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { Attachment, NewOrder } from '../model/send-order.ts'
import type { IndexedFile } from '../store/documents.ts'
import { quarantinedAmong } from '../store/quarantine.ts'
import type { Ctx } from './ctx.ts'
import { archiveName, type MadeOrder, makeOrder } from './make-orders.ts'
import { papersOf, type PreparedDocument, prepareDocument } from './prepare-document.ts'

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

/** Files that go to one customer in one message. */
interface Group {
  readonly customer: Customer
  readonly type: PackagingType
  readonly files: readonly IndexedFile[]
  /** Which of several messages for one group, from 1; 0 when there is only one. */
  readonly part: number
}

/**
 * Puts the chosen documents into messages: one each, or all of a customer in as few as the largest message allows. Orders are
 * made one by one, so that only what is in hand is in memory. A dry run splits alike and looks at sizes and PDFs, but reads no
 * document again.
 */
export async function* makeParcels(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  options: ParcelOptions,
): AsyncGenerator<Parcelled> {
  const taken = choices.filter((choice) => choice.result === 'take')
  for (const group of grouped(taken, ctx.settings.maxMessageBytes)) {
    yield options.mode === 'dry-run' ? await planned(ctx, group) : await parcelOf(ctx, group, options)
  }
}

function grouped(taken: readonly Taken[], maxBytes: number): Group[] {
  const groups = new Map<string, Omit<Group, 'part'> & { readonly files: IndexedFile[] }>()
  for (const { file, customer, type } of taken) {
    const key = type.grouping === 'document' ? file.path : `${customer.code} ${type.code}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { customer, type, files: [file] })
    else group.files.push(file)
  }
  return [...groups.values()].flatMap((group) => {
    const messages = splitIntoMessages(group.files, (file) => sizesOf(file, group.type), maxBytes)
    return messages.map((files, i) => ({ ...group, files, part: messages.length === 1 ? 0 : i + 1 }))
  })
}

function sizesOf(file: IndexedFile, type: PackagingType): number[] {
  return [file.path, ...papersOf(file, type, '').map(({ path }) => path)].map(fileSize)
}

async function parcelOf(ctx: Ctx, group: Group, options: ParcelOptions): Promise<Parcelled> {
  const documents: PreparedDocument[] = []
  const left: Left[] = []
  for (const file of group.files) {
    const prepared = prepareDocument(file, group.type, ctx.settings.maxFileBytes)
    if (prepared.ok) documents.push(prepared.document)
    else left.push(leave(group, file, prepared))
  }
  if (documents.length === 0) return nothing(left)
  const files = documents.map((document) => document.file)
  const refused = (reason: DocumentReason, detail: string) =>
    nothing([...left, ...files.map((file) => leave(group, file, { reason, detail }))])
  try {
    const { customer, type, part } = group
    const recipients = recipientsOf(customer)
    const made = await makeOrder(ctx, { customer, type, part, documents, recipients, reason: options.reason })
    const bytes =
      made.order.sealed?.bytes ?? transmittedBytes(made.order.attachments.map((file) => file.bytes))
    if (bytes > ctx.settings.maxMessageBytes) return refused('too-big', tooBig(bytes, ctx))
    const quarantined = quarantinedIn(made.order)
    return { made, files, left, bytes, view: viewOf({ ...group, files }, { ...made.order, quarantined }) }
  } catch (error) {
    // One document that cannot be put into a message must not keep the others from theirs.
    if (!(error instanceof CfdiMailError)) throw error
    const reason = error.code === 'BAD_TEMPLATE' ? 'bad-template' : 'bad-message'
    return refused(reason, `${error.code} ${Object.values(error.params).join(' ')}`)
  }
}

/** What a dry run can say without reading the documents again. */
async function planned(ctx: Ctx, group: Group): Promise<Parcelled> {
  const halves = group.files.filter(
    ({ pdf }) => group.type.pdf !== 'none' && pdf !== null && !pdfLooksWhole(pdf),
  )
  const left = halves.map((file) => leave(group, file, { reason: 'bad-pdf', detail: file.pdf ?? '' }))
  const files = group.files.filter((file) => !halves.includes(file))
  if (files.length === 0) return nothing(left)
  const bytes = transmittedBytes(files.flatMap((file) => sizesOf(file, group.type)))
  if (bytes > ctx.settings.maxMessageBytes) {
    const refusals = files.map((file) =>
      leave(group, file, { reason: 'too-big', detail: tooBig(bytes, ctx) }),
    )
    return nothing([...left, ...refusals])
  }
  const attachments = plannedAttachments({ ...group, files })
  const addresses = recipientsOf(group.customer).map(({ address }) => address)
  const held = await quarantinedAmong(ctx.db, addresses)
  const quarantined = addresses.filter((address) => held.has(address.toLowerCase()))
  const view = viewOf({ ...group, files }, { id: '', attachments, quarantined })
  return { made: null, files, left, bytes: 0, view }
}

function tooBig(bytes: number, ctx: Ctx): string {
  return `${bytes} > ${ctx.settings.maxMessageBytes} bytes`
}

function plannedAttachments(group: Group): Attachment[] {
  const { files, type } = group
  const all = files.flatMap((file) => {
    const base = attachmentBase({ ...file, uuid: file.uuid ?? '' })
    return [{ path: file.path, name: `${base}.xml` }, ...papersOf(file, type, base)]
  })
  const name = archiveName(
    group,
    files.map((file) => file.issuedAt ?? ''),
  )
  if (type.zip) return [{ name, mediaType: mediaTypeOf(name), sha256: '', bytes: 0 }]
  return all.map(({ path, name }) => ({
    name,
    mediaType: mediaTypeOf(name),
    sha256: '',
    bytes: fileSize(path),
  }))
}

function viewOf(
  { customer, files }: Group,
  order: Pick<PackagedOrder, 'id' | 'attachments' | 'quarantined'>,
): PackagedOrder {
  const recipients = recipientsOf(customer)
  return {
    id: order.id,
    customer: customer.code,
    channel: 'email',
    recipients,
    documents: files.map((file) => file.uuid ?? ''),
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
