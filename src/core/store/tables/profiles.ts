import type { Generated } from 'kysely'

export interface ProfileTable {
  name: string
  /** `email` or `whatsapp`; of the latter the server is what is reached, and the rest in a table of its own. */
  channel: Generated<string>
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

/** What a WhatsApp profile has besides. Secrets are sealed or references, '' is none. */
export interface WhatsAppTable {
  profile: string
  phone_id: string
  account_id: string
  base_url: string
  version: string
  template: string
  template_language: string
  /** JSON list. */
  fields: string
  pair_seconds: number
  app_secret: string
  verify_token: string
}

/** Files that were uploaded to Meta, by the number that did and their content. */
export interface WhatsAppMediaTable {
  phone_id: string
  sha256: string
  media_id: string
  uploaded_at: string
}

/** The ledger that limits are counted from: one row a transaction, written before its MAIL FROM. */
export interface QuotaUseTable {
  id: string
  profile: string
  /** When it ended; when it was reserved, as long as it has not. */
  at: string
  recipients: number
  order_id: string
  /** The one number it went to, where numbers are counted; null for mail. */
  recipient: string | null
  /** Of the sender that may still be sending it; null once it ended. */
  token: string | null
}
