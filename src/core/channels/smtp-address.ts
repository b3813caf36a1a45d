import { domainToASCII } from 'node:url'

/** An address as it goes on the wire, or why it cannot: an RFC 3463 code and words. */
export type WireAddress =
  | { readonly address: string; readonly needsSmtpUtf8: boolean }
  | { readonly enhanced: string; readonly words: string }

// eslint-disable-next-line no-control-regex -- they could end the command
const BREAKS_OUT = /[\u0000-\u0020\u007f<>]/

/** What most domains are, and what they are on the wire too: labels of lower-case letters and digits; the last one of letters. */
const PLAIN = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]+$/

function isPlain(domain: string): boolean {
  return PLAIN.test(domain) && !domain.includes('--')
}

/**
 * Domain to ASCII (RFC 5891). A local part beyond ASCII needs a server with SMTPUTF8 (RFC 6531 § 3.2); to others it would
 * go as raw bytes that each may read as another address.
 */
export function wireAddress(text: string, smtpUtf8: boolean): WireAddress {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  const ascii = isPlain(domain) || domain.startsWith('[') ? domain : domainToASCII(domain)
  if (at < 1 || ascii === '' || BREAKS_OUT.test(text)) return { enhanced: '5.1.3', words: 'not an address' }
  const needsSmtpUtf8 = /[^\u0021-\u007e]/.test(local)
  if (needsSmtpUtf8 && !smtpUtf8) return { enhanced: '5.6.7', words: 'SMTPUTF8 not offered by the server' }
  return { address: `${local}@${ascii}`, needsSmtpUtf8 }
}
