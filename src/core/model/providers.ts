import type { ProfileLimits } from './limits.ts'
import type { SmtpSecurity } from './profile.ts'

/** Limits that providers publish; what they do not publish stays as it is by default. */
type KnownLimits = Partial<Pick<ProfileLimits, 'perMinute' | 'perDay' | 'maxRecipients' | 'maxBytes'>>

export interface ProviderPreset {
  /** Null: the server has to be named. */
  readonly endpoint: {
    readonly host: string
    readonly port: number
    readonly security: SmtpSecurity
  } | null
  readonly connections: number
  readonly limits: KnownLimits
}

const MIB = 1024 ** 2
const GMAIL = { host: 'smtp.gmail.com', port: 465, security: 'tls' } as const

/**
 * Servers that many people send through: `--provider` fills in how to reach them and what they allow. Gmail and Exchange
 * Online count recipients in a rolling window of 24 hours; sizes are of the message as transmitted.
 */
export const PROVIDERS = {
  /** An account of a person: 500 recipients a day. */
  gmail: { endpoint: GMAIL, connections: 1, limits: { perDay: 500, maxRecipients: 100, maxBytes: 25 * MIB } },
  /** An account of Google Workspace: 2,000 recipients a day. */
  workspace: {
    endpoint: GMAIL,
    connections: 1,
    limits: { perDay: 2_000, maxRecipients: 100, maxBytes: 25 * MIB },
  },
  'workspace-relay': {
    endpoint: { host: 'smtp-relay.gmail.com', port: 587, security: 'starttls' },
    connections: 1,
    limits: { perDay: 10_000, maxRecipients: 100, maxBytes: 25 * MIB },
  },
  /** Microsoft 365: 30 messages a minute and three connections for each mailbox. */
  m365: {
    endpoint: { host: 'smtp.office365.com', port: 587, security: 'starttls' },
    connections: 3,
    limits: { perMinute: 30, perDay: 10_000, maxBytes: 35 * MIB },
  },
  /** Amazon SES: the daily quota is each account's own. */
  ses: {
    endpoint: { host: 'email-smtp.us-east-1.amazonaws.com', port: 465, security: 'tls' },
    connections: 1,
    limits: { maxRecipients: 50, maxBytes: 40 * MIB },
  },
  yahoo: {
    endpoint: { host: 'smtp.mail.yahoo.com', port: 465, security: 'tls' },
    connections: 1,
    limits: {},
  },
  zoho: { endpoint: { host: 'smtp.zoho.com', port: 465, security: 'tls' }, connections: 1, limits: {} },
  /** Any other server: 50 recipients a message, nothing else assumed. */
  generic: { endpoint: null, connections: 1, limits: {} },
} as const satisfies Readonly<Record<string, ProviderPreset>>

export type Provider = keyof typeof PROVIDERS
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as readonly Provider[]

/** A provider's endpoint, connections and limits. */
export function presetOf(provider: Provider): ProviderPreset {
  return PROVIDERS[provider]
}
