import type { Extensions } from './smtp-reply.ts'

/** For the library's envelope. */
export interface NotificationRequest {
  readonly dsn?: {
    readonly ret: 'HDRS'
    readonly envid: string
    readonly notify: ('FAILURE' | 'DELAY')[]
    readonly orcpt?: string
  }
}

/**
 * Asks for news of failures and delays, with the header alone given back: RET, ENVID, NOTIFY and ORCPT of RFC 3461 § 4. Only
 * of a server that offers DSN, because another one would refuse the parameters.
 */
export function notificationRequest(
  order: { readonly recipients: readonly string[]; readonly envelopeId?: string },
  { dsn }: Pick<Extensions, 'dsn'>,
): NotificationRequest {
  const { envelopeId = '', recipients } = order
  if (!dsn || envelopeId === '') return {}
  const [only = '', ...others] = recipients
  // The library writes one ORCPT for all recipients, and beyond ASCII another address type is needed (RFC 6533).
  const names = others.length === 0 && /^[\u0021-\u007e]+$/.test(only)
  return {
    dsn: {
      ret: 'HDRS',
      envid: envelopeId,
      notify: ['FAILURE', 'DELAY'],
      ...(names ? { orcpt: `rfc822;${only}` } : {}),
    },
  }
}
