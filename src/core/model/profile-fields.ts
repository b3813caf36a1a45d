/** An SMTP profile put together from what is saved, what a provider is known for and what was typed. Pure. */
import { parseAddress } from './address.ts'
import { CfdiMailError } from './errors.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { checkedProfile } from './profile-checks.ts'
import { given, type LimitFields, pickLimits } from './profile-limits.ts'
import type { ProfileModule, SmtpProfile, SmtpSecurity } from './profile.ts'
import { presetOf } from './providers.ts'

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
  return checkedProfile(profile)
}

function pick(fields: ProfileFields): Partial<SmtpProfile> {
  const { fromName, replyTo, pin, caFile, modules } = fields
  return { ...given({ fromName, replyTo, pin, caFile, modules }), ...pickLimits(fields) }
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
