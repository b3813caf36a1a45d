import { safeName } from '../model/safe-name.ts'

/** What an attachment's name is made of. */
export interface NamedDocument {
  readonly issuerRfc: string
  readonly series: string
  readonly folio: string
  readonly uuid: string
}

/** The base leaves room for `_Adj_99.xlsx` within 100 characters. */
const LONGEST_BASE = 88
const LONGEST_EXTENSION = 5

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  // No charset parameter: the XML declaration rules (RFC 7303). text/xml would let relays transcode it.
  xml: 'application/xml',
  pdf: 'application/pdf',
  zip: 'application/zip',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  csv: 'text/csv',
  txt: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

/**
 * The name without extension that a document's XML and PDF share, `{issuer RFC}_{series and folio}_{UUID}`: receiving mailboxes
 * pair the two by it. Only `A-Z a-z 0-9 _ -`, so that no mail program, ZIP or file system has to translate it; the UUID is
 * always whole, a long folio gives way.
 */
export function attachmentBase(document: NamedDocument): string {
  const rfc = safeName(document.issuerRfc)
  const uuid = safeName(document.uuid)
  const room = LONGEST_BASE - rfc.length - uuid.length - 2
  const folio = safeName(`${document.series}${document.folio}`)
    .replace(/_+/g, '_')
    .replace(/^[_-]+|_+$/g, '')
    .slice(0, Math.max(0, room))
  return [rfc, folio, uuid].filter((part) => part !== '').join('_')
}

/** Name of a paper that goes with a document besides its XML and PDF: `{base}_Adj.pdf`. */
export function extraName(base: string, sourceName: string): string {
  return `${base}_Adj${extensionOf(sourceName)}`
}

/** Name under which a paper of that file name goes: the same, in letters that no mail program has to translate. */
export function paperAttachmentName(fileName: string): string {
  const extension = extensionOf(fileName)
  const stem = safeName(fileName.slice(0, fileName.length - extension.length)).slice(0, LONGEST_BASE)
  return `${stem === '' ? 'documento' : stem}${extension}`
}

/** The names in their order, a second use of one (in any case of letters) numbered: `x.pdf`, `x_2.pdf`. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let n = 2; taken.has(unique.toLowerCase()); n++) unique = numbered(name, n)
    taken.add(unique.toLowerCase())
    return unique
  })
}

/** Media type for an attachment of that name. */
export function mediaTypeOf(name: string): string {
  return MEDIA_TYPES[extensionOf(name).slice(1)] ?? 'application/octet-stream'
}

/** With its dot, in lower case and ASCII; '' when there is none. */
function extensionOf(name: string): string {
  const found = /\.([A-Za-z0-9]+)$/.exec(name)?.[1] ?? ''
  return found === '' ? '' : `.${found.slice(0, LONGEST_EXTENSION).toLowerCase()}`
}

function numbered(name: string, n: number): string {
  const extension = extensionOf(name)
  return `${name.slice(0, name.length - extension.length)}_${n}${extension}`
}
