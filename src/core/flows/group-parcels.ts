import { fileSize } from '../files/sizes.ts'
import type { Customer } from '../model/customer.ts'
import { splitIntoMessages } from '../model/message-split.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { isInstead } from '../model/portal.ts'
import type { IndexedFile } from '../store/documents.ts'
import type { Group, Taken } from './parcel.ts'
import { papersOf } from './prepare-document.ts'

/** Documents of one customer that go in as few messages as the largest one allows. */
interface Together {
  readonly customer: Customer
  readonly type: PackagingType
  readonly files: IndexedFile[]
}

/** Whether a document waits for others of its customer: they go in the same messages. */
export function isCollected({ type, route }: Pick<Taken, 'type' | 'route'>): boolean {
  return type.grouping !== 'document' && route !== 'folder'
}

/**
 * Which of the documents travel together, in the order in which they were chosen. Each group is made when its turn comes: of
 * those that travel alone there are as many as documents.
 * @param maxBytes of a message as transmitted; a group beyond it is split
 */
export function* groupParcels(taken: readonly Taken[], maxBytes: number): Generator<Group> {
  for (const one of inOrderOf(taken)) {
    if ('file' in one) yield alone(one)
    else yield* messagesOf(one, maxBytes)
  }
}

function inOrderOf(taken: readonly Taken[]): readonly (Taken | Together)[] {
  const together = new Map<string, Together>()
  const inOrder: (Taken | Together)[] = []
  for (const one of taken) {
    if (!isCollected(one)) {
      inOrder.push(one)
      continue
    }
    const { file, customer } = one
    const type = typeFor(one)
    const key = `${customer.code} ${type.code}`
    const known = together.get(key)
    known?.files.push(file)
    if (known !== undefined) continue
    const made = { customer, type, files: [file] }
    together.set(key, made)
    inOrder.push(made)
  }
  return inOrder
}

function alone(one: Taken): Group {
  const { customer, route, file } = one
  return { customer, type: typeFor(one), route, files: [file], part: 0 }
}

function* messagesOf({ customer, type, files }: Together, maxBytes: number): Generator<Group> {
  const messages = splitIntoMessages(files, (file) => sizesOf(file, type), maxBytes)
  for (const [i, own] of messages.entries())
    yield { customer, type, route: 'mail', files: own, part: messages.length === 1 ? 0 : i + 1 }
}

function typeFor({ type, file }: Taken): PackagingType {
  return isInstead(type, file.kind) ? withoutFiles(type) : type
}

/** Where the way into the portal goes instead of the files, a PDF is not missed. */
function withoutFiles(type: PackagingType): PackagingType {
  return { ...type, pdf: type.pdf === 'none' ? 'none' : 'optional', zip: false }
}

/** A guess, for splitting: the addendas of chains add some 2 kB, and some 500 bytes a line. */
const ADDENDA_BYTES = 32 * 1024

/** Bytes of each file that goes with a document, as far as they are known before it is read. */
export function sizesOf(file: IndexedFile, type: PackagingType): readonly number[] {
  if (isInstead(type, file.kind)) return [0]
  const sizes = [file.size]
  for (const { path } of papersOf(file, type, '')) sizes.push(fileSize(path))
  if (type.addenda !== null) sizes.push(ADDENDA_BYTES)
  return sizes
}
