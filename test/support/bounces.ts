/** Returned mail in the shapes that mail systems give it, about a message of the test's own. Domains are examples. */

/** The message that comes back. */
export interface Returned {
  readonly messageId: string
  /** '' leaves it out, as servers without DSN do. */
  readonly envelopeId: string
  readonly recipient: string
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed'
  readonly status: string
  readonly diagnostic: string
}

const USUAL: Returned = {
  ...{ messageId: '<none@emisor.example>', envelopeId: '', recipient: 'uno@ure.example', action: 'failed' },
  ...{ status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 <uno@ure.example>: Recipient address rejected' },
}

/** RFC 3464 as Postfix writes it. */
export function standardReport(changes: Partial<Returned> = {}): string {
  const { messageId, envelopeId, recipient, action, status, diagnostic } = { ...USUAL, ...changes }
  return mail(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
      'To: ventas@emisor.example',
      'Subject: Undelivered Mail Returned to Sender',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="4F2.17"',
    ],
    [
      ...part('text/plain; charset=us-ascii', [
        'This is the mail system at mx.example.',
        `<${recipient}>: see below`,
      ]),
      ...part('message/delivery-status', [
        'Reporting-MTA: dns; mx.example',
        ...(envelopeId === '' ? [] : [`Original-Envelope-Id: ${envelopeId}`]),
        'Arrival-Date: Sat, 1 Jun 2024 12:00:05 +0000 (UTC)',
        '',
        `Final-Recipient: rfc822; ${recipient}`,
        `Original-Recipient: rfc822;${recipient}`,
        `Action: ${action}`,
        `Status: ${status}`,
        `Diagnostic-Code: ${diagnostic.replace(/ (?=<)/, '\r\n    ')}`,
      ]),
      ...part('text/rfc822-headers', [
        'From: Ventas <ventas@emisor.example>',
        `To: ${recipient}, dos@ure.example`,
        'Subject: Factura A-1',
        ...(messageId === '' ? [] : [`Message-ID: ${messageId}`]),
      ]),
      '--4F2.17--',
    ],
  )
}

