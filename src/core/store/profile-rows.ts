import type { ProfileLimits, UnknownPolicy } from '../model/limits.ts'
import type { ProfileHold, ProfileModule, SmtpSecurity, StoredProfile } from '../model/profile.ts'
import type { NewRow, Row } from './schema.ts'

/** A row as the rest of the program knows it. */
export function toProfile(row: Row<'profile'>): StoredProfile {
  return {
    name: row.name,
    host: row.host,
    port: row.port,
    security: row.security as SmtpSecurity,
    user: row.user,
    secret: row.secret,
    from: row.sender,
    fromName: row.sender_name,
    replyTo: row.reply_to,
    isDefault: row.is_default === 1,
    modules: JSON.parse(row.modules) as ProfileModule[],
    connections: row.connections,
    messagesPerConnection: row.messages_per_connection,
    pin: row.pin,
    caFile: row.ca_file,
    ...limitsOf(row),
    testedAt: row.tested_at,
    hold: holdOf(row),
  }
}

/** A profile's hold, or null. */
export function holdOf(row: Row<'profile'>): ProfileHold | null {
  if (row.held_reason === null) return null
  return { reason: row.held_reason, until: row.held_until, strikes: row.strikes }
}

/** The columns that say what a profile's server allows. */
export function limitColumns(limits: ProfileLimits) {
  return {
    provider: limits.provider,
    per_minute: limits.perMinute,
    per_day: limits.perDay,
    max_recipients: limits.maxRecipients,
    max_bytes: limits.maxBytes,
    on_unknown: limits.onUnknown,
    resend_after_hours: limits.resendAfterHours,
    bounces_to: limits.bouncesTo,
  }
}

/** What a profile's server allows. */
export function limitsOf(row: Row<'profile'>): ProfileLimits {
  return {
    provider: row.provider,
    perMinute: row.per_minute,
    perDay: row.per_day,
    maxRecipients: row.max_recipients,
    maxBytes: row.max_bytes,
    onUnknown: row.on_unknown as UnknownPolicy,
    resendAfterHours: row.resend_after_hours,
    bouncesTo: row.bounces_to,
  }
}

export function toRow(profile: StoredProfile): NewRow<'profile'> {
  return {
    name: profile.name,
    host: profile.host,
    port: profile.port,
    security: profile.security,
    user: profile.user,
    secret: profile.secret,
    sender: profile.from,
    sender_name: profile.fromName,
    reply_to: profile.replyTo,
    is_default: profile.isDefault ? 1 : 0,
    modules: JSON.stringify(profile.modules),
    connections: profile.connections,
    messages_per_connection: profile.messagesPerConnection,
    pin: profile.pin,
    ca_file: profile.caFile,
    ...limitColumns(profile),
    tested_at: profile.testedAt,
    held_reason: profile.hold?.reason ?? null,
    held_until: profile.hold?.until ?? null,
    strikes: profile.hold?.strikes ?? 0,
  }
}
