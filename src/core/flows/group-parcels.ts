import { fileSize } from '../files/sizes.ts'
import { splitIntoMessages } from '../model/message-split.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { isInstead } from '../model/portal.ts'
import type { IndexedFile } from '../store/documents.ts'
import type { Group, Taken } from './parcel.ts'
import { papersOf } from './prepare-document.ts'

/**
 * Which of the documents travel together, in the order in which they were chosen.
 * @param maxBytes of a message as transmitted; a group beyond it is split
 */
export function groupParcels(taken: readonly Taken[], maxBytes: number): Group[] {
  const groups = new Map<string, Omit<Group, 'part'> & { readonly files: IndexedFile[] }>()
  for (const { file, customer, type: own, route } of taken) {
    const type = isInstead(own, file.kind) ? withoutFiles(own) : own
    const isAlone = type.grouping === 'document' || route === 'folder'
    const key = isAlone ? file.path : `${customer.code} ${type.code}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { customer, type, route, files: [file] })
    else group.files.push(file)
  }
  return [...groups.values()].flatMap((group): Group[] => {
    if (group.route === 'folder') return [{ ...group, part: 0 }]
    const messages = splitIntoMessages(group.files, (file) => sizesOf(file, group.type), maxBytes)
    const { customer, type, route } = group
    return messages.map((files, i) => ({
      customer,
      type,
      route,
      files,
      part: messages.length === 1 ? 0 : i + 1,
    }))
  })
}

/** Where the way into the portal goes instead of the files, a PDF is not missed. */
function withoutFiles(type: PackagingType): PackagingType {
  return { ...type, pdf: type.pdf === 'none' ? 'none' : 'optional', zip: false }
}

/** A guess, for splitting: the addendas of chains add some 2 kB, and some 500 bytes a line. */
const ADDENDA_BYTES = 32 * 1024

/** Bytes of each file that goes with a document, as far as they are known before it is read. */
export function sizesOf(file: IndexedFile, type: PackagingType): number[] {
  if (isInstead(type, file.kind)) return [0]
  const sizes = [file.size, ...papersOf(file, type, '').map(({ path }) => fileSize(path))]
  return type.addenda === null ? sizes : [...sizes, ADDENDA_BYTES]
}
