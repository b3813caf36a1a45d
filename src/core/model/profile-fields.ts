/** An SMTP profile put together from what is saved, what a provider is known for and what was typed. Pure. */
import { parseAddress } from './address.ts'
import { CfdiMailError } from './errors.ts'
import type { ProfileModule, SmtpProfile, SmtpSecurity } from './profile.ts'
import { type Provider, PROVIDERS } from './providers.ts'

/** What may be typed; undefined leaves the saved value, or takes the usual one. */
export interface ProfileFields {
  readonly provider?: Provider | undefined
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly security?: SmtpSecurity | undefined
  readonly user?: string | undefined
  readonly from?: string | undefined
  readonly fromName?: string | undefined
  readonly replyTo?: string | undefined
  readonly pin?: string | undefined
  readonly caFile?: string | undefined
  readonly connections?: number | undefined
  readonly messagesPerConnection?: number | undefined
  readonly modules?: readonly ProfileModule[] | undefined
}

/** Connections that a server tolerates from one account; Exchange Online allows three. */
const MOST_CONNECTIONS = 20
const MOST_MESSAGES = 10_000

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
  const { fromName, replyTo, pin, caFile, connections, messagesPerConnection, modules } = fields
  const typed = Object.entries({
    fromName,
    replyTo,
    pin,
    caFile,
    connections,
    messagesPerConnection,
    modules,
  })
  return Object.fromEntries(typed.filter(([, value]) => value !== undefined))
}

/** Where to connect to. A host that is typed starts afresh: the saved port belongs to the saved host. */
function endpoint(
  saved: SmtpProfile | undefined,
  fields: ProfileFields,
): Pick<SmtpProfile, 'host' | 'port' | 'security'> {
  const known = fields.provider === undefined ? undefined : PROVIDERS[fields.provider]
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
  if (!read.ok) throw new CfdiMailError('BAD_PROFILE', { field: 'from', value: wanted })
  return read.address
}

function checked(profile: SmtpProfile): SmtpProfile {
  const { host, port, connections, messagesPerConnection, pin, replyTo } = profile
  const good: Readonly<Record<string, readonly [boolean, string | number]>> = {
    host: [/^[^\s/@:]+$|^[0-9a-f:.]+$/i.test(host), host],
    port: [Number.isInteger(port) && port >= 1 && port <= 65_535, port],
    connections: [
      Number.isInteger(connections) && connections >= 1 && connections <= MOST_CONNECTIONS,
      connections,
    ],
    'messages-per-connection': [
      messagesPerConnection >= 1 && messagesPerConnection <= MOST_MESSAGES,
      messagesPerConnection,
    ],
    pin: [pin === '' || /^(?:[0-9a-f]{2}:?){31}[0-9a-f]{2}$/i.test(pin), pin],
    'reply-to': [replyTo === '' || parseAddress(replyTo).ok, replyTo],
  }
  for (const [field, [ok, value]] of Object.entries(good)) {
    if (!ok) throw new CfdiMailError('BAD_PROFILE', { field, value })
  }
  return profile
}

/**
 * A name for a profile: letters, digits, `-`, `_` and `.`, up to 40.
 * @throws BAD_PROFILE
 */
export function checkedProfileName(name: string): string {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(name))
    throw new CfdiMailError('BAD_PROFILE', { field: 'save', value: name })
  return name
}
