import MimeNode from 'nodemailer/lib/mime-node'
import { cleanLine } from '../model/clean.ts'
import { asciiAddress } from './compose.ts'

export interface Redirection {
  /** Who gets it instead. */
  readonly to: string
  /** Whom it was for. */
  readonly intended: readonly string[]
  readonly subject: string
  /** Without angle brackets; not the message's own, or a mailbox that gets both would show one. */
  readonly messageId: string
  readonly language: 'es' | 'en'
}

const MARK = { es: 'prueba', en: 'trial' } as const
const REPLACED = ['to', 'cc', 'subject', 'message-id', 'x-cfdi-mail-intended-to']

/**
 * A finished message, addressed to somebody else: recipients, subject and Message-ID are replaced and the intended recipients
 * named in `X-Cfdi-Mail-Intended-To`, so that not even an answer to all reaches them. The rest is byte for byte the same.
 * @param chunks the message; its first piece holds the whole header
 */
export function redirected(chunks: readonly Buffer[], redirection: Redirection): readonly Buffer[] {
  const [first = Buffer.alloc(0), ...rest] = chunks
  const text = first.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const kept = fieldsOf(text.slice(0, end)).filter((field) => !REPLACED.includes(nameOf(field)))
  const header = [...newFields(redirection), ...kept].join('\r\n')
  return [Buffer.from(header + text.slice(end), 'latin1'), ...rest]
}

/** The MIME library encodes and folds; of what it adds by itself nothing is taken. */
function newFields({ to, intended, subject, messageId, language }: Redirection): string[] {
  const [person = '', ...others] = intended
  const whom = others.length === 0 ? person : `${person} +${others.length}`
  const node = new MimeNode('text/plain', { disableFileAccess: true, disableUrlAccess: true })
  node.setHeader('To', [{ address: asciiAddress(to), name: '' }])
  node.setHeader('Subject', cleanLine(`[${MARK[language]} → ${whom}] ${subject}`))
  node.setHeader('Message-ID', `<${messageId}>`)
  node.setHeader('X-Cfdi-Mail-Intended-To', intended.map(cleanLine).join(', '))
  return fieldsOf(node.buildHeaders()).filter((field) => REPLACED.includes(nameOf(field)))
}

/** Header fields with their folded lines. */
function fieldsOf(header: string): string[] {
  return header.split(/\r\n(?![ \t])/)
}

function nameOf(field: string): string {
  return field.slice(0, field.indexOf(':')).toLowerCase()
}
