import { pdfLooksWhole } from '../files/papers.ts'
import { fileSize } from '../files/sizes.ts'
import { attachmentBase, mediaTypeOf } from '../message/attachment-name.ts'
import { recipientsOf } from '../model/customer.ts'
import { channelsOf, numbersOf } from '../model/customer-channel.ts'
import { transmittedBytes } from '../model/message-split.ts'
import { isInstead } from '../model/portal.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { Attachment } from '../model/send-order.ts'
import type { IndexedFile } from '../store/documents.ts'
import { quarantinedAmong } from '../store/quarantine.ts'
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

/** What a dry run can say of a group: no document is read again, unless an addenda is asked for. */
export async function planParcel(
  ctx: Ctx,
  group: Group,
  addendas: AddendaSources | null,
): Promise<Parcelled> {
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
