import { pdfLooksWhole } from '../files/papers.ts'
import { fileSize } from '../files/sizes.ts'
import { attachmentBase, mediaTypeOf } from '../message/attachment-name.ts'
import type { OrderChannel } from '../model/channel.ts'
import { type Customer, type Recipient, recipientsOf } from '../model/customer.ts'
import { channelsOf, numbersOf } from '../model/customer-channel.ts'
import { transmittedBytes } from '../model/message-split.ts'
import { isInstead } from '../model/portal.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { Attachment } from '../model/send-order.ts'
import type { IndexedFile } from '../store/documents.ts'
import { listQuarantine } from '../store/quarantine.ts'
import type { AddendaSources } from './addenda-sources.ts'
import type { Ctx } from './ctx.ts'
import { plannedPaths } from './file-packages.ts'
import { sizesOf } from './group-parcels.ts'
import { archiveName } from './parcel-archive.ts'
import {
  type Group,
  leave,
  type Left,
  nothing,
  NOWHERE,
  type Parcelled,
  prepare,
  type Preparing,
  type Problem,
  tooBig,
} from './parcel.ts'
import type { Views } from './packing.ts'
import { papersOf } from './prepare-document.ts'
import { isZipped } from './zip-packages.ts'

/** What a planned parcel holds in memory, roughly: in batches of some thousands a signal is heard and progress is shown. */
const PLAN_BYTES = 1024

/** What a dry run asks once for all groups. */
export interface Planning {
  readonly views: Views
  /** Addresses in quarantine, in lower case. */
  readonly quarantine: ReadonlySet<string>
  /** By customer: thousands of documents go to a few hundred. */
  readonly mailings: Map<Customer, readonly Mailing[]>
}

/** One channel of a customer, and who is reached by it. */
interface Mailing {
  readonly channel: OrderChannel
  readonly recipients: readonly Recipient[]
  readonly quarantined: readonly string[]
  readonly state: Extract<PackagedOrder['state'], 'held' | 'pending'>
  /** What stands for each of its orders where they are only counted. */
  readonly counted: PackagedOrder
}

/** @param views of orders that are not seen whole, what is attached is left out */
export async function openPlanning(ctx: Ctx, views: Planning['views']): Promise<Planning> {
  const quarantine = new Set((await listQuarantine(ctx.db)).map(({ address }) => address))
  return { views, quarantine, mailings: new Map() }
}

/** What a dry run can say of a group: no document is read again, unless an addenda is asked for. */
export function planParcel(
  ctx: Ctx,
  group: Group,
  { addendas, planning }: { readonly addendas: AddendaSources | null; readonly planning: Planning },
): Parcelled {
  const left: Left[] = []
  const files: IndexedFile[] = []
  for (const file of group.files) {
    const problem = plannedProblem(ctx, { group, file, addendas })
    if (problem === null) files.push(file)
    else left.push(leave(group, file, problem))
  }
  if (files.length === 0) return nothing(left)
  const places = plannedPlaces(group, files)
  if (group.route === 'folder') return planned({ files, left, places, views: [] })
  const bytes = transmittedBytes(files.flatMap((file) => sizesOf(file, group.type)))
  if (bytes > ctx.settings.maxMessageBytes) {
    const refusals = files.map((file) =>
      leave(group, file, { reason: 'too-big', detail: tooBig(bytes, ctx) }),
    )
    return nothing([...left, ...refusals])
  }
  return planned({ files, left, places, views: plannedViews(group, files, planning) })
}

function planned({
  files,
  left,
  places,
  views,
}: Pick<Parcelled, 'files' | 'left' | 'places' | 'views'>): Parcelled {
  return { views, made: [], files, left, filings: [], places, bytes: PLAN_BYTES }
}

/** The messages that there would be. */
function plannedViews(group: Group, files: readonly IndexedFile[], planning: Planning): PackagedOrder[] {
  const { code } = group.customer
  const mailings = mailingsOf(group.customer, planning)
  if (planning.views !== 'whole') return mailings.map(({ counted }) => counted)
  // Written out, as what there is one of a document has to be.
  return mailings.flatMap(({ channel, recipients, quarantined, state }) =>
    (channel === 'email' ? [files] : files.map((file) => [file])).map((parts) => {
      const attachments = plannedAttachments(group, parts)
      return {
        id: '',
        customer: code,
        channel,
        recipients,
        documents: parts.map((file) => file.uuid ?? ''),
        attachments: channel === 'email' ? attachments : attachments.filter(isPdf),
        state,
        quarantined,
        orderFile: null,
      }
    }),
  )
}

function mailingsOf(customer: Customer, { quarantine, mailings }: Planning): readonly Mailing[] {
  const known = mailings.get(customer)
  if (known !== undefined) return known
  const made = channelsOf(customer).map((channel): Mailing => {
    const recipients = (channel === 'email' ? recipientsOf : numbersOf)(customer)
    const addresses = recipients.map(({ address }) => address)
    const quarantined = addresses.filter((address) => quarantine.has(address.toLowerCase()))
    const state = recipients.length === 0 || quarantined.length > 0 ? 'held' : 'pending'
    const facts = { channel, recipients, quarantined, state } as const
    const nothing = { id: '', documents: [], attachments: [], orderFile: null }
    return { ...facts, counted: { ...facts, ...nothing, customer: customer.code } }
  })
  mailings.set(customer, made)
  return made
}

function isPdf({ mediaType }: Attachment): boolean {
  return mediaType === 'application/pdf'
}

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
  if (group.type.folder === null || isZipped(group.type)) return NOWHERE
  return new Map(files.map((file) => [file.path, plannedPaths(file, group)]))
}

function plannedAttachments(group: Group, files: readonly IndexedFile[]): Attachment[] {
  const { type } = group
  if (files.every((file) => isInstead(type, file.kind))) return []
  if (type.zip || type.passwordRule !== null) {
    const name = archiveName(
      group,
      files.map((file) => file.issuedAt ?? ''),
    )
    return [plannedAttachment(name, 0)]
  }
  return files.flatMap((file) => {
    const { issuerRfc, series, folio, uuid } = file
    const base = attachmentBase({ issuerRfc, series, folio, uuid: uuid ?? '' })
    return [
      plannedAttachment(`${base}.xml`, file.size),
      ...papersOf(file, type, base).map(({ path, name }) => plannedAttachment(name, fileSize(path))),
    ]
  })
}

function plannedAttachment(name: string, bytes: number): Attachment {
  return { name, mediaType: mediaTypeOf(name), sha256: '', bytes }
}
