import { readWhole } from '../cfdi/read-file.ts'
import { readHead } from '../cfdi/read-head.ts'
import { isMailable, isWholePdf, withByteOrderMark } from '../files/papers.ts'
import { sha256Of } from '../files/spool.ts'
import { attachmentBase, extraName, mediaTypeOf } from '../message/attachment-name.ts'
import type { MessageAttachment } from '../message/compose.ts'
import { sealMark, type StampedHead } from '../model/cfdi.ts'
import type { Customer } from '../model/customer.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { IndexedFile } from '../store/documents.ts'
import { withAddenda } from './add-addenda.ts'
import type { AddendaSources } from './addenda-sources.ts'

/** A document with its papers in memory, ready to be attached. */
export interface PreparedDocument {
  readonly file: IndexedFile
  readonly head: StampedHead
  /** SHA-256 of the source where its XML goes out as a derived copy; null where it goes as it is. */
  readonly sourceSha256: string | null
  /** What was put into the copy, `soriana: inserted`; null for nothing. */
  readonly addenda: string | null
  readonly attachments: readonly MessageAttachment[]
}

export type Preparation =
  | { readonly ok: true; readonly document: PreparedDocument }
  | { readonly ok: false; readonly reason: DocumentReason; readonly detail: string }

/** How its papers are read, and for whom. */
export interface PaperRules {
  readonly maxBytes: number
  /** What addendas are made of; null when nobody asks for one. */
  readonly addendas: AddendaSources | null
  readonly customer: Customer
}

/**
 * Reads a chosen document and its papers, and judges the very bytes that will be sent: the index only says what the file was
 * when it was looked at.
 */
export function prepareDocument(file: IndexedFile, type: PackagingType, papers: PaperRules): Preparation {
  const { maxBytes, addendas, customer } = papers
  const xml = readWhole(file.path, maxBytes)
  if (!xml.ok) return xml
  const reading = readHead(xml.bytes)
  if (!reading.ok) return reading
  if (isOther(reading.head, file)) return { ok: false, reason: 'changed', detail: reading.head.stamp.uuid }
  const whole = withAddenda(addendas, { file, head: reading.head, bytes: xml.bytes, customer, type })
  if (!whole.ok) return whole
  const base = attachmentBase({
    issuerRfc: reading.head.issuer.rfc,
    series: reading.head.series ?? '',
    folio: reading.head.folio ?? '',
    uuid: reading.head.stamp.uuid,
  })
  const prepared = preparePapers(file, type, { base, maxBytes })
  if (!prepared.ok) return prepared
  const content = type.withBom ? withByteOrderMark(whole.bytes) : whole.bytes
  const name = `${base}.xml`
  return {
    ok: true,
    document: {
      file,
      head: reading.head,
      addenda: addendaWords(whole.change, type),
      sourceSha256: content === xml.bytes ? null : sha256Of(xml.bytes),
      attachments: [{ name, mediaType: mediaTypeOf(name), content }, ...prepared.attachments],
    },
  }
}

function addendaWords(change: 'inserted' | 'replaced' | 'kept' | null, type: PackagingType): string | null {
  return change === null || change === 'kept' ? null : `${type.addenda ?? ''}: ${change}`
}

/** Whether the bytes are another document than the one that was chosen: then it was chosen for somebody else. */
function isOther(head: StampedHead, file: IndexedFile): boolean {
  return (
    head.stamp.uuid !== file.uuid ||
    head.receiver.rfc !== file.receiverRfc ||
    head.receiver.name !== file.receiverName ||
    head.kind !== file.kind ||
    sealMark(head) !== file.sealMark
  )
}

type Papers =
  | { readonly ok: true; readonly attachments: readonly MessageAttachment[] }
  | Extract<Preparation, { readonly ok: false }>

function preparePapers(
  file: IndexedFile,
  type: PackagingType,
  { base, maxBytes }: { readonly base: string; readonly maxBytes: number },
): Papers {
  const attachments: MessageAttachment[] = []
  for (const { path, name } of papersOf(file, type, base)) {
    const paper = readPaper(path, maxBytes)
    if (paper === null) continue
    if (!paper.ok)
      return { ok: false, reason: path === file.pdf ? 'bad-pdf' : 'bad-attachment', detail: paper.detail }
    if (name.endsWith('.pdf') && !isWholePdf(paper.content))
      return { ok: false, reason: 'bad-pdf', detail: path }
    attachments.push({ name, mediaType: mediaTypeOf(name), content: paper.content })
  }
  return { ok: true, attachments }
}

/** The papers that go with a document and the names they get: its PDF if the type wants it, and its extras. */
export function papersOf(
  file: Pick<IndexedFile, 'pdf' | 'extras'>,
  type: Pick<PackagingType, 'pdf'>,
  base: string,
): readonly { readonly path: string; readonly name: string }[] {
  const papers = file.extras.map((path) => ({ path, name: extraName(base, path) }))
  if (type.pdf !== 'none' && file.pdf !== null) papers.unshift({ path: file.pdf, name: `${base}.pdf` })
  return papers
}

type Paper = { readonly ok: true; readonly content: Buffer } | { readonly ok: false; readonly detail: string }

/**
 * One paper's bytes, or null for an XML that is a fiscal document of its own: its name makes it look like a paper, but it may
 * be somebody else's invoice, and it is packaged as what it is.
 */
function readPaper(path: string, maxBytes: number): Paper | null {
  if (!isMailable(path)) return { ok: false, detail: path }
  const paper = readWhole(path, maxBytes)
  if (!paper.ok) return { ok: false, detail: `${path}: ${paper.detail || paper.reason}` }
  if (!/\.xml$/i.test(path)) return { ok: true, content: paper.bytes }
  const reading = readHead(paper.bytes)
  if (reading.ok || reading.head !== null) return null
  return reading.reason === 'not-cfdi'
    ? { ok: true, content: paper.bytes }
    : { ok: false, detail: `${path}: ${reading.reason}` }
}
