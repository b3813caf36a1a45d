import { domainToASCII } from 'node:url'
import MimeNode from 'nodemailer/lib/mime-node'
import { cleanLine } from '../model/clean.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { SealedMessage } from '../model/send-order.ts'
import { assembleMessage, messageDigest, type MessageFrame } from './assemble.ts'
import { quotedPrintable } from './quoted-printable.ts'

/** One attached file. */
export interface MessageAttachment {
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
}

/** All that a message says. */
export interface MessageInput {
  /** With or without its angle brackets. Made once and stored, so that every retry is the same message. */
  readonly messageId: string
  /** ISO 8601 UTC. */
  readonly date: string
  /** Makes the boundaries; the order's id. */
  readonly seed: string
  readonly sender: { readonly address: string; readonly name: string }
  /** '' or null leaves the header out. */
  readonly replyTo: string | null
  /** Every recipient of the order: they belong to one customer and may see each other. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly MessageAttachment[]
}

/** Keeps automatic answers away, but never the reports of what could not be delivered (RFC 3834; [MS-OXCMAIL] 2.1.3.2.20). */
const NO_ANSWERS = {
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'OOF, AutoReply, RN, NRN',
} as const

/** Content may name a file or a URL for the library to read: never here. The base of boundaries, unused, saves it random bytes. */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true, baseBoundary: 'unused' } as const

/**
 * The exact bytes of a message: multipart/mixed with the text (and its HTML alternative) first and the attachments after it,
 * or the text alone when nothing is attached. Headers are the MIME library's, with Message-ID, Date and boundaries given, so
 * the same input gives the same bytes.
 * @throws BAD_ADDRESS when an address cannot be written in ASCII
 */
export function composeMessage(input: MessageInput): SealedMessage {
  const frame = input.attachments.length === 0 ? bareFrame(input) : mixedFrame(input)
  const contents = input.attachments.map((attachment) => attachment.content)
  return {
    sender: asciiAddress(input.sender.address),
    ...frame,
    ...messageDigest(assembleMessage(frame, contents)),
  }
}

/** The address with its domain as A-labels (RFC 5890), as it stands in headers and in the SMTP envelope. */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = domainToASCII(address.slice(at + 1))
  const ascii = `${address.slice(0, at)}@${domain}`
  if (at < 1 || domain === '' || !/^[\x21-\x7e]+$/.test(ascii)) {
    throw new CfdiMailError('BAD_ADDRESS', { field: 'message', value: address, problem: 'domain' })
  }
  return ascii
}

function bareFrame(input: MessageInput): MessageFrame {
  const root = new MimeNode(
    input.html === null ? 'text/plain; charset=utf-8' : alternativeType(input),
    CLOSED,
  )
  setHeaders(root, input)
  return { head: withTexts(root, input), partHeaders: [], tail: '' }
}

function mixedFrame(input: MessageInput): MessageFrame {
  const boundary = boundaryOf(input.seed, 1)
  const root = new MimeNode(`multipart/mixed; boundary="${boundary}"`, CLOSED)
  setHeaders(root, input)
  const texts = new MimeNode(input.html === null ? 'text/plain; charset=utf-8' : alternativeType(input), {
    rootNode: root,
    ...CLOSED,
  })
  return {
    head: `${root.buildHeaders()}\r\n\r\n--${boundary}\r\n${withTexts(texts, input)}`,
    partHeaders: input.attachments.map(
      (attachment) => `--${boundary}\r\n${attachmentHeaders(root, attachment)}\r\n\r\n`,
    ),
    tail: `--${boundary}--\r\n`,
  }
}

/** Headers and body of the part that people read: the text, or the text and its HTML alternative. */
function withTexts(node: MimeNode, input: MessageInput): string {
  if (input.html === null) return textPart(node, input.text)
  const boundary = boundaryOf(input.seed, 2)
  const part = (type: string, text: string) =>
    `--${boundary}\r\n${textPart(new MimeNode(`${type}; charset=utf-8`, { rootNode: node.rootNode, ...CLOSED }), text)}`
  const parts = part('text/plain', input.text) + part('text/html', input.html)
  return `${node.buildHeaders()}\r\n\r\n${parts}--${boundary}--\r\n`
}

/** Always quoted-printable: 7bit would let long lines and lone line feeds through, and servers re-encode 8bit. */
function textPart(node: MimeNode, text: string): string {
  node.setHeader('Content-Transfer-Encoding', 'quoted-printable')
  return `${node.buildHeaders()}\r\n\r\n${quotedPrintable(text)}`
}

function attachmentHeaders(root: MimeNode, attachment: MessageAttachment): string {
  const node = new MimeNode(attachment.mediaType, {
    rootNode: root,
    filename: cleanLine(attachment.name),
    ...CLOSED,
  })
  node.setHeader('Content-Disposition', 'attachment')
  node.setHeader('Content-Transfer-Encoding', 'base64')
  return node.buildHeaders()
}

/** Addresses go in as objects and were read strictly before: the library's address parser has nothing to guess. */
function setHeaders(root: MimeNode, input: MessageInput): void {
  root.setHeader('From', [
    { address: asciiAddress(input.sender.address), name: cleanLine(input.sender.name) },
  ])
  root.setHeader('To', toHeader(input.to))
  if (input.replyTo !== null && input.replyTo !== '') {
    root.setHeader('Reply-To', [{ address: asciiAddress(input.replyTo), name: '' }])
  }
  root.setHeader('Subject', cleanLine(input.subject))
  root.setHeader('Date', new Date(input.date).toUTCString().replace('GMT', '+0000'))
  root.setHeader('Message-ID', `<${input.messageId.replace(/^<|>$/g, '')}>`)
  root.setHeader(NO_ANSWERS)
}

/**
 * The recipients that a header can name in ASCII. One with a local part beyond it stays in the envelope alone, where the server
 * says whether it takes such an address (RFC 6531); an order for nobody else has the empty group of RFC 5322 § A.1.3.
 */
function toHeader(to: readonly string[]) {
  const written = to.flatMap((address) => {
    try {
      return [{ address: asciiAddress(address), name: '' }]
    } catch {
      return []
    }
  })
  return written.length === 0 ? 'undisclosed-recipients:;' : written
}

function alternativeType(input: MessageInput): string {
  return `multipart/alternative; boundary="${boundaryOf(input.seed, 2)}"`
}

/** `=_` can stand in no quoted-printable body (RFC 2045 § 6.7), so no text can hold the boundary. */
function boundaryOf(seed: string, level: number): string {
  return `=_${seed.replace(/[^A-Za-z0-9]/g, '').slice(0, 60)}_${level}`
}
