import { CfdiMailError } from '../model/errors.ts'
import {
  oauthClientFrom,
  type OAuthClient,
  type OAuthFields,
  oauthPlace,
  type OAuthSecret,
} from '../model/oauth.ts'
import type { SmtpProfile, StoredProfile } from '../model/profile.ts'
import { findOAuth, type StoredOAuth } from '../store/oauth.ts'
import { accessTokens, type OpenOAuth } from './access-tokens.ts'
import { askConsent } from './consent.ts'
import type { Ctx } from './ctx.ts'
import { memoryKeeper, sealOAuth, storedKeeper } from './oauth-keeper.ts'
import type { FoundSignIn } from './profile-credential.ts'
import type { PasswordSource } from './profile-password.ts'

/** What was typed about signing in with tokens. */
export interface OAuthRequest extends OAuthFields {
  readonly clientSecret?: PasswordSource | undefined
  /** One that was obtained elsewhere. With both on standard input the client secret is its first line. */
  readonly refreshToken?: 'stdin' | undefined
}

export interface OAuthQuestion {
  readonly saved: StoredProfile | undefined
  readonly profile: SmtpProfile
  /** Undefined takes the saved profile's own. */
  readonly request: OAuthRequest | undefined
}

/** Whether something was typed that makes it another sign-in than the saved one. */
export function changesOAuth(request: OAuthRequest | undefined): boolean {
  return request !== undefined && Object.values(request).some((value) => value !== undefined)
}

/**
 * How a profile signs in with tokens: as it is saved, or as it is typed. Where no refresh token is known and a person is at the
 * terminal, that person is asked to consent.
 * @throws BAD_PROFILE, NO_CLIENT_SECRET, NO_REFRESH_TOKEN, what `askConsent` and the secrets throw
 */
export async function findOAuthSignIn(ctx: Ctx, question: OAuthQuestion): Promise<FoundSignIn> {
  const { saved, profile, request } = question
  if (profile.user === '') throw new CfdiMailError('BAD_PROFILE', { flag: 'user', value: '' })
  const stored = saved === undefined ? undefined : await findOAuth(ctx.db, saved.name)
  if (stored !== undefined && saved?.user === profile.user && !changesOAuth(request))
    return fromStore(ctx, saved.name, stored)
  const typed = await typedOAuth(ctx, { ...question, stored })
  const { client, refreshToken } = typed.oauth
  const oauth: OpenOAuth =
    client.grant === 'refresh-token' && refreshToken === ''
      ? { ...typed.oauth, ...(await askAtTerminal(ctx, typed.oauth)) }
      : typed.oauth
  const keeper = memoryKeeper(oauth)
  const consentedAt = client.grant === 'refresh-token' ? ctx.now().toISOString() : null
  return {
    credential: accessTokens(ctx, keeper),
    secretFor: () => '',
    async keepFor(name) {
      const { clientSecretReference } = typed
      await sealOAuth(ctx, { profile: name, oauth: await keeper.load(), clientSecretReference, consentedAt })
    },
  }
}

/** Tokens that a test makes the endpoint rotate are kept at once: the saved profile has no others. */
function fromStore(ctx: Ctx, saved: string, stored: StoredOAuth): FoundSignIn {
  const keeper = storedKeeper(ctx, saved)
  const clientSecretReference = referenceOf(stored.clientSecret)
  return {
    credential: accessTokens(ctx, keeper),
    secretFor: () => '',
    async keepFor(name) {
      const oauth = await keeper.load()
      await sealOAuth(ctx, { profile: name, oauth, clientSecretReference, consentedAt: stored.consentedAt })
    },
  }
}

async function askAtTerminal(ctx: Ctx, { client, clientSecret }: OpenOAuth) {
  if (ctx.ask === null) throw new CfdiMailError('NO_REFRESH_TOKEN', { provider: client.provider })
  return await askConsent(ctx, { client, clientSecret })
}

interface TypedOAuth {
  readonly oauth: OpenOAuth
  readonly clientSecretReference: string | null
}

/** A question, and what the store holds of its answer. */
export interface TypedQuestion extends OAuthQuestion {
  readonly stored: StoredOAuth | undefined
}

/**
 * What was typed, completed with what is saved. The saved refresh token stays only for the same application and user.
 * @throws BAD_PROFILE, NO_CLIENT_SECRET, and what the secrets say
 */
export async function typedOAuth(ctx: Ctx, question: TypedQuestion): Promise<TypedOAuth> {
  const { stored, request = {} } = question
  const client = oauthClientFrom(stored, request)
  const lines = await stdinLines(ctx, request)
  const secret = await clientSecretOf(ctx, { ...question, client }, lines)
  if (secret.clear === '' && client.grant === 'client-credentials')
    throw new CfdiMailError('NO_CLIENT_SECRET', { client: client.clientId })
  const refreshToken = lines.shift() ?? (await savedConsent(ctx, question, client))
  return {
    oauth: { client, clientSecret: secret.clear, refreshToken, access: null },
    clientSecretReference: secret.reference,
  }
}

/** The first line of standard input, a reference, or what is saved for the same application. */
async function clientSecretOf(
  ctx: Ctx,
  question: TypedQuestion & { readonly client: OAuthClient },
  lines: string[],
): Promise<{ readonly clear: string; readonly reference: string | null }> {
  const { stored, client, request } = question
  if (request?.clientSecret === 'stdin') return { clear: lines.shift() ?? '', reference: null }
  const kept = stored?.clientId === client.clientId ? stored.clientSecret : ''
  const text = request?.clientSecret?.reference ?? kept
  return { clear: await reveal(ctx, question, ['client-secret', text]), reference: referenceOf(text) }
}

/** The saved refresh token where it still serves; one that does not open is as good as none: a person can consent again. */
async function savedConsent(ctx: Ctx, question: TypedQuestion, client: OAuthClient): Promise<string> {
  const { stored, saved, profile } = question
  const serves =
    stored?.clientId === client.clientId && saved?.user === profile.user && sameEndpoint(stored, client)
  if (!serves) return ''
  return await reveal(ctx, question, ['refresh-token', stored.refreshToken]).catch((error: unknown) => {
    if (error instanceof CfdiMailError) return ''
    throw error
  })
}

function reveal(
  ctx: Ctx,
  { saved }: TypedQuestion,
  [name, text]: readonly [OAuthSecret, string],
): Promise<string> {
  return ctx.secrets.reveal(oauthPlace(saved?.name ?? '', name), text)
}

function sameEndpoint(one: OAuthClient, other: OAuthClient): boolean {
  return one.tokenUrl === other.tokenUrl && one.grant === other.grant
}

/** The secrets that come on standard input, one a line. */
async function stdinLines(ctx: Ctx, { clientSecret, refreshToken }: OAuthRequest): Promise<string[]> {
  const wanted = [clientSecret, refreshToken].filter((source) => source === 'stdin').length
  if (wanted === 0) return []
  return (await ctx.readStdin()).split(/\r?\n/).slice(0, wanted)
}

function referenceOf(stored: string): string | null {
  return stored === '' || stored.startsWith('v1.') ? null : stored
}
