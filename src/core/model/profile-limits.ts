/** The limits of a profile: those that its provider is known for, and those that were typed. Pure. */
import { DEFAULT_LIMITS, type ProfileLimits } from './limits.ts'
import { checkedProfile } from './profile-checks.ts'
import type { SmtpProfile } from './profile.ts'
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

type Given<T> = { readonly [Key in keyof T]?: Exclude<T[Key], undefined> }

/** Without what was not typed. */
export function given<T extends object>(typed: T): Given<T> {
  return Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined)) as Given<T>
}

/** The provider's own limits first, then those that are typed. */
export function pickLimits(fields: LimitFields): Partial<SmtpProfile> {
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
  checkedProfile(changed)
  return changed
}
