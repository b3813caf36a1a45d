/**
 * Header lines as the MIME library writes them, asked for once where they come back: its header writer took a tenth of the
 * processor time of packaging, and of a message's headers only four are its own.
 */
import MimeNode from 'nodemailer/lib/mime-node'
import { keeping } from './keeping.ts'

export interface MailAddress {
  readonly address: string
  readonly name: string
}

export type HeaderValue = string | readonly MailAddress[]

/** Content may name a file or a URL for the library to read: never here. The base of boundaries, unused, saves it random bytes. */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true, baseBoundary: 'unused' } as const

/** A type that brings no transfer encoding along. */
const BARE = 'multipart/mixed; boundary="x"'
const ROOT = new MimeNode(BARE, CLOSED)

/** Lines kept; a company's customers and senders, and one of each length. */
const KEPT = 2_000

/** These fields in their order, one line or more each, without the last CRLF. */
function headerLines(fields: Readonly<Record<string, HeaderValue>>): string {
  const lines = partNode(BARE, fields).buildHeaders()
  return lines.slice(lines.indexOf('\r\n') + 2)
}

/** RFC 5322 § 2.1.1 asks for 78 at most; the library breaks what is longer than this. */
const LINE = 76

/** Words of ASCII with one space between them; the library encodes quotes, and what could be taken for an encoded word (RFC 2047). */
const PLAIN = /^[!#-<>-~]+(?: [!#-<>-~]+)*$/

/** A field that is another one each time, and mostly one short line as it stands: a Message-ID, a subject. */
export function freshHeader(name: string, value: string): string {
  const line = `${name}: ${value}`
  return line.length < LINE && PLAIN.test(value) ? line : headerLines({ [name]: value })
}

/** The same of one field that comes back. */
export function keptHeader(name: string, value: HeaderValue): string {
  return typeof value === 'string' ? keptLine(`${name}: ${value}`) : keptField(JSON.stringify([name, value]))
}

const keptLine = keeping(KEPT, (line) => {
  const colon = line.indexOf(': ')
  return headerLines({ [line.slice(0, colon)]: line.slice(colon + 2) })
})

const keptField = keeping(KEPT, (key) => {
  const [name, value] = JSON.parse(key) as [string, HeaderValue]
  return headerLines({ [name]: value })
})

/** All headers of a text part, whose content is quoted-printable. */
export const textHeaders = keeping(KEPT, (type) =>
  partNode(`${type}; charset=utf-8`, { 'Content-Transfer-Encoding': 'quoted-printable' }).buildHeaders(),
)

/**
 * `Content-Type: multipart/…` with its boundary.
 * @param boundary letters and digits alone, but for `=_` at its beginning and `_` before its end
 */
export function multipartHeader(type: string, boundary: string): string {
  const stand = `=_${'0'.repeat(boundary.length - 2)}`
  return keptMultipart(`${type}; boundary="${stand}"`).replace(stand, boundary)
}

const keptMultipart = keeping(KEPT, (type) => partNode(type, {}).buildHeaders())

/** Names that the library neither quotes, encodes nor cuts. */
const PLAIN_NAME = /^[A-Za-z0-9][\w.-]{0,69}$/

/** All headers of an attached file, in base64. Plain names of the same length have the same lines. */
export function attachmentHeaders(mediaType: string, name: string): string {
  if (!PLAIN_NAME.test(name)) return namedPart(mediaType, name)
  const stand = '0'.repeat(name.length)
  return keptPart(`${mediaType} ${stand}`).replaceAll(`name=${stand}`, `name=${name}`)
}

const keptPart = keeping(KEPT, (key) => {
  const at = key.lastIndexOf(' ')
  return namedPart(key.slice(0, at), key.slice(at + 1))
})

function namedPart(mediaType: string, name: string): string {
  const fields = { 'Content-Disposition': 'attachment', 'Content-Transfer-Encoding': 'base64' }
  return partNode(mediaType, fields, name).buildHeaders()
}

function partNode(type: string, fields: Readonly<Record<string, HeaderValue>>, filename?: string): MimeNode {
  const file = filename === undefined ? {} : { filename }
  const node = new MimeNode(type, { rootNode: ROOT, ...CLOSED, ...file })
  for (const [name, value] of Object.entries(fields)) node.setHeader(name, value as string)
  return node
}
