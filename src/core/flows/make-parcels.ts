import { pdfLooksWhole } from '../files/papers.ts'
import { fileSize } from '../files/sizes.ts'
import { attachmentBase, mediaTypeOf } from '../message/attachment-name.ts'
import type { AddendaWishes } from '../model/addenda.ts'
import type { OrderChannel } from '../model/channel.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { channelsOf, numbersOf } from '../model/customer-channel.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import { CfdiMailError } from '../model/errors.ts'
import { splitIntoMessages, transmittedBytes } from '../model/message-split.ts'
import type { Choice, Route } from '../model/packaging.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { isInstead } from '../model/portal.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { Attachment, NewOrder } from '../model/send-order.ts'
import type { IndexedFile } from '../store/documents.ts'
import { quarantinedAmong } from '../store/quarantine.ts'
import { type AddendaSources, openAddendas } from './addenda-sources.ts'
import type { Ctx } from './ctx.ts'
import { type FolderPackage, plannedPaths } from './file-packages.ts'
import { archiveName, type MadeOrder, makeOrder, type Parcel } from './make-orders.ts'
import { type Chats, makeChats } from './make-whatsapp-order.ts'
import { openPortalDesk, type PortalDesk } from './portal-desk.ts'
import { papersOf, type Preparation, type PreparedDocument, prepareDocument } from './prepare-document.ts'
import { isZipped } from './zip-packages.ts'

type Taken = Extract<Choice<IndexedFile>, { readonly result: 'take' }>
export type Left = Extract<Choice<IndexedFile>, { readonly result: 'leave' }>

/** The messages of some documents, or what is left of them when the documents did not pass. */
export interface Parcelled {
  /** One for each channel that the documents take, and of WhatsApp one for each document; [] when nothing passed. */
  readonly views: readonly PackagedOrder[]
  /** [] in a dry run. */
  readonly made: readonly MadeOrder[]
  readonly files: readonly IndexedFile[]
  readonly left: readonly Left[]
  /** Documents to be written into their destination folder before the order is queued. */
  readonly filings: readonly FolderPackage[]
  /** In a dry run, where the files of each document would go, by the path of its source. */
  readonly places: ReadonlyMap<string, readonly string[]>
  /** Bytes held in memory. */
  readonly bytes: number
}

export interface ParcelOptions {
  readonly mode: 'write' | 'dry-run'
  readonly reason: string | null
  readonly addenda?: AddendaWishes | undefined
  /** Orders go to another mailer, which knows mail alone. */
  readonly spool?: object
  readonly repetition: 'once' | 'again'
}

/** Files that go to one customer in one message. */
interface Group {
  readonly customer: Customer
  readonly type: PackagingType
  readonly route: Route
  readonly files: readonly IndexedFile[]
  /** Which of several messages for one group, from 1; 0 when there is only one. */
  readonly part: number
}

/**
 * Puts the chosen documents into messages: one each, or all of a customer in as few as the largest message allows; what only
 * goes into the destination folder is alone in its parcel. Orders are made one by one, so that only what is in hand is in
 * memory. A dry run splits alike and looks at sizes and PDFs, but reads no document again, unless an addenda is asked for:
 * whether its data are there is what people look for.
 */
export async function* makeParcels(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  options: ParcelOptions,
): AsyncGenerator<Parcelled> {
  const taken = choices.filter((choice) => choice.result === 'take')
  const names = taken.flatMap(({ type }) => (type.addenda === null ? [] : [type.addenda]))
  const addendas = await openAddendas(ctx, { names, file: options.addenda?.dataFile ?? null })
  const orders = options.spool === undefined ? 'sealed' : 'open'
  const desk = openPortalDesk(ctx, { repetition: options.repetition, orders })
  for (const group of grouped(taken, ctx.settings.maxMessageBytes)) {
    yield options.mode === 'dry-run'
      ? await planned(ctx, group, addendas)
      : await parcelOf(ctx, group, { ...options, addendas, desk })
  }
}

