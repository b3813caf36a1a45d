import { existingFolder } from '../files/folders.ts'
import { listOrderFiles } from '../files/order-folder.ts'
import { givenMail } from '../message/render.ts'
import { addressesIn } from '../model/address-list.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { receiverAmong } from '../model/receiver-match.ts'
import { GRAL, type PackagingType } from '../model/packaging-type.ts'
import type { ShadowComparison, ShadowDifference, ShadowedOrder } from '../model/results/proscai.ts'
import { allCustomers } from '../store/customers.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import type { Ctx } from './ctx.ts'
import { attachmentRoots } from './import-orders.ts'
import { renderDocuments } from './render-documents.ts'
import { type OrderContent, readOrder } from './read-order-file.ts'

/**
 * Compares the order files of another program with what this one would send of the same documents: to whom, with what subject
 * and which kinds of files. Nothing is sent, moved or written.
 * @throws SOURCE_NOT_FOUND, NO_ACCESS
 */
export async function shadowOrders(ctx: Ctx, path: string): Promise<ShadowComparison> {
  const folder = existingFolder(path)
  const customers = await allCustomers(ctx.db)
  const orders: ShadowedOrder[] = []
  for (const file of listOrderFiles(folder, Number.MAX_SAFE_INTEGER).files) {
    const reading = readOrder(ctx, file.path, attachmentRoots(ctx, folder))
    orders.push(
      reading.ok
        ? await compare(ctx, { file: file.name, order: reading.order, customers })
        : { ...bare(file.name, 'unreadable'), reason: reading.fault.reason, detail: reading.fault.detail },
    )
  }
  const count = (result: ShadowedOrder['result']) => orders.filter((order) => order.result === result).length
  const totals = {
    ...{ orders: orders.length, same: count('same'), different: count('different') },
    ...{ unreadable: count('unreadable'), noDocument: count('no-document') },
  }
  return { folder, orders, totals }
}

function bare(file: string, result: ShadowedOrder['result']): ShadowedOrder {
  return { file, customer: null, documents: [], result, reason: null, detail: '', differences: [] }
}

interface Compared {
  readonly file: string
  readonly order: OrderContent
  readonly customers: readonly Customer[]
}

async function compare(ctx: Ctx, { file, order, customers }: Compared): Promise<ShadowedOrder> {
  const heads = headsOf(order)
  const [head] = heads
  if (head === undefined) return bare(file, 'no-document')
  const documents = heads.map(({ stamp }) => stamp.uuid)
  const receiver = { kind: head.kind, receiverRfc: head.receiver.rfc, receiverName: head.receiver.name }
  const same = customers.filter(({ rfc }) => rfc === head.receiver.rfc)
  const customer = receiverAmong(receiver, same)
  if (typeof customer === 'string')
    return { ...bare(file, 'different'), documents, reason: customer, detail: head.receiver.rfc }
  const differences = await differencesOf(ctx, order, customer)
  return {
    ...bare(file, differences.length === 0 ? 'same' : 'different'),
    ...{ customer: customer.code, documents, differences },
  }
}

function headsOf({ attachments }: OrderContent) {
  return attachments.flatMap(({ head }) => (head === null ? [] : [head]))
}

async function differencesOf(
  ctx: Ctx,
  order: OrderContent,
  customer: Customer,
): Promise<readonly ShadowDifference[]> {
  const type = (await findPackagingType(ctx.db, customer.packaging.type)) ?? GRAL
  const theirs = addressesIn(order.file.recipients.join('\n'))
  const ours = recipientsOf(customer).map(({ address }) => address)
  return [
    difference('recipients', folded(theirs), folded(ours)),
    difference('subject', givenMail(order.file).subject, await subjectOf(ctx, { order, customer, type })),
    difference('attachments', kindsOf(order), ourKinds(order, type)),
  ].filter((each) => each.theirs !== each.ours)
}

function difference(field: ShadowDifference['field'], theirs: string, ours: string): ShadowDifference {
  return { field, theirs, ours }
}

/** Order and case of addresses make no difference. */
function folded(addresses: readonly string[]): string {
  return addresses
    .map((address) => address.toLowerCase())
    .sort()
    .join(', ')
}

/** A template with an error is a difference too: its code stands for the subject. */
async function subjectOf(
  ctx: Ctx,
  {
    order,
    customer,
    type,
  }: { readonly order: OrderContent; readonly customer: Customer; readonly type: PackagingType },
): Promise<string> {
  const names = order.attachments.map(({ name }) => name)
  try {
    return (await renderDocuments(ctx, { customer, type, names, heads: headsOf(order) })).subject
  } catch (error) {
    if (error instanceof CfdiMailError) return error.code
    throw error
  }
}

/** Names differ by design, so files are compared by kind: `pdf, xml`. */
function kindsOf({ attachments }: OrderContent): string {
  return attachments
    .map(({ name }) => extensionOf(name))
    .sort()
    .join(', ')
}

/** An extra paper of a document, which leaves with it from here too. */
const EXTRA = /_Adj(?:_\d+)?\.[A-Za-z0-9]+$/i

/** The XML of each document, its PDF as the type has it where theirs had one to give, and its extra papers. */
function ourKinds(order: OrderContent, { pdf, zip }: PackagingType): string {
  if (zip) return 'zip'
  const documents = headsOf(order).length
  const names = order.attachments.map(({ name }) => name)
  const extras = names.filter((name) => EXTRA.test(name))
  const theirs = names.filter((name) => extensionOf(name) === 'pdf' && !extras.includes(name)).length
  const pdfs = pdf === 'none' ? 0 : pdf === 'required' ? documents : Math.min(theirs, documents)
  return [
    ...Array<string>(pdfs).fill('pdf'),
    ...Array<string>(documents).fill('xml'),
    ...extras.map(extensionOf),
  ]
    .sort()
    .join(', ')
}

function extensionOf(name: string): string {
  return (name.split('.').at(-1) ?? '').toLowerCase()
}
