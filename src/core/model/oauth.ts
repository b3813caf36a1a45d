/** Signing in with access tokens (OAuth 2.0, RFC 6749) instead of a password. Pure. */
import { CfdiMailError } from './errors.ts'

export const OAUTH_PROVIDERS = ['google', 'microsoft', 'custom'] as const
export type OAuthProvider = (typeof OAUTH_PROVIDERS)[number]

/** `refresh-token`: a person consented once. `client-credentials`: the application itself was given the right to send. */
export const OAUTH_GRANTS = ['refresh-token', 'client-credentials'] as const
export type OAuthGrant = (typeof OAUTH_GRANTS)[number]

/** The application that asks for tokens, and where it asks. No secrets. */
export interface OAuthClient {
  readonly provider: OAuthProvider
  readonly grant: OAuthGrant
  readonly clientId: string
  /** Directory of Microsoft Entra; '' elsewhere. */
  readonly tenant: string
  readonly scope: string
  readonly tokenUrl: string
  /** Where a device code is asked for (RFC 8628), '' for nowhere. */
  readonly deviceUrl: string
}

/** What the secrets of a sign-in are called, in the store and in their seals. */
export const OAUTH_SECRETS = ['client-secret', 'refresh-token', 'access-token'] as const
export type OAuthSecret = (typeof OAUTH_SECRETS)[number]

/** Place of one of a profile's OAuth secrets, part of its seal. */
export function oauthPlace(profile: string, secret: OAuthSecret): string {
  return `profile:${profile}:oauth-${secret}`
}

/** A token and when it ends. */
export interface AccessToken {
  readonly token: string
  /** ISO 8601 UTC. */
  readonly expiresAt: string
}

/** What may be typed; undefined leaves the saved value, or takes the provider's. */
export interface OAuthFields {
  readonly provider?: OAuthProvider | undefined
  readonly grant?: OAuthGrant | undefined
  readonly clientId?: string | undefined
  readonly tenant?: string | undefined
  readonly scope?: string | undefined
  readonly tokenUrl?: string | undefined
  readonly deviceUrl?: string | undefined
}

interface Endpoints {
  readonly tokenUrl: string
  readonly deviceUrl: string
  readonly scope: Readonly<Record<OAuthGrant, string>>
  /** Tenant when none is typed, by grant. */
  readonly tenant: Readonly<Record<OAuthGrant, string>>
}

const MICROSOFT = 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0'
const NONE = { 'refresh-token': '', 'client-credentials': '' }

/** `{tenant}` is filled in. Google's device codes are not given for the scope of its mail; the address is there for the day they are. */
const ENDPOINTS: Readonly<Record<OAuthProvider, Endpoints>> = {
  google: {
    tokenUrl: 'https://oauth2.googleapis.com/token',
    deviceUrl: 'https://oauth2.googleapis.com/device/code',
    scope: { 'refresh-token': 'https://mail.google.com/', 'client-credentials': 'https://mail.google.com/' },
    tenant: NONE,
  },
  microsoft: {
    tokenUrl: `${MICROSOFT}/token`,
    deviceUrl: `${MICROSOFT}/devicecode`,
    scope: {
      'refresh-token': 'https://outlook.office.com/SMTP.Send offline_access',
      'client-credentials': 'https://outlook.office365.com/.default',
    },
    tenant: { 'refresh-token': 'organizations', 'client-credentials': '' },
  },
  custom: { tokenUrl: '', deviceUrl: '', scope: NONE, tenant: NONE },
}

/**
 * The application that was meant. What is typed comes before what is saved; another provider, grant or tenant starts afresh.
 * @throws BAD_PROFILE that names the flag
 */
export function oauthClientFrom(saved: OAuthClient | undefined, fields: OAuthFields): OAuthClient {
  const chosen = identity(saved, fields)
  const same =
    saved?.provider === chosen.provider && saved.grant === chosen.grant && saved.tenant === chosen.tenant
  const { scope, tokenUrl, deviceUrl } = fields
  const typed = Object.entries({ scope, tokenUrl, deviceUrl }).filter(([, value]) => value !== undefined)
  return checked({
    ...(same ? saved : usual(chosen.provider, chosen)),
    ...chosen,
    ...(Object.fromEntries(typed) as Partial<OAuthClient>),
    clientId: filled([fields.clientId, saved?.clientId], '').trim(),
  })
}

type Identity = Pick<OAuthClient, 'provider' | 'grant' | 'tenant'>

function identity(saved: OAuthClient | undefined, fields: OAuthFields): Identity {
  const provider = fields.provider ?? saved?.provider ?? 'custom'
  const former = saved?.provider === provider ? saved : undefined
  const grant = fields.grant ?? former?.grant ?? 'refresh-token'
  return {
    ...{ provider, grant },
    tenant: filled([fields.tenant, former?.tenant], ENDPOINTS[provider].tenant[grant]),
  }
}

/** The first that says something. */
function filled(texts: readonly (string | undefined)[], otherwise: string): string {
  return texts.find((text) => text !== undefined && text !== '') ?? otherwise
}

/** What a provider is known for. */
function usual(
  provider: OAuthProvider,
  { grant, tenant }: Pick<OAuthClient, 'grant' | 'tenant'>,
): Pick<OAuthClient, 'scope' | 'tokenUrl' | 'deviceUrl'> {
  const { scope, tokenUrl, deviceUrl } = ENDPOINTS[provider]
  const url = (pattern: string) => pattern.replace('{tenant}', encodeURIComponent(tenant))
  return { scope: scope[grant], tokenUrl: url(tokenUrl), deviceUrl: url(deviceUrl) }
}

function checked(client: OAuthClient): OAuthClient {
  const { clientId, provider, tenant, tokenUrl, deviceUrl } = client
  const good: Readonly<Record<string, readonly [boolean, string]>> = {
    'client-id': [/^\S{1,300}$/.test(clientId), clientId],
    tenant: [provider !== 'microsoft' || /^[\w.-]+$/.test(tenant), tenant],
    'token-url': [isSafeEndpoint(tokenUrl), tokenUrl],
    'device-url': [deviceUrl === '' || isSafeEndpoint(deviceUrl), deviceUrl],
  }
  for (const [field, [ok, value]] of Object.entries(good)) {
    if (!ok) throw new CfdiMailError('BAD_PROFILE', { flag: field, value })
  }
  return client
}

/** Secrets go to an address over TLS, or to this machine itself; never with a user in the address. */
function isSafeEndpoint(url: string): boolean {
  return /^(?:https:\/\/[^\s/@]+|http:\/\/(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])(?::\d{1,5})?)(?:\/[^\s@]*)?$/i.test(
    url,
  )
}

/** What a token endpoint's refusal means: a person has to consent again, or the application is set up wrong (RFC 6749 § 5.2). */
export function causeOfRefusal(error: string): 'oauth-consent' | 'oauth-client' {
  const application = ['invalid_client', 'unauthorized_client', 'invalid_scope', 'invalid_request']
  return [...application, 'unsupported_grant_type'].includes(error) ? 'oauth-client' : 'oauth-consent'
}
