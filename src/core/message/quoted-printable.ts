import { encode, wrap } from 'nodemailer/lib/qp'

/** Two less than RFC 2045 § 6.7 allows: a dot at the start of a line takes two more when it is encoded. */
const LINE = 74

/**
 * Text as a quoted-printable body with CRLF line ends, the last one included. No line begins with a dot, so the dot that ends
 * an SMTP message cannot be forged by a text, whatever the servers on the way do about dot-stuffing.
 */
export function quotedPrintable(text: string): string {
  const body = wrap(encode(text.replace(/\r\n?|\n/g, '\r\n')), LINE).replace(/^\./gm, '=2E')
  return body.endsWith('\r\n') ? body : `${body}\r\n`
}
