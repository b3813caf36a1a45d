import { domainToASCII } from 'node:url'

/** An address in the form in which two spellings of one mailbox are equal: lower case, the domain in ASCII (RFC 5891). */
export function addressKey(address: string): string {
  const lower = address.trim().toLowerCase()
  const at = lower.lastIndexOf('@')
  const domain = lower.slice(at + 1)
  return `${lower.slice(0, at + 1)}${domainToASCII(domain) || domain}`
}
