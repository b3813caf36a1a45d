import { domainToASCII } from 'node:url'
import { cleanLine } from '../model/clean.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { SealedMessage } from '../model/send-order.ts'
import { frameDigest, type MessageFrame } from './assemble.ts'
import { keeping } from './keeping.ts'
import { attachmentHeaders, freshHeader, keptHeader, multipartHeader, textHeaders } from './mime-headers.ts'
import { quotedPrintable } from './quoted-printable.ts'

/** One attached file. */
export interface MessageAttachment {
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
  /** Of the content, hex; left out when nobody has asked for it yet. */
  readonly sha256?: string
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

/**
 * The exact bytes of a message: multipart/mixed with the text (and its HTML alternative) first and the attachments after it,
 * or the text alone when nothing is attached. Headers are the MIME library's, with Message-ID, Date and boundaries given, so
 * the same input gives the same bytes.
 * @throws BAD_ADDRESS when an address cannot be written in ASCII
 */
export function composeMessage(input: MessageInput): SealedMessage {
  const frame = input.attachments.length === 0 ? bareFrame(input) : mixedFrame(input)
  const contents = input.attachments.map((attachment) => attachment.content)
  const { sha256, bytes } = frameDigest(frame, contents)
  return {
    sender: asciiAddress(input.sender.address),
    head: frame.head,
    partHeaders: frame.partHeaders,
    tail: frame.tail,
    sha256,
    bytes,
  }
}

const asciiDomain = keeping(1_000, domainToASCII)

/** The address with its domain as A-labels (RFC 5890), as it stands in headers and in the SMTP envelope. */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = asciiDomain(address.slice(at + 1))
  const ascii = `${address.slice(0, at)}@${domain}`
  if (at < 1 || domain === '' || !/^[\x21-\x7e]+$/.test(ascii)) {
    throw new CfdiMailError('BAD_ADDRESS', { field: 'message', value: address, problem: 'domain' })
  }
  return ascii
}

function bareFrame(input: MessageInput): MessageFrame {
  return { head: `${messageHeaders(input)}\r\n${withTexts(input)}`, partHeaders: [], tail: '' }
}

function mixedFrame(input: MessageInput): MessageFrame {
  const boundary = boundaryOf(input.seed, 1)
  const type = multipartHeader('multipart/mixed', boundary)
  return {
    head: `${messageHeaders(input)}\r\n${type}\r\n\r\n--${boundary}\r\n${withTexts(input)}`,
    partHeaders: input.attachments.map(
      ({ mediaType, name }) => `--${boundary}\r\n${attachmentHeaders(mediaType, cleanLine(name))}\r\n\r\n`,
    ),
    tail: `--${boundary}--\r\n`,
  }
}

/** Headers and body of the part that people read: the text, or the text and its HTML alternative. */
function withTexts(input: MessageInput): string {
  if (input.html === null) return textPart('text/plain', input.text)
  const boundary = boundaryOf(input.seed, 2)
  const part = (type: string, text: string) => `--${boundary}\r\n${textPart(type, text)}`
  const parts = part('text/plain', input.text) + part('text/html', input.html)
  return `${multipartHeader('multipart/alternative', boundary)}\r\n\r\n${parts}--${boundary}--\r\n`
}

/** Always quoted-printable: 7bit would let long lines and lone line feeds through, and servers re-encode 8bit. */
function textPart(type: string, text: string): string {
  return `${textHeaders(type)}\r\n\r\n${quotedPrintable(text)}`
}

/** All but the type. Addresses go in as objects and were read strictly before: the library's address parser has nothing to guess. */
function messageHeaders(input: MessageInput): string {
  const { sender, replyTo, to } = input
  const subject = cleanLine(input.subject)
  const from = [{ address: asciiAddress(sender.address), name: cleanLine(sender.name) }]
  const answers = (replyTo ?? '') === '' ? [] : [{ address: asciiAddress(replyTo ?? ''), name: '' }]
  return [
    keptHeader('From', from),
    keptHeader('To', toHeader(to)),
    ...(answers.length === 0 ? [] : [keptHeader('Reply-To', answers)]),
    ...(subject === '' ? [] : [freshHeader('Subject', subject)]),
    keptHeader('Date', new Date(input.date).toUTCString().replace('GMT', '+0000')),
    freshHeader('Message-ID', `<${input.messageId.replace(/^<|>$/g, '')}>`),
    ...Object.entries(NO_ANSWERS).map(([name, value]) => keptHeader(name, value)),
    keptHeader('MIME-Version', '1.0'),
  ].join('\r\n')
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

/** `=_` can stand in no quoted-printable body (RFC 2045 § 6.7), so no text can hold the boundary. */
export function boundaryOf(seed: string, level: number): string {
  return `=_${seed.replace(/[^A-Za-z0-9]/g, '').slice(0, 60)}_${level}`
}