function grouped(taken: readonly Taken[], maxBytes: number): Group[] {
  const groups = new Map<string, Omit<Group, 'part'> & { readonly files: IndexedFile[] }>()
  for (const { file, customer, type: own, route } of taken) {
    const type = isInstead(own, file.kind) ? withoutFiles(own) : own
    const isAlone = type.grouping === 'document' || route === 'folder'
    const key = isAlone ? file.path : `${customer.code} ${type.code}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { customer, type, route, files: [file] })
    else group.files.push(file)
  }
  return [...groups.values()].flatMap((group) => {
    if (group.route === 'folder') return [{ ...group, part: 0 }]
    const messages = splitIntoMessages(group.files, (file) => sizesOf(file, group.type), maxBytes)
    return messages.map((files, i) => ({ ...group, files, part: messages.length === 1 ? 0 : i + 1 }))
  })
}

/** Where the way into the portal goes instead of the files, a PDF is not missed. */
function withoutFiles(type: PackagingType): PackagingType {
  return { ...type, pdf: type.pdf === 'none' ? 'none' : 'optional', zip: false }
}

/** A guess, for splitting: the addendas of chains add some 2 kB, and some 500 bytes a line. */
const ADDENDA_BYTES = 32 * 1024

function sizesOf(file: IndexedFile, type: PackagingType): number[] {
  if (isInstead(type, file.kind)) return [0]
  const sizes = [file.path, ...papersOf(file, type, '').map(({ path }) => path)].map(fileSize)
  return type.addenda === null ? sizes : [...sizes, ADDENDA_BYTES]
}

type Making = ParcelOptions & { readonly addendas: AddendaSources | null; readonly desk: PortalDesk }

async function parcelOf(ctx: Ctx, group: Group, options: Making): Promise<Parcelled> {
  const { documents, left } = prepareGroup(ctx, group, options.addendas)
  if (documents.length === 0) return nothing(left)
  if (group.route === 'folder') return onlyFiled(group, documents)
  const files = documents.map((document) => document.file)
  const refused = (reason: DocumentReason, detail: string) =>
    nothing([...left, ...files.map((file) => leave(group, file, { reason, detail }))])
  try {
    const { customer, type, part } = group
    const recipients = recipientsOf(customer)
    const parcel = { customer, type, part, documents, recipients, access: null, reason: options.reason }
    const { mails, chats, stranded } = await messagesOf(ctx, parcel, options)
    const sizes = mails.map(({ order }) => bytesOf(order))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    if (bytes > ctx.settings.maxMessageBytes) return refused('too-big', tooBig(bytes, ctx))
    const made = [...mails, ...chats]
    return {
      ...nothing([...left, ...strandedOf(group, stranded)]),
      made,
      files: files.filter((file) => !stranded.has(file.path)),
      filings: filingsOf(group, documents, made[0]?.order.id ?? null),
      bytes: made.reduce((sum, { order }) => sum + bytesOf(order), 0),
      views: made.map(({ order }) => viewOfMade(order)),
    }
  } catch (error) {
    // One document that cannot be put into a message must not keep the others from theirs.
    if (!(error instanceof CfdiMailError)) throw error
    const reason = REFUSALS.get(error.code) ?? 'bad-message'
    return refused(reason, `${error.code} ${Object.values(error.params).join(' ')}`)
  }
}

/** A parcel's messages by each channel, and by path what can go by none of them. */
async function messagesOf(ctx: Ctx, parcel: Parcel, options: Making) {
  const channels = channelsFor(parcel.customer, options)
  const mails = channels.includes('email') ? [await makeMail(ctx, parcel, options)] : []
  const { made: chats, unfit } = channels.includes('whatsapp') ? await makeChats(ctx, parcel) : NO_CHATS
  return { mails, chats, stranded: mails.length > 0 ? NO_CHATS.unfit : unfit }
}

/** Only a mail says how to enter the portal. */
async function makeMail(ctx: Ctx, parcel: Parcel, { desk }: Making): Promise<MadeOrder> {
  const kinds = parcel.documents.map(({ head }) => head.kind)
  const access = await desk.offer(parcel.customer, { type: parcel.type, kinds })
  return await makeOrder(ctx, { ...parcel, access })
}

function channelsFor(customer: Customer, { spool }: ParcelOptions): readonly OrderChannel[] {
  return spool === undefined ? channelsOf(customer) : ['email']
}

const NO_CHATS: Chats = { made: [], unfit: new Map() }

function strandedOf(group: Group, stranded: Chats['unfit']): Left[] {
  return group.files.flatMap((file) => {
    const reason = stranded.get(file.path)
    return reason === undefined ? [] : [leave(group, file, { reason, detail: 'WhatsApp' })]
  })
}

function bytesOf({ sealed, attachments }: NewOrder): number {
  return sealed?.bytes ?? transmittedBytes(attachments.map((file) => file.bytes))
}

const REFUSALS: ReadonlyMap<string, DocumentReason> = new Map([
  ['BAD_TEMPLATE', 'bad-template'],
  ['PASSWORD_IN_MAIL', 'password-in-mail'],
])

interface Preparing {
  readonly group: Group
  readonly file: IndexedFile
  readonly addendas: AddendaSources | null
}

function prepare(ctx: Ctx, { group, file, addendas }: Preparing): Preparation {
  const { customer, type } = group
  return prepareDocument(file, type, { maxBytes: ctx.settings.maxFileBytes, addendas, customer })
}

function prepareGroup(ctx: Ctx, group: Group, addendas: AddendaSources | null) {
  const documents: PreparedDocument[] = []
  const left: Left[] = []
  for (const file of group.files) {
    const prepared = prepare(ctx, { group, file, addendas })
    if (prepared.ok) documents.push(prepared.document)
    else left.push(leave(group, file, prepared))
  }
  return { documents, left }
}

function filingsOf(
  { customer, type }: Group,
  documents: readonly PreparedDocument[],
  order: string | null,
): FolderPackage[] {
  if (type.folder === null || isZipped(type)) return []
  return documents.map((document) => ({ document, customer, type, order }))
}

/** No message, so no limit of one: what the folder holds is all that counts. */
function onlyFiled(group: Group, documents: readonly PreparedDocument[]): Parcelled {
  const sizes = documents.flatMap(({ attachments }) => attachments.map(({ content }) => content.length))
  return {
    ...nothing([]),
    files: documents.map(({ file }) => file),
    filings: filingsOf(group, documents, null),
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  }
}

/** What a dry run can say. */
async function planned(ctx: Ctx, group: Group, addendas: AddendaSources | null): Promise<Parcelled> {
  const left = group.files.flatMap((file): Left[] => {
    const problem = plannedProblem(ctx, { group, file, addendas })
    return problem === null ? [] : [leave(group, file, problem)]
  })
  const files = group.files.filter((file) => left.every((one) => one.file !== file))
  if (files.length === 0) return nothing(left)
  const places = plannedPlaces(group, files)
  if (group.route === 'folder') return { ...nothing(left), files, places }
  const bytes = transmittedBytes(files.flatMap((file) => sizesOf(file, group.type)))
  if (bytes > ctx.settings.maxMessageBytes) {
    const refusals = files.map((file) =>
      leave(group, file, { reason: 'too-big', detail: tooBig(bytes, ctx) }),
    )
    return nothing([...left, ...refusals])
  }
  return { ...nothing(left), files, places, views: await plannedViews(ctx, { ...group, files }) }
}

/** The messages that there would be. */
async function plannedViews(ctx: Ctx, group: Group): Promise<PackagedOrder[]> {
  const { customer, files } = group
  const views: PackagedOrder[] = []
  for (const channel of channelsOf(customer)) {
    const recipients = (channel === 'email' ? recipientsOf : numbersOf)(customer)
    const addresses = recipients.map(({ address }) => address)
    const held = await quarantinedAmong(ctx.db, addresses)
    const quarantined = addresses.filter((address) => held.has(address.toLowerCase()))
    for (const parts of channel === 'email' ? [files] : files.map((file) => [file])) {
      const attachments = plannedAttachments({ ...group, files: parts })
      views.push({
        ...{ id: '', customer: customer.code, channel, recipients, quarantined, orderFile: null },
        documents: parts.map((file) => file.uuid ?? ''),
        attachments: channel === 'email' ? attachments : attachments.filter(isPdf),
        state: recipients.length === 0 || quarantined.length > 0 ? 'held' : 'pending',
      })
    }
  }
  return views
}

function isPdf({ mediaType }: Attachment): boolean {
  return mediaType === 'application/pdf'
}

type Problem = { readonly reason: DocumentReason; readonly detail: string }

function plannedProblem(ctx: Ctx, preparing: Preparing): Problem | null {
  const { group, file } = preparing
  if (group.type.addenda !== null) {
    const prepared = prepare(ctx, preparing)
    return prepared.ok ? null : prepared
  }
  const isHalf = group.type.pdf !== 'none' && file.pdf !== null && !pdfLooksWhole(file.pdf)
  return isHalf ? { reason: 'bad-pdf', detail: file.pdf } : null
}

function plannedPlaces(group: Group, files: readonly IndexedFile[]): ReadonlyMap<string, readonly string[]> {
  if (isZipped(group.type)) return new Map()
  return new Map(files.map((file) => [file.path, plannedPaths(file, group)]))
}

function tooBig(bytes: number, ctx: Ctx): string {
  return `${bytes} > ${ctx.settings.maxMessageBytes} bytes`
}

function plannedAttachments(group: Group): Attachment[] {
  const { files, type } = group
  if (files.every((file) => isInstead(type, file.kind))) return []
  const all = files.flatMap((file) => {
    const base = attachmentBase({ ...file, uuid: file.uuid ?? '' })
    return [{ path: file.path, name: `${base}.xml` }, ...papersOf(file, type, base)]
  })
  const name = archiveName(
    group,
    files.map((file) => file.issuedAt ?? ''),
  )
  if (type.zip || type.passwordRule !== null)
    return [{ name, mediaType: mediaTypeOf(name), sha256: '', bytes: 0 }]
  return all.map(({ path, name }) => ({
    name,
    mediaType: mediaTypeOf(name),
    sha256: '',
    bytes: fileSize(path),
  }))
}

function viewOfMade(order: NewOrder): PackagedOrder {
  const recipients = order.deliveries
    .filter(({ address }) => address !== '')
    .map(({ address, rule }) => ({ address, rule }))
  const quarantined = order.deliveries.flatMap(({ address, heldReason }) =>
    heldReason === 'review' ? [address] : [],
  )
  return {
    id: order.id,
    customer: order.customer,
    channel: order.channel,
    recipients,
    documents: order.documents.map(({ uuid }) => uuid),
    attachments: order.attachments,
    state: recipients.length === 0 || quarantined.length > 0 ? 'held' : 'pending',
    quarantined,
    orderFile: null,
  }
}

function nothing(left: readonly Left[]): Parcelled {
  return { views: [], made: [], files: [], left, filings: [], places: new Map(), bytes: 0 }
}

function leave({ customer }: Group, file: IndexedFile, { reason, detail }: Problem): Left {
  return { result: 'leave', file, customer, reason, detail }
}
