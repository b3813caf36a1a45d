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
import { archiveName } from './make-orders.ts'
import {
  type Group,
  leave,
  type Left,
  nothing,
  type Parcelled,
  prepare,
  type Preparing,
  type Problem,
  tooBig,
} from './parcel.ts'
import { papersOf } from './prepare-document.ts'
import { isZipped } from './zip-packages.ts'

/** What a dry run asks once for all groups. */
interface Planning {
  readonly addendas: AddendaSources | null
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
}

/** What a dry run can say of each group: no document is read again, unless an addenda is asked for. */
export async function* planParcels(
  ctx: Ctx,
  groups: readonly Group[],
  addendas: AddendaSources | null,
): AsyncGenerator<Parcelled> {
  const quarantine = new Set((await listQuarantine(ctx.db)).map(({ address }) => address))
  const planning = { addendas, quarantine, mailings: new Map() }
  for (const group of groups) yield planParcel(ctx, group, planning)
}

function planParcel(ctx: Ctx, group: Group, planning: Planning): Parcelled {
  const left = group.files.flatMap((file): Left[] => {
    const problem = plannedProblem(ctx, { group, file, addendas: planning.addendas })
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
  return { ...nothing(left), files, places, views: plannedViews({ ...group, files }, planning) }
}

/** The messages that there would be. */
function plannedViews(group: Group, planning: Planning): PackagedOrder[] {
  const { customer, files } = group
  return mailingsOf(customer, planning).flatMap(({ channel, recipients, quarantined }) =>
    (channel === 'email' ? [files] : files.map((file) => [file])).map((parts) => {
      const attachments = plannedAttachments({ ...group, files: parts })
      return {
        ...{ id: '', customer: customer.code, channel, recipients, quarantined, orderFile: null },
        documents: parts.map((file) => file.uuid ?? ''),
        attachments: channel === 'email' ? attachments : attachments.filter(isPdf),
        state: recipients.length === 0 || quarantined.length > 0 ? 'held' : 'pending',
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
    return {
      channel,
      recipients,
      quarantined: addresses.filter((address) => quarantine.has(address.toLowerCase())),
    }
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
  if (isZipped(group.type)) return new Map()
  return new Map(files.map((file) => [file.path, plannedPaths(file, group)]))
}

function plannedAttachments(group: Group): Attachment[] {
  const { files, type } = group
  if (files.every((file) => isInstead(type, file.kind))) return []
  if (type.zip || type.passwordRule !== null) {
    const name = archiveName(
      group,
      files.map((file) => file.issuedAt ?? ''),
    )
    return [planned(name, 0)]
  }
  return files.flatMap((file) => {
    const base = attachmentBase({ ...file, uuid: file.uuid ?? '' })
    const papers = papersOf(file, type, base).map(({ path, name }) => planned(name, fileSize(path)))
    return [planned(`${base}.xml`, file.size), ...papers]
  })
}

function planned(name: string, bytes: number): Attachment {
  return { name, mediaType: mediaTypeOf(name), sha256: '', bytes }
}
