import { createHash } from 'node:crypto'
import { type ParsedMail, simpleParser } from 'mailparser'
import type { ReturnedMail, ReturnedSort } from '../model/bounce.ts'
import { ordersOfReturnPaths } from '../model/return-path.ts'
import { type DeliveryStatus, readDeliveryStatus } from './delivery-status.ts'
import { type Fields, headerOf, messageIdsIn, readFields } from './header-fields.ts'
import { type BounceSigns, isWordedBounce, readWordedBounce } from './worded-bounce.ts'

/**
 * Bytes of a returned mail that are looked at. What counts comes first: the explanation, the status, the header of what is
 * returned; after it there may be megabytes of attachments.
 */
export const LARGEST_MAIL = 512 * 1024

/** Pictures, links and HTML are of no use here, and HTML costs time. */
const OPTIONS = {
  keepDeliveryStatus: true,
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
} as const

const STATUS_PART = /^message\/(?:global-)?delivery-status$/
const RETURNED_PART = /^(?:text\/rfc822-headers|message\/(?:rfc822|rfc822-headers|global|global-headers))$/

/**
 * Reads one mail of a bounce mailbox: a report in the form of RFC 3464, a bounce in words, an automatic answer, or another.
 * Only the first 512 KiB count. Never fails for what a mail holds.
 */
export async function readReturnedMail(raw: Buffer): Promise<ReturnedMail> {
  const bytes = raw.subarray(0, LARGEST_MAIL)
  const mail = await simpleParser(bytes, OPTIONS)
  const header = readFields(mail.headerLines.map(({ line }) => line).join('\r\n'))
  const statuses = partsOf(mail, STATUS_PART).map(readDeliveryStatus)
  const sort = sortOf(mail, header, statuses)
  const words = wordsOf(mail)
  return {
    sort,
    hash: contentHash(bytes),
    envelopeId: statuses.find(({ envelopeId }) => envelopeId !== '')?.envelopeId ?? '',
    returnPaths: returnPathsOf(header),
    messageIds: messageIdsOf(mail, header, sort === 'text' ? words : ''),
    recipients:
      sort === 'text'
        ? readWordedBounce(words, mail.subject ?? '', header.get('x-failed-recipients') ?? '')
        : statuses.flatMap(({ recipients }) => recipients),
  }
}

function sortOf(mail: ParsedMail, header: Fields, statuses: readonly DeliveryStatus[]): ReturnedSort {
  if (statuses.some(({ recipients }) => recipients.length > 0)) return 'report'
  if (isAutoReply(mail, header)) return 'auto-reply'
  if (isWordedBounce(signsOf(mail, header))) return 'text'
  return /^auto/i.test(header.get('auto-submitted') ?? '') ? 'auto-reply' : 'other'
}

function signsOf(mail: ParsedMail, header: Fields): BounceSigns {
  return {
    sender: mail.from?.value[0]?.address ?? '',
    subject: mail.subject ?? '',
    hasNullSender: /^<\s*>$/.test(header.get('return-path') ?? ''),
    failedRecipients: header.get('x-failed-recipients') ?? '',
  }
}

const AUTO_SUBJECTS =
  /^(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|respuesta autom|fuera de (?:la )?oficina)/i

/** Holiday notices and receipts (RFC 3834, RFC 8098). A mail system's own bounce may carry `Auto-Submitted` too. */
function isAutoReply(mail: ParsedMail, header: Fields): boolean {
  if (mail.attachments.some(({ contentType }) => contentType.endsWith('disposition-notification')))
    return true
  if (header.has('x-failed-recipients')) return false
  if (header.has('x-autoreply') || header.has('x-autorespond') || header.has('vacation-message')) return true
  if (/^auto_reply/i.test(header.get('precedence') ?? '')) return true
  return AUTO_SUBJECTS.test(mail.subject ?? '')
}

function partsOf(mail: ParsedMail, type: RegExp): string[] {
  return mail.attachments
    .filter(({ contentType }) => type.test(contentType.toLowerCase()))
    .map(({ content }) => content.toString('utf8'))
}

function wordsOf(mail: ParsedMail): string {
  if (mail.text !== undefined && mail.text.trim() !== '') return mail.text
  return typeof mail.html === 'string' ? mail.html.replace(/<[^<>]{0,500}>/g, ' ') : ''
}

/** Who it came to: To as the reporting system wrote it, and the addresses that the last servers note. */
function returnPathsOf(header: Fields): string[] {
  const names = ['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to']
  return [...new Set(names.flatMap((name) => ordersOfReturnPaths(header.get(name) ?? '')))]
}

/** Of the returned header; of the fields that say what is answered; in a worded bounce of the copy below its words. */
function messageIdsOf(mail: ParsedMail, header: Fields, words: string): string[] {
  const returned = partsOf(mail, RETURNED_PART).map((part) => headerOf(part).get('message-id') ?? '')
  const answered = ['in-reply-to', 'references', 'x-original-message-id'].map(
    (name) => header.get(name) ?? '',
  )
  const copied = [...words.matchAll(/^[> \t]*message-id:[ \t]*(?:\r?\n[> \t]+)?(<[^<>\s]{3,500}>)/gim)]
  const texts = [...returned, ...answered, ...copied.map(([, id = '']) => id)]
  return [...new Set(texts.flatMap(messageIdsIn))].slice(0, 50)
}

/** Line ends and blank lines at the end differ between an IMAP server and a file of the same mail. */
function contentHash(bytes: Buffer): string {
  const text = bytes.toString('latin1').replace(/\r\n/g, '\n').trimEnd()
  return createHash('sha256').update(text, 'latin1').digest('hex')
}
