import type { Customer } from '../model/customer.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { Choice, Route } from '../model/choice.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { PackagedOrder } from '../model/results/packaged.ts'
import type { IndexedFile } from '../store/documents.ts'
import type { AddendaSources } from './addenda-sources.ts'
import type { Ctx } from './ctx.ts'
import type { FolderPackage } from './file-packages.ts'
import type { MadeOrder } from './make-orders.ts'
import { type Preparation, prepareDocument } from './prepare-document.ts'

export type Taken = Extract<Choice<IndexedFile>, { readonly result: 'take' }>
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

/** Files that go to one customer in one message. */
export interface Group {
  readonly customer: Customer
  readonly type: PackagingType
  readonly route: Route
  readonly files: readonly IndexedFile[]
  /** Which of several messages for one group, from 1; 0 when there is only one. */
  readonly part: number
}

/** Why a document is not in its message. */
export interface Problem {
  readonly reason: DocumentReason
  readonly detail: string
}

/** A document of a group that is to be read. */
export interface Preparing {
  readonly group: Group
  readonly file: IndexedFile
  readonly addendas: AddendaSources | null
}

/** Reads the document as its packaging type wants it, or says why it cannot go. */
export function prepare(ctx: Ctx, { group, file, addendas }: Preparing): Preparation {
  const { customer, type } = group
  return prepareDocument(file, type, { maxBytes: ctx.settings.maxFileBytes, addendas, customer })
}

/** How the size of a message that no server would take is told. */
export function tooBig(bytes: number, ctx: Ctx): string {
  return `${bytes} > ${ctx.settings.maxMessageBytes} bytes`
}

export const NOWHERE: Parcelled['places'] = new Map()

/** A parcel that holds nothing but what was left out of it. */
export function nothing(left: readonly Left[]): Parcelled {
  return { views: [], made: [], files: [], left, filings: [], places: NOWHERE, bytes: 0 }
}

/** A document of the group that stays, and why. */
export function leave({ customer }: Group, file: IndexedFile, { reason, detail }: Problem): Left {
  return { result: 'leave', file, customer, reason, detail }
}
