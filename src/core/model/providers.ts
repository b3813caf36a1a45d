import type { SmtpSecurity } from './profile.ts'

/** Servers that many people send through: `--provider` fills in what it knows. */
export const PROVIDERS = {
  gmail: { host: 'smtp.gmail.com', port: 465, security: 'tls' },
  'workspace-relay': { host: 'smtp-relay.gmail.com', port: 587, security: 'starttls' },
  m365: { host: 'smtp.office365.com', port: 587, security: 'starttls' },
  ses: { host: 'email-smtp.us-east-1.amazonaws.com', port: 465, security: 'tls' },
  yahoo: { host: 'smtp.mail.yahoo.com', port: 465, security: 'tls' },
  zoho: { host: 'smtp.zoho.com', port: 465, security: 'tls' },
} as const satisfies Readonly<Record<string, { host: string; port: number; security: SmtpSecurity }>>

export type Provider = keyof typeof PROVIDERS
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as readonly Provider[]
