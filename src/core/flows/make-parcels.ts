import { openZipper, type Zipper } from '../files/zipper.ts'
import type { AddendaWishes } from '../model/addenda.ts'
import type { OrderChannel } from '../model/channel.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { channelsOf, numbersOf } from '../model/customer-channel.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import { CfdiMailError } from '../model/errors.ts'
import { transmittedBytes } from '../model/message-split.ts'
import type { Choice } from '../model/choice.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { NewOrder } from '../model/send-order.ts'
import type { IndexedFile } from '../store/documents.ts'
import { type AddendaSources, openAddendas } from './addenda-sources.ts'
import { type Begun, beginParcels } from './begin-parcels.ts'
import type { Ctx } from './ctx.ts'
import type { FolderPackage } from './file-packages.ts'
import { groupParcels } from './group-parcels.ts'
import { type MadeOrder, makeOrder, type Parcel } from './make-orders.ts'
import { type Chats, makeChats } from './make-whatsapp-order.ts'
import { type Group, leave, type Left, nothing, type Parcelled, tooBig } from './parcel.ts'
import { batchFacts, type OrderFacts } from './order-facts.ts'
import type { Views } from './packing.ts'
import { openPlanning, planParcel, type Planning } from './plan-parcels.ts'
import { openPortalDesk, type PortalDesk } from './portal-desk.ts'
import type { PreparedDocument } from './prepare-document.ts'
import { isZipped } from './zip-packages.ts'

export interface ParcelOptions {
  readonly mode: 'write' | 'dry-run'
  readonly reason: string | null
  readonly addenda?: AddendaWishes | undefined
  /** Orders go to another mailer, which knows mail alone. */
  readonly spool?: object
  readonly repetition: 'once' | 'again'
  readonly views?: Views
}

/** What all parcels of a run share. */
export interface ParcelDesk {
  readonly addendas: AddendaSources | null
  readonly portal: PortalDesk
  readonly planning: Planning
  /** To be stopped at the end of the run. */
  readonly zipper: Zipper
}

/**
 * @param types packaging types of the run
 * @throws BAD_ADDENDA_DATA, BAD_CSV, FILE_NOT_FOUND for a file of data named for the run
 */
export async function openParcelDesk(
  ctx: Ctx,
  types: readonly Pick<PackagingType, 'addenda'>[],
  options: ParcelOptions,
): Promise<ParcelDesk> {
  const names = types.flatMap(({ addenda }) => (addenda === null ? [] : [addenda]))
  const orders = options.spool === undefined ? 'sealed' : 'open'
  return {
    addendas: await openAddendas(ctx, { names, file: options.addenda?.dataFile ?? null }),
    portal: openPortalDesk(ctx, { repetition: options.repetition, orders }),
    planning: await openPlanning(ctx, options.views ?? 'whole'),
    zipper: openZipper(),
  }
}

/**
 * Puts the chosen documents into messages: one each, or all of a customer in as few as the largest message allows; what only
 * goes into the destination folder is alone in its parcel. Orders are made one by one, so that only what is in hand is in
 * memory. A dry run splits alike and looks at sizes and PDFs, but reads no document again, unless an addenda is asked for:
 * whether its data are there is what people look for.
 * @returns some at a time: of planned ones there are as many as documents, and nobody has to wait for any of them
 */
export async function* makeParcels(
  ctx: Ctx,
  choices: readonly Choice<IndexedFile>[],
  options: ParcelOptions & { readonly desk: ParcelDesk },
): AsyncGenerator<readonly Parcelled[]> {
  const taken = choices.filter((choice) => choice.result === 'take')
  const grouped = groupParcels(taken, ctx.settings.maxMessageBytes)
  if (options.mode === 'dry-run') {
    yield Array.from(grouped, (group) => planParcel(ctx, group, options.desk))
    return
  }
  const groups = [...grouped]
  for (let start = 0; start < groups.length; start += SHARING) {
    const some = groups.slice(start, start + SHARING)
    const making = { ...options, facts: batchFacts(ctx.db, some.flatMap(addressesOf)) }
    for (const begun of beginParcels(ctx, some, options.desk)) yield [await parcelOf(ctx, begun, making)]
  }
}

/** Parcels that share what the store says. */
const SHARING = 100

function addressesOf({ customer }: Group): string[] {
  return [...recipientsOf(customer), ...numbersOf(customer)].map(({ address }) => address)
}

type Making = ParcelOptions & {
  readonly desk: ParcelDesk
  readonly facts: OrderFacts
}

async function parcelOf(ctx: Ctx, begun: Begun, options: Making): Promise<Parcelled> {
  const { group, documents, left, archive } = begun
  if (documents.length === 0) return nothing(left)
  if (group.route === 'folder') return onlyFiled(group, documents)
  const files = documents.map((document) => document.file)
  const refused = (reason: DocumentReason, detail: string) =>
    nothing([...left, ...files.map((file) => leave(group, file, { reason, detail }))])
  try {
    const { customer, type, part } = group
    const recipients = recipientsOf(customer)
    const { reason, facts } = options
    const parcel = { customer, type, part, documents, recipients, access: null, reason, facts, archive }
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
  const access = await desk.portal.offer(parcel.customer, { type: parcel.type, kinds })
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
  ['PORTAL_UNSAID', 'no-portal-text'],
  ['NO_FILE_PASSWORD', 'no-password'],
])

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
