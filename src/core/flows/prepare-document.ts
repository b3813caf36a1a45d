import { readWhole } from '../cfdi/read-file.ts'
import { readHead } from '../cfdi/read-head.ts'
import { isMailable, isWholePdf, withByteOrderMark } from '../files/papers.ts'
import { attachmentBase, extraName, mediaTypeOf } from '../message/attachment-name.ts'
import type { MessageAttachment } from '../message/compose.ts'
import type { StampedHead } from '../model/cfdi.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { IndexedFile } from '../store/documents.ts'

/** A document with its papers in memory, ready to be attached. */
export interface PreparedDocument {
  readonly file: IndexedFile
  readonly head: StampedHead
  readonly attachments: readonly MessageAttachment[]
}

export type Preparation =
  | { readonly ok: true; readonly document: PreparedDocument }
  | { readonly ok: false; readonly reason: DocumentReason; readonly detail: string }

/**
 * Reads a chosen document and its papers, and judges the very bytes that will be sent: the index only says what the file was
 * when it was looked at.
 */
export function prepareDocument(file: IndexedFile, type: PackagingType, maxBytes: number): Preparation {
  const xml = readWhole(file.path, maxBytes)
  if (!xml.ok) return xml
  const reading = readHead(xml.bytes)
  if (!reading.ok) return reading
  if (reading.head.stamp.uuid !== file.uuid)
    return { ok: false, reason: 'changed', detail: reading.head.stamp.uuid }
  const base = attachmentBase({
    issuerRfc: reading.head.issuer.rfc,
    series: reading.head.series ?? '',
    folio: reading.head.folio ?? '',
    uuid: reading.head.stamp.uuid,
  })
  const papers = preparePapers(file, type, { base, maxBytes })
  if (!papers.ok) return papers
  const content = type.withBom ? withByteOrderMark(xml.bytes) : xml.bytes
  const name = `${base}.xml`
  return {
    ok: true,
    document: {
      file,
      head: reading.head,
      attachments: [{ name, mediaType: mediaTypeOf(name), content }, ...papers.attachments],
    },
  }
}

type Papers =
  | { readonly ok: true; readonly attachments: readonly MessageAttachment[] }
  | Extract<Preparation, { readonly ok: false }>

function preparePapers(
  file: IndexedFile,
  type: PackagingType,
  { base, maxBytes }: { readonly base: string; readonly maxBytes: number },
): Papers {
  const wanted = type.pdf === 'none' || file.pdf === null ? [] : [{ path: file.pdf, name: `${base}.pdf` }]
  const extras = file.extras.map((path) => ({ path, name: extraName(base, path) }))
  const attachments: MessageAttachment[] = []
  for (const { path, name } of [...wanted, ...extras]) {
    if (!isMailable(path)) return { ok: false, reason: 'bad-attachment', detail: path }
    const paper = readWhole(path, maxBytes)
    if (!paper.ok)
      return {
        ok: false,
        reason: path === file.pdf ? 'bad-pdf' : 'bad-attachment',
        detail: `${path}: ${paper.detail || paper.reason}`,
      }
    if (name.endsWith('.pdf') && !isWholePdf(paper.bytes))
      return { ok: false, reason: 'bad-pdf', detail: path }
    attachments.push({ name, mediaType: mediaTypeOf(name), content: paper.bytes })
  }
  return { ok: true, attachments }
}
