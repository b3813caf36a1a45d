import type { Extensions } from './smtp-reply.ts'

/** What MAIL FROM and RCPT TO say besides the addresses; '' or with a space in front. */
export interface NotificationRequest {
  readonly mail: string
  readonly rcpt: string
}

const NONE: NotificationRequest = { mail: '', rcpt: '' }

/**
 * Asks for news of failures and delays, with the header alone given back: RET, ENVID, NOTIFY and ORCPT of RFC 3461 § 4. Only
 * of a server that offers DSN, because another one would refuse the parameters.
 */
export function notificationRequest(
  order: { readonly recipients: readonly string[]; readonly envelopeId?: string | undefined },
  { dsn }: Pick<Extensions, 'dsn'>,
): NotificationRequest {
  const { envelopeId = '', recipients } = order
  if (!dsn || envelopeId === '') return NONE
  const [only = '', ...others] = recipients
  // Of several recipients none is named. Beyond ASCII another address type is needed (RFC 6533).
  const names = others.length === 0 && /^[\u0021-\u007e]+$/.test(only)
  return {
    mail: ` RET=HDRS ENVID=${xtext(envelopeId)}`,
    rcpt: ` NOTIFY=FAILURE,DELAY${names ? ` ORCPT=rfc822;${xtext(only)}` : ''}`,
  }
}

/** RFC 3461 § 4: what is no sign of xtext, + and = above all, is written as + and two hexadecimal digits. */
function xtext(text: string): string {
  if (/^[!-*,-<>-~]*$/.test(text)) return text
  return [...Buffer.from(text)]
    .map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : escaped(byte)))
    .join('')
}

function isPlain(byte: number): boolean {
  return byte >= 0x21 && byte <= 0x7e && byte !== 0x2b && byte !== 0x3d
}

function escaped(byte: number): string {
  return `+${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
