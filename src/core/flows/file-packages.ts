import { writePackages } from '../files/destination.ts'
import { sha256Of } from '../files/spool.ts'
import type { NewEvent } from '../model/event.ts'
import type { Filing, NewPackage } from '../model/filed-package.ts'
import { expandPattern } from '../model/name-pattern.ts'
import type { Customer } from '../model/customer.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { IndexedFile } from '../store/documents.ts'
import { type FiledDocument, recordFiles } from '../store/packaged-files.ts'
import type { Ctx } from './ctx.ts'
import { papersOf, type PreparedDocument } from './prepare-document.ts'

/** A document whose files go into its type's destination folder. */
export interface FolderPackage {
  readonly document: PreparedDocument
  readonly customer: Customer
  readonly type: PackagingType
  /** Order that carries it too, or null. */
  readonly order: string | null
}

/**
 * Writes documents into their destination folders and records where. The files are durable, and on record, before anything
 * else is done with the documents.
 * @returns what became of each, by the path of its source
 */
export async function filePackages(
  ctx: Ctx,
  packages: readonly FolderPackage[],
): Promise<ReadonlyMap<string, Filing>> {
  const filings = writePackages(packages.map(newPackage), ctx.fault)
  ctx.fault('folder-filed')
  const files = packages.flatMap((one, i) => {
    const filing = filings[i]
    return filing?.ok === true ? recordsOf(one, filing) : []
  })
  const at = ctx.now()
  await recordFiles(ctx.db, {
    files,
    events: packages.flatMap((one, i) => eventsOf(one, filings[i], at)),
    at,
  })
  return new Map(packages.flatMap((one, i) => (filings[i] ? [[one.document.file.path, filings[i]]] : [])))
}

function newPackage({ document, customer, type }: FolderPackage): NewPackage {
  const [xml] = document.attachments
  const base = (xml?.name ?? '').replace(/\.xml$/, '')
  return {
    root: type.folder ?? '',
    place: placeOf(document.file, { customer, type }),
    files: document.attachments.map(({ name, content }) => ({
      suffix: name.slice(base.length),
      content,
      sha256: sha256Of(content),
    })),
  }
}

/** Folders under the destination folder, and the name without extension. */
function placeOf(
  file: IndexedFile,
  { customer, type }: Pick<FolderPackage, 'customer' | 'type'>,
): readonly string[] {
  return expandPattern(type.namePattern, {
    customer: customer.code,
    customerName: customer.name,
    customerRfc: customer.rfc,
    issuerRfc: file.issuerRfc,
    type: type.code,
    kind: file.kind ?? '',
    series: file.series,
    folio: file.folio,
    uuid: file.uuid ?? '',
    issuedAt: file.issuedAt ?? '',
  })
}

/** Where the files of a document would go, as far as that can be said without looking at what is there. */
export function plannedPaths(
  file: IndexedFile,
  to: Pick<FolderPackage, 'customer' | 'type'>,
): readonly string[] {
  const { folder } = to.type
  if (folder === null) return []
  const path = [folder.replace(/[\\/]+$/, ''), ...placeOf(file, to)].join('/')
  return [`${path}.xml`, ...papersOf(file, to.type, path).map(({ name }) => name)]
}

function recordsOf(
  { document, customer, type, order }: FolderPackage,
  { files }: Extract<Filing, { readonly ok: true }>,
): FiledDocument[] {
  return files.map((file, i) => ({
    ...file,
    uuid: document.head.stamp.uuid,
    customer: customer.code,
    type: type.code,
    root: type.folder ?? '',
    sourceSha256: i === 0 ? document.sourceSha256 : null,
    order,
    state: order !== null && type.afterSend !== 'keep' ? 'due' : 'stays',
  }))
}

/** A document that goes out in a message has its events there; one that only goes into the folder is told here. */
function eventsOf(
  { document, customer, type, order }: FolderPackage,
  filing: Filing | undefined,
  at: Date,
): NewEvent[] {
  if (filing === undefined) return []
  const facts = {
    at: at.toISOString(),
    event: 'filed' as const,
    order,
    customer: customer.code,
    uuid: document.head.stamp.uuid,
    recipient: null,
  }
  if (!filing.ok)
    return [{ ...facts, order: null, level: 'error', detail: `${filing.reason}: ${filing.detail}` }]
  if (order !== null || !type.logSuccess) return []
  return [{ ...facts, level: 'info', detail: filing.files[0]?.path ?? '' }]
}