/** Exchange Online: a report whose words are HTML, the whole message returned. */
export function exchangeReport(changes: Partial<Returned> = {}): string {
  const { messageId, recipient } = { ...USUAL, ...changes }
  return mail(
    [
      'From: <postmaster@cliente.example>',
      'To: ventas@emisor.example',
      'Subject: Undeliverable: Factura A-1',
      `In-Reply-To: ${messageId}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="4F2.17"',
    ],
    [
      ...part('text/html; charset=utf-8', [
        `<p>Your message to <b>${recipient}</b> could not be delivered.</p>`,
      ]),
      ...part('message/delivery-status', [
        'Reporting-MTA: dns;AB1PR01.prod.example',
        'Received-From-MTA: dns;mail.emisor.example',
        '',
        `Final-Recipient: rfc822;${recipient}`,
        'Action: failed',
        'Status: 5.1.10',
        'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
      ]),
      ...part('message/rfc822', [
        `Message-ID: ${messageId}`,
        'From: ventas@emisor.example',
        `To: ${recipient}`,
        'Subject: Factura A-1',
        '',
        'Adjuntamos su factura.',
      ]),
      '--4F2.17--',
    ],
  )
}

/** qmail: words alone, the message below them. */
export function qmailBounce({ messageId, recipient } = USUAL): string {
  return mail(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@qmail.example',
      'To: ventas@emisor.example',
      'Subject: failure notice',
    ],
    [
      'Hi. This is the qmail-send program at qmail.example.',
      "I wasn't able to hand over your message to the following addresses.",
      '',
      `<${recipient}>:`,
      '192.0.2.7 does not like recipient.',
      "Remote host said: 554 delivery error: dd This user doesn't have an account here",
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Return-Path: <ventas@emisor.example>',
      `Message-ID: ${messageId}`,
      `To: ${recipient}, dos@ure.example`,
    ],
  )
}

/** An old Exchange with a report in words, in Spanish. */
export function spanishExchangeBounce({ messageId, recipient } = USUAL): string {
  return mail(
    [
      'From: Administrador del sistema <postmaster@cliente.example>',
      'To: ventas@emisor.example',
      'Subject: No se puede entregar: Factura A-1',
      `References: ${messageId}`,
    ],
    ['Su mensaje no llegó a los destinatarios siguientes:', '', recipient, '  El buzón está lleno. #5.2.2'],
  )
}

/** Gmail's way: the addresses that failed in a header of their own. */
export function failedRecipientsBounce({ messageId, recipient } = USUAL): string {
  return mail(
    [
      'From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>',
      'To: ventas@emisor.example',
      `X-Failed-Recipients: ${recipient}`,
      'Auto-Submitted: auto-replied',
      'Subject: Delivery Status Notification (Failure)',
    ],
    [
      'Delivery to the following recipient failed permanently:',
      `     ${recipient}`,
      'The error that the other server returned was: 550 5.7.1 Message rejected as spam',
      '----- Original message -----',
      'Received: by 192.0.2.8 with SMTP id q1; Sat, 01 Jun 2024 05:00:06 -0700 (PDT)',
      `Message-ID: ${messageId}`,
    ],
  )
}

/** A warning in words: it is still being tried. */
export function wordedDelay({ messageId, recipient } = USUAL): string {
  return mail(
    [
      'Return-Path: <>',
      'From: MAILER-DAEMON@mx.example',
      'To: ventas@emisor.example',
      'Subject: Warning: message delayed 24 hours',
    ],
    [
      'Your message has not yet been delivered to:',
      `  ${recipient}`,
      'It will be retried until it is 5 days old.',
      '',
      `Message-ID: ${messageId}`,
    ],
  )
}

export function outOfOffice({ messageId } = USUAL): string {
  return mail(
    [
      'From: Uno <uno@ure.example>',
      'To: ventas@emisor.example',
      'Subject: Respuesta automática: Factura A-1',
      'Auto-Submitted: auto-replied',
      `In-Reply-To: ${messageId}`,
    ],
    ['Estoy fuera de la oficina hasta el lunes.'],
  )
}

/** A read receipt (RFC 8098) also is a multipart/report. */
export function readReceipt({ messageId, recipient } = USUAL): string {
  return mail(
    [
      `From: ${recipient}`,
      'To: ventas@emisor.example',
      'Subject: Read: Factura A-1',
      `In-Reply-To: ${messageId}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=disposition-notification; boundary="4F2.17"',
    ],
    [
      ...part('text/plain', ['Your message was read.']),
      ...part('message/disposition-notification', [
        `Final-Recipient: rfc822;${recipient}`,
        `Original-Message-ID: ${messageId}`,
        'Disposition: manual-action/MDN-sent-manually; displayed',
      ]),
      '--4F2.17--',
    ],
  )
}

/** A person's answer, with the invoice quoted. */
export function personalReply({ messageId, recipient } = USUAL): string {
  return mail(
    [
      `From: ${recipient}`,
      'To: ventas@emisor.example',
      'Subject: Re: Factura A-1',
      `In-Reply-To: ${messageId}`,
    ],
    ['Gracias. El pago de 550 pesos sale el lunes.', '> Adjuntamos su factura.'],
  )
}

/** One mbox file of several mails, quoted as mboxrd. */
export function mbox(mails: readonly string[]): string {
  return mails
    .map((each) => each.replace(/\r\n/g, '\n').replace(/^(>*From )/gm, '>$1'))
    .map((each) => `From MAILER-DAEMON Sat Jun  1 12:00:00 2024\n${each.replace(/\n*$/, '\n')}\n`)
    .join('')
}

function mail(header: readonly string[], body: readonly string[]): string {
  const date = 'Date: Sat, 1 Jun 2024 12:10:00 +0000'
  return [...header, date, '', ...body, ''].join('\r\n')
}

function part(type: string, lines: readonly string[]): string[] {
  return ['--4F2.17', `Content-Type: ${type}`, '', ...lines, '']
}
