/** An SMTP profile put together from what is saved, what a provider is known for and what was typed. Pure. */
import { parseAddress } from './address.ts'
import { CfdiMailError } from './errors.ts'
import { DEFAULT_LIMITS, type ProfileLimits } from './limits.ts'
import type { ProfileModule, SmtpProfile, SmtpSecurity } from './profile.ts'
import { presetOf, type Provider } from './providers.ts'

/** What may be changed of a profile without a new test. */
export interface LimitFields {
  /** Takes the limits and the connections that the provider is known for; what else is typed wins. */
  readonly provider?: Provider | undefined
  readonly perMinute?: number | null | undefined
  readonly perDay?: number | null | undefined
  readonly maxRecipients?: number | undefined
  readonly maxBytes?: number | null | undefined
  readonly onUnknown?: Pick<ProfileLimits, 'onUnknown' | 'resendAfterHours'> | undefined
  /** '' for the sender itself. */
  readonly bouncesTo?: string | undefined
  readonly connections?: number | undefined
  readonly messagesPerConnection?: number | undefined
}

/** What may be typed; undefined leaves the saved value, or takes the usual one. */
export interface ProfileFields extends LimitFields {
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly security?: SmtpSecurity | undefined
  readonly user?: string | undefined
  readonly from?: string | undefined
  readonly fromName?: string | undefined
  readonly replyTo?: string | undefined
  readonly pin?: string | undefined
  readonly caFile?: string | undefined
  readonly modules?: readonly ProfileModule[] | undefined
}

/** Connections that a server tolerates from one account; Exchange Online allows three. */
const MOST_CONNECTIONS = 20
const MOST_MESSAGES = 10_000
/** RFC 5321 § 4.5.3.1.8 asks servers for 100; more is between the two of them. */
const MOST_RECIPIENTS = 1_000

/** Registered ports: 587 and 465 for submission (RFC 8314), 25 for a relay. */
export const USUAL_PORT: Readonly<Record<SmtpSecurity, number>> = { starttls: 587, tls: 465, none: 25 }

const EMPTY: SmtpProfile = {
  ...{
    name: '',
    host: '',
    port: 587,
    security: 'starttls',
    user: '',
    secret: '',
    from: '',
    fromName: '',
    replyTo: '',
  },
  ...{ isDefault: false, modules: [], connections: 1, messagesPerConnection: 100, pin: '', caFile: '' },
  ...DEFAULT_LIMITS,
}

/** Whether anything was typed that changes a saved profile. */
export function changesProfile(fields: ProfileFields): boolean {
  const { provider, host, port, security, user, from } = fields
  return [provider, host, port, security, user, from, ...Object.values(pick(fields))].some(
    (value) => value !== undefined,
  )
}

/**
 * The profile that was meant. The port follows from the security (587, 465, 25) and the security from the port (465 is TLS from
 * the start, any other is STARTTLS); the sender is the user when that is an address.
 * @throws BAD_PROFILE that names the field
 */
export function profileFrom(saved: SmtpProfile | undefined, fields: ProfileFields): SmtpProfile {
  const base = saved ?? EMPTY
  const user = fields.user ?? base.user
  const profile: SmtpProfile = {
    ...base,
    ...pick(fields),
    ...endpoint(saved, fields),
    user,
    from: sender(fields.from ?? base.from, user),
  }
  return checked(profile)
}

function pick(fields: ProfileFields): Partial<SmtpProfile> {
  const { fromName, replyTo, pin, caFile, modules } = fields
  return { ...given({ fromName, replyTo, pin, caFile, modules }), ...pickLimits(fields) }
}

type Given<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> }

function given<T extends object>(typed: T): Given<T> {
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)) as Given<T>
}

/** The provider's own limits first, then those that are typed. */
function pickLimits(fields: LimitFields): Partial<SmtpProfile> {
  const { provider, onUnknown, perMinute, perDay, maxRecipients, maxBytes } = fields
  const { connections, messagesPerConnection, bouncesTo } = fields
  return {
    ...(provider === undefined ? {} : presetLimits(provider)),
    ...given({ perMinute, perDay, maxRecipients, maxBytes, connections, messagesPerConnection, bouncesTo }),
    ...onUnknown,
  }
}

/** Limits that the provider does not have are lifted: those of the provider before would stay otherwise. */
function presetLimits(provider: Provider): Partial<SmtpProfile> {
  const { connections, limits } = presetOf(provider)
  const { perMinute, perDay, maxRecipients, maxBytes } = DEFAULT_LIMITS
  return { provider, connections, perMinute, perDay, maxRecipients, maxBytes, ...limits }
}

/**
 * The profile with other limits; server, user and password stay.
 * @throws BAD_PROFILE that names the field
 */
export function withLimits<T extends SmtpProfile>(profile: T, fields: LimitFields): T {
  const changed = { ...profile, ...pickLimits(fields) }
  checked(changed)
  return changed
}

/** Where to connect to. A host that is typed starts afresh: the saved port belongs to the saved host. */
function endpoint(
  saved: SmtpProfile | undefined,
  fields: ProfileFields,
): Pick<SmtpProfile, 'host' | 'port' | 'security'> {
  const known = fields.provider === undefined ? undefined : (presetOf(fields.provider).endpoint ?? undefined)
  const base = known ?? (fields.host === undefined ? saved : undefined)
  const host = (fields.host ?? base?.host ?? '').trim()
  return { host, ...portAndSecurity(base ?? { port: USUAL_PORT.starttls, security: 'starttls' }, fields) }
}

type PortAndSecurity = Pick<SmtpProfile, 'port' | 'security'>

/** What is typed, and what goes with it: the base's own pair, or the usual one. */
function portAndSecurity(base: PortAndSecurity, { port, security }: ProfileFields): PortAndSecurity {
  if (port === undefined && security === undefined) return { port: base.port, security: base.security }
  if (port === undefined) {
    const wanted = security ?? base.security
    return { security: wanted, port: wanted === base.security ? base.port : USUAL_PORT[wanted] }
  }
  return { port, security: security ?? (port === base.port ? base.security : usualSecurity(port)) }
}

function usualSecurity(port: number): SmtpSecurity {
  return port === USUAL_PORT.tls ? 'tls' : 'starttls'
}

function sender(typed: string, user: string): string {
  const wanted = typed === '' ? user : typed
  const read = parseAddress(wanted)
  if (!read.ok) {
    const variant = wanted === '' ? 'no-sender' : 'from'
    throw new CfdiMailError('BAD_PROFILE', { flag: 'from', value: wanted, variant })
  }
  return read.address
}

function checked(profile: SmtpProfile): SmtpProfile {
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
