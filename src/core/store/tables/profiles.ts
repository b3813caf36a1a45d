import type { Generated } from 'kysely'

export interface ProfileTable {
  name: string
  host: string
  port: number
  security: string
  user: string
  secret: string
  sender: string
  sender_name: string
  reply_to: string
  is_default: number
  /** JSON list. */
  modules: string
  connections: number
  messages_per_connection: number
  pin: string
  ca_file: string
  /** Preset that the limits were taken from, '' for none. */
  provider: Generated<string>
  per_minute: number | null
  per_day: number | null
  max_recipients: Generated<number>
  max_bytes: number | null
  on_unknown: Generated<string>
  resend_after_hours: number | null
  bounces_to: Generated<string>
  tested_at: string | null
  held_reason: string | null
  held_until: string | null
  strikes: number
}

/** A profile that signs in with tokens. Secrets are sealed, the client secret may be a reference, '' is none. */
export interface OAuthTable {
  profile: string
  provider: string
  grant_kind: string
  client_id: string
  tenant: string
  scope: string
  token_url: string
  device_url: string
  client_secret: string
  refresh_token: string
  access_token: string
  /** When the access token ends. */
  expires_at: string | null
  /** When a person consented, or a refresh token was given. */
  consented_at: string | null
}

/** The ledger that limits are counted from: one row a transaction, written before its MAIL FROM. */
export interface QuotaUseTable {
  id: string
  profile: string
  /** When it ended; when it was reserved, as long as it has not. */
  at: string
  recipients: number
  order_id: string
  /** Of the sender that may still be sending it; null once it ended. */
  token: string | null
}
