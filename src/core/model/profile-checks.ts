/** What a profile may have in each of its fields. Pure. */
import { parseAddress } from './address.ts'
import { CfdiMailError } from './errors.ts'
import type { SmtpProfile } from './profile.ts'

/** Connections that a server tolerates from one account; Exchange Online allows three. */
const MOST_CONNECTIONS = 20
const MOST_MESSAGES = 10_000
/** RFC 5321 § 4.5.3.1.8 asks servers for 100; more is between the two of them. */
const MOST_RECIPIENTS = 1_000

/** @throws BAD_PROFILE that names the field */
export function checkedProfile(profile: SmtpProfile): SmtpProfile {
  const { host, port, connections, messagesPerConnection, maxRecipients, pin, replyTo } = profile
  const good: Readonly<Record<string, readonly [boolean, string | number]>> = {
    host: [isHost(host), host],
    port: [isPort(port), port],
    connections: [isUpTo(MOST_CONNECTIONS, connections), connections],
    'messages-per-connection': [isUpTo(MOST_MESSAGES, messagesPerConnection), messagesPerConnection],
    'max-recipients': [isUpTo(MOST_RECIPIENTS, maxRecipients), maxRecipients],
    pin: [pin === '' || /^(?:[0-9a-f]{2}:?){31}[0-9a-f]{2}$/i.test(pin), pin],
    'reply-to': [replyTo === '' || parseAddress(replyTo).ok, replyTo],
  }
  for (const [field, [ok, value]] of Object.entries(good)) {
    const variant = value === '' ? 'missing' : field
    if (!ok) throw new CfdiMailError('BAD_PROFILE', { flag: field, value, variant })
  }
  return profile
}

/** A name or an address, without the scheme and the path of a page. */
export function isHost(text: string): boolean {
  return /^[^\s/@:]+$|^[0-9a-f:.]+$/i.test(text)
}

export function isPort(value: number): boolean {
  return isUpTo(65_535, value)
}

function isUpTo(most: number, value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}

/**
 * A name for a profile: letters, digits, `-`, `_` and `.`, up to 40.
 * @throws BAD_PROFILE
 */
export function checkedProfileName(name: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(name))
    throw new CfdiMailError('BAD_PROFILE', { flag: 'save', value: name })
  return name
}
