import type { AccessTokens, ChannelFault, TokenAnswer } from '../channels/channel.ts'
import { CfdiMailError } from '../model/errors.ts'
import { type AccessToken, causeOfRefusal, type OAuthClient } from '../model/oauth.ts'
import type { CheckCause } from '../model/profile.ts'
import { oneLine } from '../model/reply.ts'
import { requestToken, type TokenReply } from '../oauth/token-endpoint.ts'
import type { Ctx } from './ctx.ts'

/** A sign-in with its secrets in clear text: it lives in memory only, and never in a result. */
export interface OpenOAuth {
  readonly client: OAuthClient
  readonly clientSecret: string
  readonly refreshToken: string
  readonly access: AccessToken | null
}

/** Tokens as they came from the endpoint. */
export interface FreshTokens {
  /** Takes the place of the old one; null keeps it. */
  readonly refreshToken: string | null
  readonly access: AccessToken
}

/** Where a sign-in is kept: the store, or memory while it is only being tested. */
export interface OAuthKeeper {
  load(): Promise<OpenOAuth>
  /** Resolves when the tokens are safe. */
  keep(tokens: FreshTokens): Promise<void>
}

/** A token that ends sooner is not used: signing in and a long message have to fit. */
const MARGIN_MS = 5 * 60_000

/**
 * Access tokens for all connections of a profile: whoever asks while a request is under way waits for that one. What the
 * endpoint gave is kept before it is handed out, a rotated refresh token above all.
 */
export function accessTokens(ctx: Ctx, keeper: OAuthKeeper): AccessTokens {
  let pending: Promise<TokenAnswer> | null = null
  let current: AccessToken | null = null
  // Asking again with a consent that is gone gives the same no, and a locked account at worst.
  let refusal: TokenAnswer | null = null
  const isGood = (access: AccessToken | null, refused: string | null): access is AccessToken =>
    access !== null &&
    access.token !== refused &&
    Date.parse(access.expiresAt) - ctx.now().getTime() > MARGIN_MS
  const renew = async (refused: string | null): Promise<TokenAnswer> => {
    // Another process may have renewed it since, and then the old refresh token is worth nothing any more.
    const oauth = await keeper.load()
    if (isGood(oauth.access, refused)) {
      current = oauth.access
      return { ok: true, token: current.token }
    }
    const tokens = freshTokens(await ask(ctx, oauth), ctx.now())
    if ('fault' in tokens) {
      const answer: TokenAnswer = { ok: false, fault: tokens.fault }
      if (tokens.fault.scope === 'profile') refusal = answer
      return answer
    }
    await keeper.keep(tokens)
    current = tokens.access
    return { ok: true, token: current.token }
  }
  return {
    async get(refused) {
      if (refusal !== null) return refusal
      if (isGood(current, refused)) return { ok: true, token: current.token }
      pending ??= renew(refused)
        .catch(unreadable)
        .finally(() => (pending = null))
      return await pending
    },
  }
}

function ask(ctx: Ctx, { client, clientSecret, refreshToken }: OpenOAuth): Promise<TokenReply> {
  const application = { client_id: client.clientId, client_secret: clientSecret, scope: client.scope }
  const fields =
    client.grant === 'client-credentials'
      ? { grant_type: 'client_credentials', ...application }
      : { grant_type: 'refresh_token', refresh_token: refreshToken, ...application }
  return requestToken({ url: client.tokenUrl, fields, secrets: [clientSecret, refreshToken] })
}

/** The tokens of an endpoint's answer, with the time when they end; or the fault that there are none. */
export function freshTokens(reply: TokenReply, now: Date): FreshTokens | { readonly fault: ChannelFault } {
  if (reply.outcome === 'unavailable') return { fault: fault('host', 'oauth-unavailable', reply.words) }
  if (reply.outcome === 'refused')
    return { fault: fault('profile', causeOfRefusal(reply.error), reply.words) }
  const expiresAt = new Date(now.getTime() + reply.expiresIn * 1000).toISOString()
  return { refreshToken: reply.refreshToken, access: { token: reply.accessToken, expiresAt } }
}

function fault(scope: 'host' | 'profile', cause: CheckCause, words: string): ChannelFault {
  return { scope, cause, code: 0, reply: oneLine(words) }
}

/** A secret that cannot be opened is the profile's fault like a wrong password; anything else is a defect. */
function unreadable(error: unknown): TokenAnswer {
  if (!(error instanceof CfdiMailError)) throw error
  return { ok: false, fault: fault('profile', 'secret-unreadable', wordsOfSecretError(error)) }
}

/** Which secret, which key: an error's facts on one line. None of them is secret. */
export function wordsOfSecretError(error: CfdiMailError): string {
  return `${error.code} ${Object.values(error.params).join(' ')}`
}
